"""The complete state of one mock. A reset replaces it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .erasure_coding import ErasureCodingState
from .packages import PackageState
from .records import DirectoryGroup, DirectoryUser, GroupRecord, TenantRecord, UserRecord
from .replication import ReplicationState
from .repository import Repository
from .system import SystemState


@dataclass
class Rules:
    """Strict and lenient readings of the reference."""

    # PUT userAccounts with allowNamespaceManagement: the property table refuses it, an example
    # sends it.
    allow_namespace_management_on_put: bool = False
    # An account with a pending password change: not documented for MAPI, so it is refused.
    forced_password_change_blocks: bool = True
    # Checksums in the trailer of an upload, which current SDKs send by default: releases before
    # 10 refused them.
    trailing_checksums: bool = False
    # Completing a multipart upload without Content-Type: the manual states 400, SDKs send none.
    complete_needs_content_type: bool = True
    # Creating one's own bucket again: a plain 200, or a 200 that carries an error.
    own_bucket_error: bool = False
    # Seconds until the index of metadata queries is updated.
    index_delay: float = 0
    # Seconds until the other system accepts a new link, and until a recovery is complete.
    link_reply_seconds: float = 1
    link_recovery_seconds: float = 1
    # Seconds until a topology for erasure coding is retired.
    retirement_seconds: float = 1


@dataclass
class Directory:
    """The Active Directory; absent unless a seed describes one."""

    domain: str = ""
    groups: Repository[DirectoryGroup] = field(default_factory=Repository)
    users: Repository[DirectoryUser] = field(default_factory=Repository)

    def qualified(self, name: str) -> str:
        """A name without a domain belongs to the domain that HCP has joined."""
        return name if "@" in name or not self.domain else f"{name}@{self.domain}"

    def group(self, name: str) -> DirectoryGroup | None:
        """Return the group of a name. A name that looks like a SID must include its domain."""
        return None if is_sid(name) else self.groups.get(self.qualified(name))

    def group_of_sid(self, sid: str) -> DirectoryGroup | None:
        return next((g for g in self.groups if g.sid.casefold() == sid.casefold()), None)

    def named(self, text: str) -> DirectoryGroup | None:
        """Return the group of a query parameter: by name or by SID."""
        return self.group_of_sid(text) if is_sid(text) else self.group(text)


def is_sid(text: str) -> bool:
    return "@" not in text and text.casefold().startswith("s-1-")


@dataclass
class World:
    mapi_enabled: bool = True
    replication_supported: bool = True
    optimized_for: str = "CLOUD"
    default_tenant_allowed: bool = False
    rules: Rules = field(default_factory=Rules)
    directory: Directory | None = None
    networks: set[str] = field(default_factory=lambda: {"[hcp_system]"})
    service_plans: dict[str, str] = field(
        default_factory=lambda: {"Default": "The default service plan"}
    )
    users: Repository[UserRecord] = field(default_factory=Repository)
    groups: Repository[GroupRecord] = field(default_factory=Repository)
    tenants: Repository[TenantRecord] = field(default_factory=Repository)
    # Cookie value → "host account": logins of directory users.
    sessions: dict[str, str] = field(default_factory=dict)
    last_user_id: int = 499
    system: SystemState = field(default_factory=SystemState)
    erasure_coding: ErasureCodingState = field(default_factory=ErasureCodingState)
    packages: PackageState = field(default_factory=PackageState)
    replication: ReplicationState = field(default_factory=ReplicationState)

    def replace_with(self, other: World) -> None:
        """Take over the state of ``other``, so that all references to this instance stay valid."""
        self.__dict__.update(other.__dict__)
