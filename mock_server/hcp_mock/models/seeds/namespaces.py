"""Namespaces in a seed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from ..namespaces.namespace import Namespace
from ..namespaces.protocols import CifsProtocol, HttpProtocol, NfsProtocol, SmtpProtocol
from ..namespaces.retention import ComplianceSettings, RetentionClass
from ..namespaces.settings import CustomMetadataIndexingSettings, ReplicationCollisionSettings
from ..permissions import MaskPermissions
from .base import SeedPart


class SeedRemoval(SeedPart):
    """A removed object that operation queries still report."""

    key: str
    operation: Literal["DELETED", "DISPOSED", "PRUNED", "PURGED"]
    time: AwareDatetime | None = None


class SeedNamespace(Namespace):
    # Either a number of objects without data, or real objects: keys and their text.
    objects: Annotated[int, Field(ge=0)] | dict[str, str] | None = None
    removals: list[SeedRemoval] | None = None
    complianceSettings: ComplianceSettings | None = None
    customMetadataIndexingSettings: CustomMetadataIndexingSettings | None = None
    replicationCollisionSettings: ReplicationCollisionSettings | None = None
    permissions: MaskPermissions | None = None
    http: HttpProtocol | None = None
    cifs: CifsProtocol | None = None
    nfs: NfsProtocol | None = None
    smtp: SmtpProtocol | None = None
    cors: str | None = None
    retentionClasses: list[RetentionClass] | None = None
