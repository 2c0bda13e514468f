"""Requests of the metadata query API. Query reference: object and operation query requests."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from .base import DataType, Text, Whole, prop

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{4}")
TRANSACTIONS = ("create", "delete", "dispose", "prune", "purge")


def _parse_boolean(value: object) -> bool:
    """Only true and false are valid, unlike in MAPI."""
    if value is True or value == "true":
        return True
    if value is False or value == "false":
        return False
    raise ValueError("not a boolean")


def _parse_time(value: object) -> Decimal:
    """Parse milliseconds since 1970, or ISO 8601 with a numeric offset."""
    text = str(value).strip()
    if isinstance(value, int | str) and not isinstance(value, bool):
        if re.fullmatch(r"[0-9]{1,15}", text):
            return Decimal(text)
        if _DATE.fullmatch(text):
            return milliseconds(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z"))
    raise ValueError("not a time")


def _parse_change_time(value: object) -> Decimal:
    """Parse a time as results show it: ``1736942400123.00``."""
    text = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,2})?", text):
        raise ValueError("not a change time")
    return Decimal(text)


def _check_directory(value: object) -> str:
    if not isinstance(value, str) or not value.startswith("/"):
        raise ValueError("not a directory")
    return value


def _check_transaction(value: object) -> str:
    if value not in TRANSACTIONS:
        raise ValueError("not a transaction")
    return str(value)


def milliseconds(when: datetime) -> Decimal:
    """Return milliseconds since 1970 with two decimals."""
    parts = divmod(when.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC), _MILLISECOND)
    return Decimal(parts[0]) + Decimal(parts[1].microseconds // 10) / 100


_MILLISECOND = datetime.resolution * 1000
StrictBoolean = Annotated[bool, BeforeValidator(_parse_boolean)]
QueryTime = Annotated[Decimal, BeforeValidator(_parse_time)]
ChangeTime = Annotated[Decimal, BeforeValidator(_parse_change_time)]
Directory = Annotated[str, BeforeValidator(_check_directory)]
Transaction = Annotated[str, BeforeValidator(_check_transaction)]


class ObjectQuery(DataType):
    query: Text | None = prop()
    count: Annotated[Whole, Field(ge=-1, le=10_000)] | None = prop()
    offset: Annotated[Whole, Field(ge=0, le=100_000)] | None = prop()
    sort: Text | None = prop()
    verbose: StrictBoolean | None = prop()
    # A JSON list would be plausible, but the documented form is one text with commas.
    objectProperties: Text | None = prop()
    facets: Text | None = prop()
    contentProperties: StrictBoolean | None = prop()


class LastResult(DataType):
    """The last record of the previous page. All three properties are required."""

    urlName: Text | None = prop()
    changeTimeMilliseconds: ChangeTime | None = prop()
    version: Whole | None = prop()


class ChangeTimes(DataType):
    start: QueryTime | None = prop()
    end: QueryTime | None = prop()


class SystemMetadata(DataType):
    changeTime: ChangeTimes | None = prop()
    directories: list[Directory] | None = prop(item="directory")
    indexable: StrictBoolean | None = prop()
    namespaces: list[Text] | None = prop(item="namespace")
    replicationCollision: StrictBoolean | None = prop()
    transactions: Annotated[list[Transaction], Field(max_length=5)] | None = prop(
        item="transaction"
    )


class OperationQuery(DataType):
    count: Annotated[Whole, Field(ge=-1)] | None = prop()
    verbose: StrictBoolean | None = prop()
    objectProperties: Text | None = prop()
    lastResult: LastResult | None = prop()
    systemMetadata: SystemMetadata | None = prop()


class QueryRequest(DataType):
    """One of two kinds of query. An empty request returns all operation records."""

    object: ObjectQuery | None = prop()
    operation: OperationQuery | None = prop()


def names_in(text: str | None) -> list[str]:
    """Split a comma-separated list."""
    return [part.strip() for part in (text or "").split(",")] if text else []
