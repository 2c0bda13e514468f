"""The base of all data types.

It defines how a property is parsed, when it may be sent and when it is shown.

A data type is a pydantic model. Its fields have MAPI's property names, in the order of HCP's
responses. ``None`` means not sent in a request, or not shown in a response. Lists are plain Python
lists; the wrapper element (``tags`` around ``tag``) is metadata for encoding and decoding.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field


class Use(StrEnum):
    """When a property may be sent."""

    YES = "yes"
    REQUIRED = "required"
    NO = "no"  # known, but not settable by this operation: refused
    IGNORED = "ignored"  # accepted and dropped


class Shown(StrEnum):
    """When a property is part of a response."""

    ALWAYS = "always"
    VERBOSE = "verbose"
    NEVER = "never"


class Property(BaseModel):
    """The metadata of a property."""

    model_config = ConfigDict(frozen=True)

    put: Use = Use.YES
    post: Use = Use.YES
    get: Shown = Shown.ALWAYS
    item: str | None = None


def prop(
    put: Use = Use.YES,
    post: Use = Use.YES,
    get: Shown = Shown.ALWAYS,
    item: str | None = None,
) -> Any:
    """Define a property. ``item`` is the element inside the wrapper of a list."""
    meta = Property(put=put, post=post, get=get, item=item)
    return Field(default=None, json_schema_extra={"mapi": meta.model_dump()})


def read_only(get: Shown = Shown.VERBOSE) -> Any:
    """Define a property that only HCP sets."""
    return prop(put=Use.NO, post=Use.NO, get=get)


class DataType(BaseModel):
    """A MAPI data type.

    Subclasses set ``root``, the XML root element, when they are documents of their own.
    """

    # Built on first use, so that a mock starts quickly.
    model_config = ConfigDict(extra="forbid", defer_build=True)

    @classmethod
    def describe(cls, name: str) -> Property:
        return _properties(cls)[name]

    def given(self) -> set[str]:
        """Return the names of the properties that were sent."""
        return set(self.model_fields_set)

    def changed_by(self, body: DataType, skip: frozenset[str] = frozenset()) -> Self:
        """Return a copy with the sent properties of ``body`` replaced."""
        update = {
            name: getattr(body, name)
            for name in body.model_fields_set
            if name not in skip and name in type(self).model_fields
        }
        return self.model_copy(update=update)


@cache
def _properties(data_type: type[DataType]) -> dict[str, Property]:
    """Return the metadata of all properties. It is cached: every request needs it."""
    result: dict[str, Property] = {}
    for name, info in data_type.model_fields.items():
        extra = info.json_schema_extra
        known = extra["mapi"] if isinstance(extra, dict) else {}
        result[name] = Property.model_validate(known)
    return result


class AnyCase(StrEnum):
    """An enumeration whose values are matched without regard to case."""

    @classmethod
    def _missing_(cls, value: object) -> AnyCase | None:
        wanted = str(value).strip().casefold()
        return next((member for member in cls if member.value.casefold() == wanted), None)


def _parse_flag(value: object) -> bool:
    """MAPI reference, boolean: true/t/1 and false/f/0; everything else silently counts as false."""
    if isinstance(value, dict | list) or value is None:
        raise ValueError("not a boolean")
    return value is True or str(value).strip() in {"true", "t", "1"}


def _parse_whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]{1,18}", value.strip()):
        return int(value)
    raise ValueError("not an integer")


def _parse_text(value: object) -> str:
    # Whether HCP takes a JSON number for a text property is unconfirmed: refused.
    if isinstance(value, str):
        return value
    raise ValueError("not a text")


Flag = Annotated[bool, BeforeValidator(_parse_flag)]
Whole = Annotated[int, BeforeValidator(_parse_whole)]
Text = Annotated[str, BeforeValidator(_parse_text)]
Description = Annotated[Text, Field(max_length=1024)]
FullName = Annotated[Text, Field(min_length=1, max_length=64)]
Percent10To95 = Annotated[Whole, Field(ge=10, le=95)]
Days36500 = Annotated[Whole, Field(ge=0, le=36500)]
Count999 = Annotated[Whole, Field(ge=0, le=999)]


def _check_host_label(value: str) -> str:
    """MAPI reference, limits: names that become a part of a host name."""
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", value):
        raise ValueError("not a host label")
    if value.casefold().startswith("xn--"):
        raise ValueError("reserved prefix")
    return value


def _check_username(value: str) -> str:
    if not 1 <= len(value) <= 64 or value.startswith("["):
        raise ValueError("not a username")
    return value


def _check_tag(value: str) -> str:
    if not 1 <= len(value) <= 64 or "," in value:
        raise ValueError("not a tag")
    return value


HostLabel = Annotated[Text, AfterValidator(_check_host_label)]
Username = Annotated[Text, AfterValidator(_check_username)]
Tag = Annotated[Text, AfterValidator(_check_tag)]


def unique_anycase(values: list[str]) -> list[str]:
    """Remove values that differ from an earlier one only in case."""
    seen: dict[str, str] = {}
    for value in values:
        seen.setdefault(value.casefold(), value)
    return list(seen.values())


Tags = Annotated[list[Tag], AfterValidator(unique_anycase)]


D = TypeVar("D", bound=DataType)


def overlay(stored: D | None, sent: D) -> D:
    """Return a nested setting with the sent properties replaced."""
    return sent if stored is None else stored.changed_by(sent)
