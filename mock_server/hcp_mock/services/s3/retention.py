"""Retention and holds of HCP and of S3 Object Lock.

S3 reference: retention, holds, object lock. A namespace knows only one of the two.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from ...models.namespaces.retention import is_offset, offset_days, special
from ...models.permissions import DataPermission as P
from ...state.objects import Retention
from .buckets import Bucket
from .errors import S3Error, bad_argument, denied
from .request import Headers

LOCK_HEADERS = (
    "x-amz-object-lock-mode",
    "x-amz-object-lock-retain-until-date",
    "x-amz-object-lock-legal-hold",
)
HCP_HEADERS = ("x-hcp-retention", "x-hcp-retentionhold", "x-hcp-labelretentionhold")
MODES = ("GOVERNANCE", "COMPLIANCE")
MAX_LABELS = 100
_FIXED = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})([+-]\d{4})")


def initial_retention(bucket: Bucket, headers: Headers, now: datetime) -> Retention:
    """Return the retention of a new object: the default, changed by the headers."""
    if bucket.locks:
        _refuse(headers, HCP_HEADERS)
        return _locked(bucket, headers, now)
    _refuse(headers, LOCK_HEADERS)
    default = bucket.namespace.compliance.retentionDefault or "0"
    default_retention = _set(bucket, Retention(special="-2"), default, now, now)
    return apply_headers(bucket, default_retention, headers, now, now, new=True)


def _refuse(headers: Headers, names: tuple[str, ...]) -> None:
    for name in names:
        if name in headers:
            raise S3Error(
                "InvalidArgument", f"'{name}' does not fit the bucket's kind of retention."
            )


def _locked(bucket: Bucket, headers: Headers, now: datetime) -> Retention:
    mode, until = headers.get(LOCK_HEADERS[0]), headers.get(LOCK_HEADERS[1])
    legal = headers.get(LOCK_HEADERS[2])
    result = Retention()
    if (mode is None) != (until is None):
        raise bad_argument(LOCK_HEADERS[0])
    if mode is not None and until is not None:
        result.mode, result.until = parse_mode(mode), parse_lock_date(until, now)
    elif (rule := bucket.namespace.lock_rule) is not None:
        days = timedelta(days=rule.days or 365 * rule.years)
        result.mode, result.until = rule.mode, now + days
    if legal is not None:
        if legal not in ("ON", "OFF"):
            raise bad_argument(LOCK_HEADERS[2])
        result.legal_hold, result.legal_hold_set = legal == "ON", True
    return result


def parse_mode(text: str) -> str:
    if text not in MODES:
        raise bad_argument("mode")
    return text


def parse_lock_date(text: str, now: datetime) -> datetime:
    """Parse ``YYYY-MM-DDTHH:MM:SSZ``, which must be in the future."""
    try:
        result = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except ValueError:
        raise bad_argument("retain until date") from None
    if result <= now:
        raise bad_argument("retain until date")
    return result


def apply_headers(
    bucket: Bucket,
    old: Retention,
    headers: Headers,
    created: datetime,
    now: datetime,
    new: bool = False,
) -> Retention:
    """Apply HCP's own headers: retention only gets longer, and not while on hold."""
    result = replace(old, labels=dict(old.labels))
    value, hold, labels = (headers.get(name) for name in HCP_HEADERS)
    if value is not None:
        if old.on_hold:
            raise denied("The object is on hold.")
        result = _set(bucket, old, value.strip(), created, now)
        if not new and _is_shorter(old, result):
            raise denied("Retention can only be made longer.")
    if hold is not None:
        bucket.require(P.WRITE, P.PRIVILEGED)
        if hold.strip().lower() not in ("true", "false"):
            raise bad_argument(HCP_HEADERS[1])
        result.hold = hold.strip().lower() == "true"
    if labels is not None:
        bucket.require(P.WRITE, P.PRIVILEGED)
        result.labels.update(_parse_labels(labels))
        result.labels = {label: on for label, on in result.labels.items() if on}
        if len(result.labels) > MAX_LABELS:
            raise bad_argument(HCP_HEADERS[2])
    return result


def _set(bucket: Bucket, old: Retention, value: str, created: datetime, now: datetime) -> Retention:
    holds = {"hold": old.hold, "labels": dict(old.labels)}
    known = special(value)
    if known is not None:
        return Retention(special=known, **holds)  # type: ignore[arg-type]
    if value.startswith("C+"):
        retention_class = bucket.namespace.retention_classes.get(value[2:])
        if retention_class is None:
            raise bad_argument(HCP_HEADERS[0])
        result = _set(bucket, old, retention_class.value or "0", created, now)
        result.class_name = retention_class.name
        return result
    return Retention(special="", until=_date(value, old, created, now), **holds)  # type: ignore[arg-type]


