"""The part of a seed about packages of logs and reports."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from ..models.base import unique_anycase
from ..state.packages import PackageState


class SeedPackaging(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    seconds: Annotated[float, Field(ge=0)] | None = None
    fails: bool | None = None
    padding: Annotated[int, Field(ge=0, le=1000)] | None = None


class PackageParts(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    packaging: SeedPackaging | None = None
    sNodes: list[Annotated[str, Field(pattern=r"^[^,\s]+$")]] = []


def seed_packages(state: PackageState, seed: PackageParts) -> None:
    if seed.packaging is not None:
        sent = seed.packaging
        state.seconds = state.seconds if sent.seconds is None else sent.seconds
        state.fails = state.fails if sent.fails is None else sent.fails
        state.padding = state.padding if sent.padding is None else sent.padding
    state.s_nodes = unique_anycase([*state.s_nodes, *seed.sNodes])
