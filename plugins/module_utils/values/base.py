# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of value MAPI knows: how each is written in a task, on the wire, and compared.

Every option of every module has one of these kinds. A kind answers four questions: what a task may
write (``argument``, ``check``), what MAPI is sent (``encode``), what an answer of MAPI means in a
task's own words (``decode``), and whether a wanted value is what HCP already has (``same``).
``same`` compares as HCP compares, so that a value HCP rewrites ("50 GB" becomes "50.00 GB", READ
brings BROWSE) is never reported as a change.

Retention values are in ``retention.py``. Source: MAPI reference, "Data types" and limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Value:
    """One kind of value. ``None`` never reaches a kind: an omitted option is not looked at."""

    def argument(self) -> dict[str, Any]:
        """The option's part of a module's argument specification."""
        raise NotImplementedError

    def check(self, value: Any) -> str | None:
        """Return why a value is invalid, as the end of a sentence; ``None`` if it is valid."""
        return None

    def encode(self, value: Any) -> Any:
        """The value as MAPI's JSON wants it."""
        return value

    def decode(self, wire: Any) -> Any:
        """MAPI's JSON value in the words of a task; ``None`` where HCP says nothing."""
        return wire

    def same(self, wanted: Any, current: Any) -> bool:
        """Whether HCP would see no difference between two values in the words of a task."""
        return bool(wanted == current)


def list_members(wire: Any, wrapper: str) -> list[Any]:
    """The members of one of MAPI's lists.

    An empty list may come as nothing, ``null``, ``""``, ``{}`` or ``{"tag": []}``, and a single
    member may come without its array: JSON answers of these kinds are not documented.
    """
    inner = wire.get(wrapper) if isinstance(wire, Mapping) else wire
    if inner in (None, "", {}):
        return []
    return list(inner) if isinstance(inner, (list, tuple)) else [inner]
