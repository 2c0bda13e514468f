"""Objects that a seed puts into a namespace."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from ...state.blobs import Data
from ...state.records import NamespaceRecord, TenantRecord
from ..clock import Clock
from . import names, retention
from .asked import Headers
from .buckets import Bucket
from .callers import ANONYMOUS, NOBODY, Kind, owner_of
from .objects import Draft, ObjectService


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
    objects.store(bucket, Draft(key, data, digest.hexdigest(), retention=kept))
