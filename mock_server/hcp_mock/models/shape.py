"""The wire format of data types, derived from their annotations."""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Annotated, Any, Union, get_args, get_origin

from .base import DataType


class Kind(StrEnum):
    SCALAR = "scalar"
    LIST = "list"  # repeats of a scalar or an object, with or without a wrapper
    OBJECT = "object"


@dataclass(frozen=True)
class Shape:
    name: str
    kind: Kind
    item: str | None = None  # element inside the wrapper; None for repeats without one
    data_type: type[DataType] | None = None  # the data type of the object or of the list's members
    scalar: type = str  # of a value, or of a list's members without a data type


def _unwrap(annotation: Any) -> Any:
    """Remove optionality and metadata from an annotation."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not NoneType)
        else:
            return annotation


def _is_data_type(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, DataType)


@cache
def shapes(data_type: type[DataType]) -> dict[str, Shape]:
    """Return the shape of every property, in the order of responses."""
    result: dict[str, Shape] = {}
    for name, info in data_type.model_fields.items():
        annotation = _unwrap(info.annotation)
        if get_origin(annotation) is list:
            member = _unwrap(get_args(annotation)[0])
            of = member if _is_data_type(member) else None
            item = data_type.describe(name).item
            result[name] = Shape(name, Kind.LIST, item, of, str if of else member)
        elif _is_data_type(annotation):
            result[name] = Shape(name, Kind.OBJECT, data_type=annotation)
        else:
            result[name] = Shape(name, Kind.SCALAR, scalar=annotation)
    return result
