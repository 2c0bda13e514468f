"""Preconditions and ranges of requests. S3 reference: object calls."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ...state.objects import Version
from .errors import S3Error
from .request import Headers

_EXCLUSIVE = (("if-match", "if-none-match"), ("if-modified-since", "if-unmodified-since"))
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def _date(text: str | None) -> datetime | None:
    """An unreadable date is ignored."""
    if text is None:
        return None
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _matches_etag(value: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in value.split(",")]
    return "*" in tags or etag in tags


def check_read(
    headers: Headers, version: Version, prefix: str = "", *, reading: bool = True
) -> None:
    """Check preconditions. Those of the ETag are checked before those of the date.

    ``prefix`` is that of copy sources, where every failure is a 412.
    """
    sent = {
        name: headers.get(prefix + name)
        for name in ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since")
    }
    for one, other in _EXCLUSIVE:
        if sent[one] is not None and sent[other] is not None:
            raise S3Error("InvalidArgument", f"'{one}' and '{other}' cannot be combined.")
    failed = S3Error("PreconditionFailed")
    unchanged = S3Error("PreconditionFailed", status=304 if reading else 412)
    changed = version.changed.replace(microsecond=0)
    match, none_match = sent["if-match"], sent["if-none-match"]
    since, until = _date(sent["if-modified-since"]), _date(sent["if-unmodified-since"])
    if match is not None:
        if not _matches_etag(match, version.etag):
            raise failed
    elif until is not None and changed > until:
        raise failed
    if none_match is not None:
        if _matches_etag(none_match, version.etag):
            raise unchanged
    elif since is not None and changed <= since:
        raise unchanged


def check_write(headers: Headers, version: Version | None) -> None:
    """Check the precondition of a completed upload: only If-Match is supported."""
    wanted = headers.get("if-match")
    if wanted is not None and (version is None or not _matches_etag(wanted, version.etag)):
        raise S3Error("PreconditionFailed", status=200)


def parse_range(value: str | None, size: int) -> tuple[int, int] | None:
    """Return first byte and length, or ``None`` without a valid range."""
    match = _RANGE.fullmatch((value or "").strip())
    if match is None or (not match[1] and not match[2]):
        return None
    if not match[1]:
        length = min(int(match[2]), size)
        if length == 0:
            raise S3Error("InvalidRange")
        return size - length, length
    start = int(match[1])
    end = int(match[2]) if match[2] else size - 1
    if end < start and match[2]:
        return None
    if start >= size:
        raise S3Error("InvalidRange")
    return start, min(end, size - 1) - start + 1
