"""Seeding objects and removals."""

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
from ..housekeeping import record_removal
from ..s3 import keys, retention
from ..s3.buckets import Bucket
from ..s3.callers import ANONYMOUS, NOBODY, Kind, owner_of
from ..s3.objects import ObjectDraft, ObjectService
from ..s3.request import Headers


def seed_removal(
    tenant: TenantRecord, namespace: NamespaceRecord, clock: Clock, removal: SeedRemoval
) -> None:
    keys.check_key(removal.key)
    when = removal.time or clock.now()
    version = Version(
        id=namespace.store.new_version_id(),
        kind=ObjectKind.OBJECT,
        created=when,
        changed=when,
        owner=owner_of(tenant, namespace),
        index=bool(namespace.settings.indexingDefault),
        shred=bool(namespace.compliance.shreddingDefault),
    )
    record_removal(namespace, Operation(removal.operation), Entry(removal.key), version, when)


def seed_object(
    tenant: TenantRecord, namespace: NamespaceRecord, clock: Clock, key: str, data: Data
) -> None:
    owner = owner_of(tenant, namespace)
    caller = ANONYMOUS if owner == NOBODY else replace(ANONYMOUS, kind=Kind.LOCAL, identity=owner)
    bucket = Bucket(tenant, namespace, caller)
    objects = ObjectService(clock)
    keys.check_key(key)
    if keys.is_folder(key):
        objects.make_folder(bucket, key)
        return
    digest = hashlib.md5(usedforsecurity=False)
    for chunk in data.read():
        digest.update(chunk)
    object_retention = retention.initial_retention(bucket, Headers([]), clock.now())
    current = namespace.store.current(key)
    if current is not None and current.etag == digest.hexdigest():
        return
    objects.store_uncounted(
        bucket, ObjectDraft(key, data, digest.hexdigest(), retention=object_retention)
    )
