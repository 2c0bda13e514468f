"""The keys and versions of a listing. S3 reference: listing."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...state.objects import Entry, Kind, ObjectStore, Upload, Version
from .errors import S3Error, bad_argument
from .request import Query

PAGE = 1000
_AFTER_ALL = b"\xff"  # above every byte of UTF-8


@dataclass(frozen=True)
class ListFilter:
    """The filter of any listing."""

    prefix: str = ""
    delimiter: str = ""
    limit: int = PAGE
    encoded: bool = False

    def common_prefix(self, key: str) -> str | None:
        """Return the common prefix that replaces a key, if there is one."""
        if not self.delimiter:
            return None
        at = key.find(self.delimiter, len(self.prefix))
        return None if at < 0 else key[: at + len(self.delimiter)]


@dataclass(frozen=True)
class ListRow:
    entry: Entry
    version: Version

    @property
    def latest(self) -> bool:
        return self.version is self.entry.versions[-1]


@dataclass
class ListPage:
    rows: list[ListRow] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    truncated: bool = False
    last_key: str = ""
    last_version: int | None = None


def parse_limit(query: Query, name: str, most: int, *, capped: bool) -> int:
    """``max-keys`` is capped; larger ``max-uploads`` and ``max-parts`` are refused."""
    text = query.get(name)
    if text is None or text == "":
        return PAGE
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > most:
        raise bad_argument(name)
    return min(int(text), PAGE) if capped else int(text)


def parse_filter(query: Query) -> ListFilter:
    return ListFilter(
        query.get("prefix") or "",
        query.get("delimiter") or "",
        parse_limit(query, "max-keys", 2**31 - 1, capped=True),
        parse_encoding(query),
    )


def parse_encoding(query: Query) -> bool:
    encoding = query.get("encoding-type")
    if encoding not in (None, "", "url"):
        raise bad_argument("encoding-type")
    return bool(encoding)


def continuation_token(key: str) -> str:
    return base64.urlsafe_b64encode(b"1:" + key.encode("utf-8")).decode("ascii")


def parse_token(token: str) -> str:
    try:
        content = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        if content.startswith(b"1:"):
            return content[2:].decode("utf-8")
    except ValueError:
        pass
    raise bad_argument("continuation-token")


def _start(store: ObjectStore, list_filter: ListFilter, marker: str) -> int:
    """Return the position of the first key after ``marker`` that has the prefix."""
    if (
        marker
        and list_filter.common_prefix(marker) == marker
        and marker.startswith(list_filter.prefix)
    ):
        # The marker is a common prefix: all keys that it replaces have been listed.
        after = store.position(marker.encode("utf-8") + _AFTER_ALL)
    elif marker:
        # Just after the key: nothing sorts between it and itself with a zero byte.
        after = store.position(marker.encode("utf-8") + b"\0")
    else:
        after = 0
    return max(after, store.position(list_filter.prefix.encode("utf-8")))


def skip_folder(store: ObjectStore, marker: str) -> str:
    """A marker that is a folder's name without its slash skips the content of the folder."""
    if marker and not marker.endswith("/") and store.current(f"{marker}/") is not None:
        return f"{marker}/" + chr(0x10FFFF)
    return marker


def _walk(
    store: ObjectStore, list_filter: ListFilter, marker: str
) -> Iterator[tuple[Entry, str | None]]:
    """Yield keys in order, or a common prefix once for all keys that it replaces."""
    at = _start(store, list_filter, marker)
    prefix = list_filter.prefix.encode("utf-8")
    while (key := store.key_at(at)) is not None and key.startswith(prefix):
        common_prefix = list_filter.common_prefix(key.decode("utf-8"))
        yield store.at(at), common_prefix
        at = (
            at + 1
            if common_prefix is None
            else store.position(common_prefix.encode("utf-8") + _AFTER_ALL)
        )


def _has_visible_keys(store: ObjectStore, prefix: str) -> bool:
    """Return whether a common prefix has keys that are not deleted."""
    at = store.position(prefix.encode("utf-8"))
    while (key := store.key_at(at)) is not None and key.startswith(prefix.encode("utf-8")):
        if store.at(at).current is not None:
            return True
        at += 1
    return False