def _date(value: str, old: Retention, created: datetime, now: datetime) -> datetime:
    try:
        if re.fullmatch(r"[1-9]\d{0,11}", value):
            return datetime.fromtimestamp(int(value), UTC)
        if (match := _FIXED.fullmatch(value)) is not None:
            return datetime.strptime("".join(match.groups()), "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
        # From the object's creation, from its present retention, or from now.
        anchors = {"A": created, "R": old.until or created, "N": now}
        if value[:1] in anchors and is_offset(f"A{value[1:]}"):
            return anchors[value[0]] + timedelta(days=offset_days(f"A{value[1:]}"))
    except (ValueError, OverflowError):
        pass
    raise bad_argument(HCP_HEADERS[0])


def _is_shorter(old: Retention, new: Retention) -> bool:
    if old.special == "-2" or (old.special, old.until) == (new.special, new.until):
        return False
    if old.special == "-1":
        return True
    if new.special == "-1":
        return False
    if old.until is not None:
        return new.until is None or new.until < old.until
    return new.special == "-2"


def _parse_labels(text: str) -> dict[str, bool]:
    try:
        entries: Any = json.loads(text)
    except ValueError:
        raise bad_argument(HCP_HEADERS[2]) from None
    if not isinstance(entries, list) or len(entries) > MAX_LABELS:
        raise bad_argument(HCP_HEADERS[2])
    result: dict[str, bool] = {}
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != {"id", "hold"}:
            raise bad_argument(HCP_HEADERS[2])
        label, on = entry["id"], entry["hold"]
        fits = isinstance(label, str) and 1 <= len(label) <= 64 and isinstance(on, bool)
        if not fits or result.get(label, on) != on:
            raise bad_argument(HCP_HEADERS[2])
        result[label] = on
    return result


def check_replaceable(retention: Retention, now: datetime) -> None:
    """Check whether a new version may supersede this one."""
    if retention.on_hold or retention.retained(now):
        raise denied("The object is under retention or on hold.")


def check_deletable(bucket: Bucket, retention: Retention, headers: Headers, now: datetime) -> None:
    """Retained objects are 409, held ones 403. The manual states both for both."""
    if retention.on_hold:
        raise denied("The object is on hold.")
    if not retention.retained(now):
        return
    privileged = headers.get("x-hcp-privileged")
    if bucket.locks:
        if retention.mode == "GOVERNANCE" and bypasses_governance(bucket, headers):
            return
    elif privileged is not None:
        if not 1 <= len(privileged) <= 1024:
            raise bad_argument("x-hcp-privileged")
        bucket.require(P.DELETE, P.PRIVILEGED)
        if bucket.namespace.settings.enterpriseMode:
            return
        raise denied("Privileged deletion needs enterprise mode.")
    raise S3Error("OperationAborted", "The object is under retention.")


def bypasses_governance(bucket: Bucket, headers: Headers) -> bool:
    """MAPI has no permission to bypass: PRIVILEGED is used instead (unconfirmed)."""
    wanted = headers.text("x-amz-bypass-governance-retention").strip().lower() == "true"
    return wanted and P.PRIVILEGED in bucket.rights


def retention_headers(bucket: Bucket, retention: Retention) -> list[tuple[str, str]]:
    if bucket.locks:
        result: list[tuple[str, str]] = []
        if retention.mode is not None and retention.until is not None:
            until = retention.until.strftime("%Y-%m-%dT%H:%M:%SZ")
            result += [(LOCK_HEADERS[0], retention.mode), (LOCK_HEADERS[1], until)]
        if retention.legal_hold_set:
            result.append((LOCK_HEADERS[2], "ON" if retention.legal_hold else "OFF"))
        return result
    value = retention.special
    if retention.until is not None:
        value = retention.until.strftime("%Y-%m-%dT%H:%M:%S%z")
    result = [
        # How a class is shown is not documented.
        (HCP_HEADERS[0], f"C+{retention.class_name}" if retention.class_name else value),
        (HCP_HEADERS[1], "true" if retention.hold else "false"),
        (HCP_HEADERS[2], "true" if any(retention.labels.values()) else "false"),
    ]
    if P.PRIVILEGED in bucket.rights:
        labels = [{"id": label, "hold": True} for label in retention.labels]
        result.append((f"{HCP_HEADERS[2]}-labels", json.dumps(labels)))
    return result
