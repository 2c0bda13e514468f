"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable


def until(happened: Callable[[], bool]) -> None:
    """Wait until it has happened, for ten seconds at most."""
    for _attempt in range(200):
        if happened():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen")
