# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HCP's interfaces as tables use them: requests, roles and levels of account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from ..protocols.credentials import Credentials
from ..protocols.errors import HcpError
from ..protocols.failures import NoResponseError

SYSTEM = "system"
TENANT = "tenant"
# The interfaces of HCP.
MAPI = "mapi"
S3 = "s3"

Options = Mapping[str, Any]


class Interface(Protocol):
    """One of HCP's interfaces, with the credentials of one account."""

    def find(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any] | None:
        """Read a resource; ``None`` if it does not exist."""

    def exists(self, path: str) -> bool:
        """Whether a resource exists."""

    def names(
        self, path: str, member: str, filters: Mapping[str, str] | None = None
    ) -> Iterator[str]:
        """Yield the names in a list."""

    def send(
        self, method: str, path: str, body: Any = None, query: Mapping[str, str] | None = None
    ) -> bool:
        """Write. Return whether the response certainly is HCP's response to this request."""

    def as_account(self, credentials: Credentials, host: str) -> Interface:
        """Return the same interface with the credentials of another account of ``host``."""

    def clear_cache(self) -> None:
        """Discard cached responses."""

    def close(self) -> None:
        """Close the connections."""


class Store(Interface, Protocol):
    """An interface whose resources hold objects."""

    def count(self, name: str, most: int) -> int:
        """Count what a resource holds, up to ``most``."""


class Access(NamedTuple):
    """The roles of which an account needs one to read, or to write, as in MAPI's tables."""

    read: tuple[str, ...]
    write: tuple[str, ...]


NO_ROLES = Access((), ())


class Request(NamedTuple):
    """One request of a creation or a deletion. ``what`` names the part that it concerns."""

    interface: str
    method: str
    path: str
    body: Any
    options: tuple[str, ...]
    access: Access = NO_ROLES
    what: str = ""


class Change(NamedTuple):
    """One request that changes a part. ``hidden`` names the options that are secrets.

    ``path`` is what follows the path of the part. With a ``query`` it is an action.
    """

    method: str
    body: Any
    options: tuple[str, ...]
    after: Any
    hidden: tuple[str, ...] = ()
    path: str = ""
    query: Mapping[str, str] = MappingProxyType({})


def checked_read(access: Access, path: str, call: Callable[[], Any]) -> Any:
    """Read and decode a response. A response that cannot be decoded does not come from HCP."""
    try:
        return call()
    except HcpError as error:
        raise error.with_roles(access.read) from None
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        nothing = NoResponseError("not_mapi", "the answer has another shape than HCP's", False)
        raise HcpError.no_response("GET", path, nothing) from None
