"""Objects of a namespace in a seed."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ...models.seeds.namespaces import SeedRemoval
from ...state.blobs import Data
from ...state.objects import Entry, Version
from ...state.objects import Kind as ObjectKind
from ...state.operations import Operation
from ...state.records import NamespaceRecord, TenantRecord
from ..clock import Clock
from ..s3 import names, retention
from ..s3.buckets import Bucket
from ..s3.callers import ANONYMOUS, NOBODY, Kind, owner_of
from ..s3.housekeeping import note
from ..s3.objects import Draft, ObjectService
from ..s3.request import Headers


def seed_removal(
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


def seed_object(
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
