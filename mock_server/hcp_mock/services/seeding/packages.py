"""Seeding the preparation of packages."""

from __future__ import annotations

from ...models.base import unique_anycase
from ...models.seeds.packages import PackageParts
from ...state.packages import PackageState


def seed_packages(state: PackageState, seed: PackageParts) -> None:
    if seed.packaging is not None:
        sent = seed.packaging
        state.seconds = state.seconds if sent.seconds is None else sent.seconds
        state.fails = state.fails if sent.fails is None else sent.fails
        state.padding = state.padding if sent.padding is None else sent.padding
    state.s_nodes = unique_anycase([*state.s_nodes, *seed.sNodes])
