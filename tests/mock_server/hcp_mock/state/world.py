"""Everything one mock HCP system holds. One instance per application; a reset fills it anew."""

from __future__ import annotations

from dataclasses import dataclass, field

from .records import DirectoryUser, GroupRecord, TenantRecord, UserRecord
from .repository import Repository


@dataclass
class Rules:
    """Readings of the reference that can be turned to the lenient side."""

    # PUT userAccounts with allowNamespaceManagement: the property table refuses it, an example
    # sends it.
    allow_namespace_management_on_put: bool = False
    # An account with a pending password change: nothing is said about MAPI, so it can do nothing.
    forced_password_change_blocks: bool = True
    # Checksums in the trailer of an upload, which current SDKs send by themselves: releases before
    # 10 refused them.
    trailing_checksums: bool = False
    # Completing a multipart upload without Content-Type: the manual says 400, SDKs send none.
    complete_needs_content_type: bool = True
    # Creating one's own bucket again: a plain 200, or a 200 that carries an error.
    own_bucket_error: bool = False


@dataclass
class Directory:
    """Active Directory; absent until a seed describes one."""

    groups: set[str] = field(default_factory=set)
    users: Repository[DirectoryUser] = field(default_factory=Repository)

    def knows_group(self, name: str) -> bool:
        return name.casefold() in {group.casefold() for group in self.groups}


@dataclass
class World:
    mapi_enabled: bool = True
    replication_supported: bool = True
    optimized_for: str = "CLOUD"
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

    def replace_with(self, other: World) -> None:
        """Become ``other``, so that everybody who holds this instance sees the new state."""
        self.__dict__.update(other.__dict__)
