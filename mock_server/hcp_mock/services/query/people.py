"""Owners and grantees in the words of queries. Query reference: owner, aclGrant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...errors import InvalidRequest
from ...state.objects import Grant, Person
from ..s3.callers import ALL_USERS

_LETTERS = {
    "READ": "r",
    "READ_ACP": "R",
    "WRITE": "wd",
    "WRITE_ACP": "W",
    "FULL_CONTROL": "RrWwd",
}
_ORDER = "RrWwd"
_PERMISSIONS = re.compile(r"(?=.)\*?R?\*?r?\*?W?\*?w?\*?d?\*?")
_NOBODY = "nobody"  # objects from before there were owners; the mock has none


@dataclass(frozen=True)
class Name:
    """``USER,location,name`` or ``GROUP,location,name``; places and names without case."""

    kind: str
    location: str
    name: str

    @property
    def text(self) -> str:
        return f"{self.kind},{self.location},{self.name}"

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.location.casefold(), self.name.casefold()


def name_of(person: Person, tenant: str) -> Name:
    """Active Directory users are at ``@domain``, others at their tenant."""
    user, at, domain = person.name.rpartition("@")
    if person.id.startswith("S-1-") and at:
        return Name("USER", f"@{domain}", user)
    return Name("USER", tenant, person.name)


def owner_name(owner: Person | None, tenant: str) -> Name:
    return Name("GROUP", tenant, "all_users") if owner is None else name_of(owner, tenant)


def _grantee(grant: Grant, tenant: str) -> Name:
    if grant.person is not None:
        return name_of(grant.person, tenant)
    word = "all_users" if grant.group == ALL_USERS else "authenticated"
    return Name("GROUP", tenant, word)


def grants_of(acl: list[Grant], tenant: str) -> dict[tuple[str, str, str], str]:
    """The letters of what each grantee may do, in their order."""
    held: dict[tuple[str, str, str], set[str]] = {}
    for grant in acl:
        held.setdefault(_grantee(grant, tenant).key, set()).update(_LETTERS[grant.permission])
    return {who: "".join(c for c in _ORDER if c in letters) for who, letters in held.items()}


def _bad(name: str) -> InvalidRequest:
    return InvalidRequest(f"Invalid value for '{name}' in the query expression.")


def _read_name(parts: list[str], searcher: Name | None, of: str) -> Name:
    """A name; ``USER`` alone is whoever asks."""
    if parts == ["USER"] and searcher is not None:
        return searcher
    if len(parts) != 3 or parts[0] not in ("USER", "GROUP") or not all(parts):
        raise _bad(of)
    return Name(parts[0], parts[1], parts[2])


def read_owner(text: str, searcher: Name | None) -> Name | None:
    """None for ``nobody``, which fits no object here."""
    if text == _NOBODY:
        return None
    found = _read_name(text.split(","), searcher, "owner")
    if found.kind == "GROUP" and found.name != "all_users":
        raise _bad("owner")
    return found


@dataclass(frozen=True)
class WantedGrant:
    """Permissions, whose gaps an asterisk fills, and perhaps for whom."""

    letters: re.Pattern[str]
    who: Name | None

    def fits(self, grants: dict[tuple[str, str, str], str]) -> bool:
        chosen = grants.values() if self.who is None else [grants.get(self.who.key, "")]
        return any(letters and self.letters.fullmatch(letters) for letters in chosen)


def read_grant(text: str, searcher: Name | None) -> WantedGrant:
    permissions, comma, rest = text.partition(",")
    if not _PERMISSIONS.fullmatch(permissions):
        raise _bad("aclGrant")
    letters = re.compile(re.escape(permissions).replace(r"\*", ".*"))
    return WantedGrant(
        letters, _read_name(rest.split(","), searcher, "aclGrant") if comma else None
    )
