"""Conversion of data types to plain data."""

from __future__ import annotations

from typing import Any

from ....models.base import DataType


def plain(item: DataType) -> dict[str, Any]:
    result: dict[str, Any] = item.model_dump(mode="json", exclude_none=True)
    return result
