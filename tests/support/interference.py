"""Interference: whatever happens to HCP while a module is between two of its requests."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from urllib3 import HTTPConnectionPool


@contextmanager
def before_requests(
    wanted: str, path: str, interfere: Callable[[], object], only: int | None = None
) -> Iterator[None]:
    """Call ``interfere`` before a module sends a request to MAPI, with no assumption about time.

    ``wanted`` is the method of the request. ``interfere`` is called before each that matches, or
    before number ``only`` of them, by a module that runs in a process of its own: there. What it
    sends itself is left alone.
    """
    numbers = itertools.count(1)
    interfering = False
    send = HTTPConnectionPool.urlopen

    def urlopen(pool: Any, method: str, url: str, *more: Any, **options: Any) -> Any:
        nonlocal interfering
        matches = method == wanted and url.partition("?")[0].removeprefix("/mapi") == path
        if matches and not interfering and only in (None, next(numbers)):
            interfering = True
            interfere()
            interfering = False
        return send(pool, method, url, *more, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HTTPConnectionPool, "urlopen", urlopen)
        yield
