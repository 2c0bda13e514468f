"""Objects that a seed puts into a namespace."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from ...state.blobs import Data
from ...state.objects import Entry, Version
from ...state.objects import Kind as ObjectKind
from ...state.operations import Operation
from ...state.records import NamespaceRecord, TenantRecord
from ..clock import Clock
from . import names, retention
from .asked import Headers
from .buckets import Bucket
from .callers import ANONYMOUS, NOBODY, Kind, owner_of
from .housekeeping import note
from .objects import Draft, ObjectService


class SeedRemoval(BaseModel):
    """Something that is gone, of which metadata queries still tell."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    key: str
    operation: Literal["DELETED", "DISPOSED", "PRUNED", "PURGED"]
    time: AwareDatetime | None = None


def plant_removal(
    tenant: TenantRecord, namespace: NamespaceRecord, clock: Clock, removal: SeedRemoval
) -> None:
    names.check_key(removal.key)
    when = removal.time or clock.now()
    gone = Version(
        id=namespace.store.new_number(),
        kind=ObjectKind.OBJECT,
        created=when,
        changed=when,
        owner=owner_of(tenant, namespace),
        index=bool(namespace.settings.indexingDefault),
        shred=bool(namespace.compliance.shreddingDefault),
    )
    note(namespace, Operation(removal.operation), Entry(removal.key), gone, when)


def plant(
    tenant: TenantRecord, namespace: NamespaceRecord, clock: Clock, key: str, data: Data
) -> None:
    owner = owner_of(tenant, namespace)
    caller = ANONYMOUS if owner == NOBODY else replace(ANONYMOUS, kind=Kind.LOCAL, person=owner)
    bucket = Bucket(tenant, namespace, caller)
    objects = ObjectService(clock)
    names.check_key(key)
    if names.is_folder(key):
        objects.make_folder(bucket, key)
        return
    digest = hashlib.md5(usedforsecurity=False)
    for chunk in data.read():
        digest.update(chunk)
    kept = retention.at_birth(bucket, Headers([]), clock.now())
    current = namespace.store.current(key)
    if current is not None and current.etag == digest.hexdigest():
        return
    objects.keep(bucket, Draft(key, data, digest.hexdigest(), retention=kept))
