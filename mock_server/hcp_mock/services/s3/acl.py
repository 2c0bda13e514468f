"""Access control lists: canned ACLs, grant headers, and the rules for setting them.

S3 reference: ACLs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from ...models.namespaces.namespace import OwnerType
from ...models.permissions import DataPermission as P
from ...state.objects import Grant, Identity
from ...state.records import NamespaceRecord, TenantRecord
from ...state.world import World
from ..accounts.grants import grant_owner
from ..defaults.accounts import synthetic_sid
from . import permissions
from .callers import ALL_USERS, AUTHENTICATED, NOBODY, identity_of, owner_of
from .errors import S3Error, bad_argument, denied, malformed, not_implemented
from .request import Headers

MAX_GRANTS = 100
FULL = "FULL_CONTROL"
CANNED_HEADER = "x-amz-acl"
_HEADERS = {
    "x-amz-grant-read": "READ",
    "x-amz-grant-read-acp": "READ_ACP",
    "x-amz-grant-write": "WRITE",
    "x-amz-grant-write-acp": "WRITE_ACP",
    "x-amz-grant-full-control": FULL,
}
_WORDS = {"all_users": ALL_USERS, "authenticated": AUTHENTICATED}
_GROUPS = frozenset({ALL_USERS, AUTHENTICATED})
_CANNED: dict[str, tuple[tuple[str, str], ...]] = {
    "private": (),
    "public-read": (("READ", ALL_USERS),),
    "public-read-write": (("READ", ALL_USERS), ("WRITE", ALL_USERS)),
    "authenticated-read": (("READ", AUTHENTICATED),),
}
_OF_BUCKET_OWNER = {"bucket-owner-read": "READ", "bucket-owner-full-control": FULL}
_GRANTEE = re.compile(r'\s*([A-Za-z]+)\s*=\s*(?:"([^"]*)"|([^",\s]+))\s*')


@dataclass
class AclService:
    world: World

    def find_grantee(
        self, tenant: TenantRecord, kind: str, value: str, *, of_object: bool
    ) -> Identity:
        """Return a grantee by ID or name. Directory users are allowed only for objects."""
        for user in tenant.users:
            if kind == "id" and user.account.userGUID == value:
                return identity_of(user)
        if kind == "emailAddress" and (named := tenant.users.get(value)) is not None:
            return identity_of(named)
        for external in self.world.directory.users if of_object and self.world.directory else ():
            wanted = (
                external.username if kind == "emailAddress" else synthetic_sid(external.username)
            )
            if wanted.casefold() == value.casefold():
                return Identity(synthetic_sid(external.username), external.username)
        raise S3Error("InvalidArgument", "A grantee does not exist.")

    def grant(
        self, tenant: TenantRecord, permission: str, kind: str, value: str, *, of_object: bool
    ) -> Grant:
        """Names of identifiers, groups and permissions are case-sensitive."""
        if permission not in permissions.PERMISSIONS_OF_GRANT:
            raise malformed()
        if kind == "emailAddress" and value in _WORDS:
            return Grant(permission, group=_WORDS[value])
        if kind == "uri":
            if value not in _GROUPS:
                raise bad_argument("uri")
            return Grant(permission, group=value)
        if kind not in ("id", "emailAddress"):
            raise S3Error("InvalidArgument", "The type of an identifier is not known.")
        return Grant(permission, self.find_grantee(tenant, kind, value, of_object=of_object))

    def from_headers(
        self,
        tenant: TenantRecord,
        headers: Headers,
        *,
        owner: NamespaceRecord | None = None,
        setting: bool = False,
    ) -> list[Grant] | None:
        """Return the ACL of the headers, or ``None`` without such headers.

        ``owner``: the bucket, for an object. ``setting``: an unknown canned name is 400 where an
        ACL is set, and 501 where something is created with one.
        """
        canned = headers.get(CANNED_HEADER)
        sent = [(name, headers.get(name)) for name in _HEADERS if name in headers]
        if canned is not None and sent:
            raise malformed("A canned ACL and grants cannot be combined.")
        if canned is not None:
            return self._canned(tenant, canned.strip(), owner, setting)
        if not sent:
            return None
        grants = [
            self.grant(tenant, _HEADERS[name], kind, value, of_object=owner is not None)
            for name, text in sent
            for kind, value in _parse_grantees(text or "")
        ]
        return check_grants(grants)

    @staticmethod
    def _canned(
        tenant: TenantRecord, name: str, owner: NamespaceRecord | None, setting: bool
    ) -> list[Grant]:
        if owner is not None and name in _OF_BUCKET_OWNER:
            whose = owner_of(tenant, owner)
            return [] if whose == NOBODY else [Grant(_OF_BUCKET_OWNER[name], whose)]
        if name not in _CANNED:
            raise bad_argument(CANNED_HEADER) if setting else not_implemented(CANNED_HEADER)
        return [Grant(permission, group=group) for permission, group in _CANNED[name]]

    def change_owner(
        self, tenant: TenantRecord, namespace: NamespaceRecord, owner: Identity
    ) -> None:
        settings = namespace.settings
        settings.owner, settings.ownerType = owner.name, OwnerType.LOCAL
        grant_owner(tenant, namespace)


def _parse_grantees(text: str) -> list[tuple[str, str]]:
    """Parse ``id=..., emailAddress="..."``. Characters may be percent-encoded."""
    result: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        match = _GRANTEE.match(text, at)
        if match is None or (match.end() < len(text) and text[match.end()] != ","):
            raise S3Error("InvalidArgument", "A grant header cannot be read.")
        result.append((match[1], unquote(match[2] if match[2] is not None else match[3])))
        at = match.end() + 1
    if not result:
        raise S3Error("InvalidArgument", "A grant header is empty.")
    return result


def check_grants(grants: list[Grant]) -> list[Grant]:
    if len(grants) > MAX_GRANTS:
        raise S3Error("InvalidArgument", "There are more than 100 grants.")
    seen = {(grant.permission, grant.grantee) for grant in grants}
    if len(seen) != len(grants):
        raise S3Error("InvalidArgument", "A permission is granted twice to the same grantee.")
    return grants


def check_may_grant(grants: list[Grant], rights: frozenset[P], owner: Identity) -> None:
    """Callers can only grant permissions that they have. The owner's grants are exempt."""
    for grant in grants:
        own = grant.identity is not None and grant.identity.id == owner.id
        if not own and not rights.issuperset(permissions.PERMISSIONS_OF_GRANT[grant.permission]):
            raise denied("Only permissions that the user has can be granted.")


def visible_grants(owner: Identity, grants: list[Grant]) -> list[Grant]:
    """Return the first hundred grants, starting with the owner's FULL_CONTROL."""
    others = [
        g for g in grants if g.permission != FULL or g.identity is None or g.identity.id != owner.id
    ]
    return [Grant(FULL, owner), *others][:MAX_GRANTS]
