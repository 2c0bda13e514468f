"""Packages of logs and reports in a seed."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .base import SeedPart


class SeedPackaging(SeedPart):
    seconds: Annotated[float, Field(ge=0)] | None = None
    fails: bool | None = None
    padding: Annotated[int, Field(ge=0, le=1000)] | None = None


class PackageParts(SeedPart):
    packaging: SeedPackaging | None = None
    sNodes: list[Annotated[str, Field(pattern=r"^[^,\s]+$")]] = Field(default_factory=list)