def list_keys(store: ObjectStore, list_filter: ListFilter, marker: str) -> ListPage:
    """List current versions. Keys and common prefixes both count towards the limit."""
    result = ListPage()
    if list_filter.limit == 0:
        return result
    for entry, common_prefix in _walk(store, list_filter, marker):
        if common_prefix is not None and not _has_visible_keys(store, common_prefix):
            continue
        current = entry.current
        if common_prefix is None and current is None:
            continue
        if len(result.rows) + len(result.prefixes) == list_filter.limit:
            result.truncated = True
            break
        if common_prefix is not None:
            result.prefixes.append(common_prefix)
            result.last_key = common_prefix
        elif current is not None:
            result.rows.append(ListRow(entry, current))
            result.last_key = entry.key
    return result


def list_versions(
    store: ObjectStore, list_filter: ListFilter, marker: str, version_marker: int | None
) -> ListPage:
    """List all versions and delete markers, oldest first for each key, unlike Amazon."""
    result = ListPage()
    if list_filter.limit == 0:
        return result
    for row, common_prefix in _versions(store, list_filter, marker, version_marker):
        if len(result.rows) + len(result.prefixes) == list_filter.limit:
            result.truncated = True
            break
        if common_prefix is not None:
            result.prefixes.append(common_prefix)
            result.last_key, result.last_version = common_prefix, None
        elif row is not None:
            result.rows.append(row)
            result.last_key, result.last_version = row.entry.key, row.version.id
    return result


def _versions(
    store: ObjectStore, list_filter: ListFilter, marker: str, version_marker: int | None
) -> Iterator[tuple[ListRow | None, str | None]]:
    marker_entry = store.entry(marker) if version_marker is not None else None
    if marker_entry is not None and version_marker is not None:
        for version in marker_entry.versions:
            if version.id > version_marker and version.kind is not Kind.RECORD:
                yield ListRow(marker_entry, version), None
    for entry, common_prefix in _walk(store, list_filter, marker):
        if common_prefix is not None:
            yield None, common_prefix
            continue
        for version in entry.versions:
            if version.kind is not Kind.RECORD:
                yield ListRow(entry, version), None


@dataclass
class UploadPage:
    uploads: list[Upload] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    truncated: bool = False
    last_key: str = ""
    last_id: str = ""


def list_uploads(
    store: ObjectStore, list_filter: ListFilter, marker: str, id_marker: str
) -> UploadPage:
    """List uploads by key, then by time of initiation."""
    result = UploadPage()
    ordered = sorted(
        store.uploads.values(), key=lambda u: (u.key.encode("utf-8"), u.initiated, int(u.id))
    )
    marker_entry = store.uploads.get(id_marker) if marker and id_marker else None
    for upload in ordered:
        if not upload.key.startswith(list_filter.prefix) or not _follows(
            upload, marker, marker_entry
        ):
            continue
        common_prefix = list_filter.common_prefix(upload.key)
        if common_prefix is not None and (
            common_prefix in result.prefixes or common_prefix == marker
        ):
            continue
        if len(result.uploads) + len(result.prefixes) == list_filter.limit:
            result.truncated = list_filter.limit > 0
            break
        if common_prefix is not None:
            result.prefixes.append(common_prefix)
            result.last_key, result.last_id = common_prefix, ""
        else:
            result.uploads.append(upload)
            result.last_key, result.last_id = upload.key, upload.id
    return result


def _follows(upload: Upload, marker: str, marker_entry: Upload | None) -> bool:
    if not marker:
        return True
    if upload.key == marker and marker_entry is not None:
        return (upload.initiated, int(upload.id)) > (marker_entry.initiated, int(marker_entry.id))
    return upload.key.encode("utf-8") > marker.encode("utf-8")


def parse_number(query: Query, name: str, most: int) -> int | None:
    text = query.get(name)
    if text is None or text == "":
        return None
    if not re.fullmatch(r"[0-9]{1,18}", text) or int(text) > most:
        raise S3Error("InvalidArgument", f"The value of '{name}' is not valid.")
    return int(text)
