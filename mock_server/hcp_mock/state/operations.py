"""Records of removed objects and versions, for operation queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .objects import Grant, Version


class Operation(StrEnum):
    """The operations of operation queries."""

    CREATED = "CREATED"
    DELETED = "DELETED"
    DISPOSED = "DISPOSED"
    PRUNED = "PRUNED"
    PURGED = "PURGED"
    NOT_FOUND = "NOT_FOUND"  # deleted, but still in the index


@dataclass(frozen=True)
class Removal:
    """A deletion, disposal, pruning or purge.

    ``number``: the version ID of the record itself. ``version``: the removed version.
    """

    operation: Operation
    key: str
    number: int
    when: datetime
    version: Version
    acl: tuple[Grant, ...] = ()
