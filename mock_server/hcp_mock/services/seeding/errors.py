"""The errors of seeds."""

from __future__ import annotations

from ...models.base import DataType


class SeedError(Exception):
    """The seed is not usable. The message is one sentence."""


def unusable(problem: str) -> SeedError:
    return SeedError(f"The seed is not usable: {problem}.")


def required_name(item: DataType, name: str, where: str) -> str:
    value = getattr(item, name)
    if not isinstance(value, str) or not value:
        raise unusable(f"{where} needs '{name}'")
    return value
