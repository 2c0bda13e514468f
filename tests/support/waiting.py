"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120


def until(happened: Callable[[], bool]) -> None:
    """Wait until it has happened; the limit is for what never will, not for a slow machine."""
    ends = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < ends, f"it did not happen within {PATIENCE} s"
        time.sleep(0.02)
