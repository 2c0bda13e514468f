# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arguments of the hooks of a table: the task, and the state that was read.

``reconcile`` has the class that implements ``Context``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol

from ..protocols.mapi.client import Client
from .interface import Interface, Options


class Context(Protocol):
    """A task about one resource, with the interfaces of HCP that it may use.

    :ivar options: the options that the user set
    :ivar mapi: the management API, as the account of the task
    :ivar level: the level of that account
    :ivar check: whether the task runs in check mode
    :ivar confirmed: the words that the task confirms
    :ivar warnings: sentences for the user; a hook may add to them
    """

    options: Options
    mapi: Client
    level: str
    check: bool
    confirmed: frozenset[str]
    warnings: list[str]

    @property
    def name(self) -> str:
        """The name of the resource."""

    @property
    def label(self) -> str:
        """The resource in words, as ``namespace alpha of tenant finance``."""

    @property
    def tenant_path(self) -> str:
        """The path of the tenant that the resource belongs to."""

    def path(self, name: str | None = None) -> str:
        """The path of the resource, or of the one with another name."""

    def interface(self, name: str) -> Interface:
        """The interface of HCP with that name."""

    def refuse(self, code: str, sentence: str, option: str = "") -> NoReturn:
        """Stop before anything is sent.

        :raises RefusedError: always
        """


@dataclass(eq=False, repr=False)
class State:
    """The state of a resource on HCP, as far as it was read. ``item`` is empty if only parts were.

    :ivar renaming: whether it was found under the name from which the task renames it
    """

    exists: bool
    name: str
    item: dict[str, Any] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Any] = field(default_factory=dict)
    renaming: bool = False
