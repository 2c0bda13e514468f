"""The policy of a form upload: its signature and its conditions."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...state.records import TenantRecord
from . import signing
from .authentication import Authenticator
from .callers import Caller
from .errors import S3Error, denied

# Fields that need no condition.
_FREE = frozenset({"policy", "signature", "awsaccesskeyid", "x-amz-signature", "file", "submit"})
_MORE_FREE = "x-ignore-"


def _invalid_policy() -> S3Error:
    return S3Error("InvalidPolicyDocument")


def _condition_failed() -> S3Error:
    # The text states 403 for unmet conditions, although the code is listed with 400.
    return denied("The form does not keep to its policy.")


@dataclass(frozen=True)
class Policy:
    smallest: int = 0
    largest: int | None = None

    def check_size(self, size: int) -> None:
        if size < self.smallest or (self.largest is not None and size > self.largest):
            raise _condition_failed()


def authenticate_form(
    authenticator: Authenticator, tenant: TenantRecord, fields: dict[str, str]
) -> Caller | None:
    """Return the signer, or ``None`` for an unsigned form. Version 2 takes precedence over 4."""
    text = fields.get("policy", "")
    if "awsaccesskeyid" in fields or "signature" in fields:
        access_key, sent = fields.get("awsaccesskeyid", ""), fields.get("signature", "")
        user = authenticator.accounts.find_signer(tenant, access_key)
        wanted = signing.sign_text_v2(text, user.password_md5 or "")
    elif "x-amz-credential" in fields:
        credential = signing.parse_credential(fields["x-amz-credential"])
        if credential is None or fields.get("x-amz-algorithm") != signing.ALGORITHM:
            raise denied("The form does not hold a usable signature.")
        access_key, scope = credential
        if scope.date != fields.get("x-amz-date", "")[:8]:
            raise S3Error("SignatureDoesNotMatch")
        user = authenticator.accounts.find_signer(tenant, access_key)
        sent = fields.get("x-amz-signature", "")
        wanted = signing.sign_text_v4(text, scope, user.password_md5 or "")
    else:
        return None
    if not text:
        raise _invalid_policy()
    if not user.password_md5 or not signing.signatures_match(wanted, sent):
        raise S3Error("SignatureDoesNotMatch")
    return authenticator.accounts.caller_of(user)


def check_policy(fields: dict[str, str], bucket: str, now: datetime) -> Policy:
    """Every field must be covered by a condition and meet it."""
    document = _document(fields.get("policy", ""))
    if _expiration(document.get("expiration")) <= now:
        raise denied("The policy has expired.")
    conditions = document.get("conditions")
    if not isinstance(conditions, list):
        raise _invalid_policy()
    values = {**fields, "bucket": bucket}
    covered: set[str] = set()
    policy = Policy()
    for condition in conditions:
        limits = _condition(condition, values, covered)
        policy = limits or policy
    needed = {n for n in fields if n not in _FREE and not n.startswith(_MORE_FREE)}
    if not needed.issubset(covered):
        raise _condition_failed()
    return policy


def _expiration(text: Any) -> datetime:
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z", str(text))
    try:
        return datetime.fromisoformat(f"{match[1]}+00:00" if match else "")
    except ValueError:
        raise _invalid_policy() from None


def _document(text: str) -> dict[str, Any]:
    try:
        result = json.loads(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        raise _invalid_policy() from None
    if not isinstance(result, dict):
        raise _invalid_policy()
    return result


def _condition(condition: Any, values: dict[str, str], covered: set[str]) -> Policy | None:
    if isinstance(condition, dict) and len(condition) == 1:
        (name, wanted), kind = next(iter(condition.items())), "eq"
    elif isinstance(condition, list) and len(condition) == 3:
        kind, name, wanted = condition
    else:
        raise _invalid_policy()
    if kind == "content-length-range":
        if not isinstance(name, int) or not isinstance(wanted, int):
            raise _invalid_policy()
        return Policy(name, wanted)
    if (
        kind not in ("eq", "starts-with")
        or not isinstance(name, str)
        or not isinstance(wanted, str)
    ):
        raise _invalid_policy()
    field = name.removeprefix("$").lower()
    covered.add(field)
    value = values.get(field, "")
    if not (value == wanted if kind == "eq" else value.startswith(wanted)):
        raise _condition_failed()
    return None
