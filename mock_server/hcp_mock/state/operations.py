"""What remains of objects and versions that are gone, for queries about operations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .objects import Grant, Version


class Operation(StrEnum):
    """What a record of an object is about, in the words of query results."""

    CREATED = "CREATED"
    DELETED = "DELETED"
    DISPOSED = "DISPOSED"
    PRUNED = "PRUNED"
    PURGED = "PURGED"
    NOT_FOUND = "NOT_FOUND"  # still in the index, but gone


@dataclass(frozen=True)
class Removal:
    """One deletion, disposal, pruning or purge.

    ``number``: the version number of the record itself. ``version``: the version as it was.
    """

    operation: Operation
    key: str
    number: int
    when: datetime
    version: Version
    acl: tuple[Grant, ...] = ()
