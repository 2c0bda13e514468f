"""Password rules. MAPI reference: password rules and consoleSecurity."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from ...models.tenants.console import ConsoleSecurity
from ...state.records import UserRecord

# A sample is enough: which passwords HCP itself calls common is unconfirmed.
_COMMON = frozenset(
    {
        "password",
        "password1",
        "password123",
        "passw0rd",
        "p@ssw0rd",
        "p@ssword1",
        "123456a",
        "abc123",
        "qwerty1",
        "qwerty123",
        "admin123",
        "welcome1",
        "welcome123",
        "letmein1",
        "changeme1",
        "iloveyou1",
        "monkey1",
        "dragon1",
        "start123",
    }
)


def md5(password: str) -> str:
    return hashlib.md5(password.encode("utf-8"), usedforsecurity=False).hexdigest()


def _is_other(char: str) -> bool:
    return not char.isalpha() and not char.isdecimal()


def _meets_character_counts(policy: ConsoleSecurity, password: str) -> bool:
    kinds: list[tuple[int | None, Callable[[str], bool]]] = [
        (policy.lowerCaseLetterCount, str.islower),
        (policy.upperCaseLetterCount, str.isupper),
        (policy.numericCharacterCount, str.isdecimal),
        (policy.specialCharacterCount, _is_other),
    ]
    return all(sum(map(test, password)) >= (wanted or 0) for wanted, test in kinds)


def is_acceptable(
    password: str, policy: ConsoleSecurity, username: str, user: UserRecord | None = None
) -> bool:
    """Check a password against the policy. ``user``: the account whose password it replaces."""
    if not (policy.minimumPasswordLength or 0) <= len(password) <= 64:
        return False
    kinds = (
        any(map(str.isalpha, password)),
        any(map(str.isdecimal, password)),
        any(map(_is_other, password)),
    )
    if sum(kinds) < 2:
        return False
    if policy.passwordCombination and not _meets_character_counts(policy, password):
        return False
    if policy.blockCommonPassword and password.casefold() in _COMMON:
        return False
    if not policy.passwordContainsUsername and username.casefold() in password.casefold():
        return False
    return not (
        policy.blockPasswordReUse and user is not None and _was_used(policy, password, user)
    )


def _was_used(policy: ConsoleSecurity, password: str, user: UserRecord) -> bool:
    depth = policy.passwordReuseDepth or 0
    recent = [*user.earlier_md5, user.password_md5][-depth:] if depth else []
    return md5(password) in recent


def set_password(user: UserRecord, password: str) -> None:
    """Set the password. A pending password change is completed."""
    if user.password_md5:
        user.earlier_md5.append(user.password_md5)
    user.password_md5 = md5(password)
    user.account.forcePasswordChange = False
