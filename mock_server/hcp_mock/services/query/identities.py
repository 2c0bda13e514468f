"""Owners and grantees in query expressions. Query reference: owner, aclGrant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...state.objects import Grant, Identity
from ..s3.callers import ALL_USERS
from .errors import bad_value

_LETTERS = {
    "READ": "r",
    "READ_ACP": "R",
    "WRITE": "wd",
    "WRITE_ACP": "W",
    "FULL_CONTROL": "RrWwd",
}
_ORDER = "RrWwd"
_PERMISSIONS = re.compile(r"(?=.)\*?R?\*?r?\*?W?\*?w?\*?d?\*?")
_NOBODY = "nobody"  # objects of releases without owners; the mock has none


@dataclass(frozen=True)
class AccountName:
    """``USER,location,name`` or ``GROUP,location,name``; location and name ignore case."""

    kind: str
    location: str
    name: str

    @property
    def text(self) -> str:
        return f"{self.kind},{self.location},{self.name}"

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.location.casefold(), self.name.casefold()


def account_name(identity: Identity, tenant: str) -> AccountName:
    """Active Directory users have the location ``@domain``, others their tenant."""
    user, at, domain = identity.name.rpartition("@")
    if identity.id.startswith("S-1-") and at:
        return AccountName("USER", f"@{domain}", user)
    return AccountName("USER", tenant, identity.name)


def owner_account(owner: Identity | None, tenant: str) -> AccountName:
    return (
        AccountName("GROUP", tenant, "all_users") if owner is None else account_name(owner, tenant)
    )


def _grantee(grant: Grant, tenant: str) -> AccountName:
    if grant.identity is not None:
        return account_name(grant.identity, tenant)
    word = "all_users" if grant.group == ALL_USERS else "authenticated"
    return AccountName("GROUP", tenant, word)


def grants_of(acl: list[Grant], tenant: str) -> dict[tuple[str, str, str], str]:
    """Return the permission letters of each grantee, in the documented order."""
    held: dict[tuple[str, str, str], set[str]] = {}
    for grant in acl:
        held.setdefault(_grantee(grant, tenant).key, set()).update(_LETTERS[grant.permission])
    return {
        account: "".join(c for c in _ORDER if c in letters) for account, letters in held.items()
    }


def _parse_name(parts: list[str], searcher: AccountName | None, of: str) -> AccountName:
    """Parse an account name; ``USER`` alone is the searcher."""
    if parts == ["USER"] and searcher is not None:
        return searcher
    if len(parts) != 3 or parts[0] not in ("USER", "GROUP") or not all(parts):
        raise bad_value(of)
    return AccountName(parts[0], parts[1], parts[2])


def parse_owner(text: str, searcher: AccountName | None) -> AccountName | None:
    """Return ``None`` for ``nobody``, which matches no object here."""
    if text == _NOBODY:
        return None
    result = _parse_name(text.split(","), searcher, "owner")
    if result.kind == "GROUP" and result.name != "all_users":
        raise bad_value("owner")
    return result


@dataclass(frozen=True)
class GrantCriterion:
    """A pattern of permission letters, and optionally the account."""

    letters: re.Pattern[str]
    account: AccountName | None

    def matches(self, grants: dict[tuple[str, str, str], str]) -> bool:
        select = grants.values() if self.account is None else [grants.get(self.account.key, "")]
        return any(letters and self.letters.fullmatch(letters) for letters in select)


def parse_grant(text: str, searcher: AccountName | None) -> GrantCriterion:
    permissions, comma, rest = text.partition(",")
    if not _PERMISSIONS.fullmatch(permissions):
        raise bad_value("aclGrant")
    letters = re.compile(re.escape(permissions).replace(r"\*", ".*"))
    return GrantCriterion(
        letters, _parse_name(rest.split(","), searcher, "aclGrant") if comma else None
    )
