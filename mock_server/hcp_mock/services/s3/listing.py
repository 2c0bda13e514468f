"""Which keys and versions a list shows. S3 reference: listing."""

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
class Filter:
    """What lists of every kind can be narrowed by."""

    prefix: str = ""
    delimiter: str = ""
    limit: int = PAGE
    encoded: bool = False

    def folded(self, key: str) -> str | None:
        """The common prefix that stands for a key, if one does."""
        if not self.delimiter:
            return None
        at = key.find(self.delimiter, len(self.prefix))
        return None if at < 0 else key[: at + len(self.delimiter)]


@dataclass(frozen=True)
class Row:
    entry: Entry
    version: Version

    @property
    def latest(self) -> bool:
        return self.version is self.entry.versions[-1]


@dataclass
class Listed:
    rows: list[Row] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    truncated: bool = False
    last_key: str = ""
    last_version: int | None = None


def read_limit(query: Query, name: str, most: int, *, capped: bool) -> int:
    """``max-keys`` may ask for more than it gets; ``max-uploads`` and ``max-parts`` may not."""
    text = query.get(name)
    if text is None or text == "":
        return PAGE
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > most:
        raise bad_argument(name)
    return min(int(text), PAGE) if capped else int(text)


def read_filter(query: Query) -> Filter:
    return Filter(
        query.get("prefix") or "",
        query.get("delimiter") or "",
        read_limit(query, "max-keys", 2**31 - 1, capped=True),
        read_encoding(query),
    )


def read_encoding(query: Query) -> bool:
    encoding = query.get("encoding-type")
    if encoding not in (None, "", "url"):
        raise bad_argument("encoding-type")
    return bool(encoding)


def token_for(key: str) -> str:
    return base64.urlsafe_b64encode(b"1:" + key.encode("utf-8")).decode("ascii")


def read_token(token: str) -> str:
    try:
        content = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        if content.startswith(b"1:"):
            return content[2:].decode("utf-8")
    except ValueError:
        pass
    raise bad_argument("continuation-token")


def _start(store: ObjectStore, wanted: Filter, marker: str) -> int:
    """The position of the first key behind ``marker`` that has the prefix."""
    if marker and wanted.folded(marker) == marker and marker.startswith(wanted.prefix):
        # The marker is a common prefix: all that it stood for has been listed.
        after = store.position(marker.encode("utf-8") + _AFTER_ALL)
    elif marker:
        # Just behind the key itself: nothing sorts between it and itself with a zero byte.
        after = store.position(marker.encode("utf-8") + b"\0")
    else:
        after = 0
    return max(after, store.position(wanted.prefix.encode("utf-8")))


def skipped_folder(store: ObjectStore, marker: str) -> str:
    """A marker that is a folder's name without its slash skips what is in the folder."""
    if marker and not marker.endswith("/") and store.current(f"{marker}/") is not None:
        return f"{marker}/" + chr(0x10FFFF)
    return marker


def _walk(store: ObjectStore, wanted: Filter, marker: str) -> Iterator[tuple[Entry, str | None]]:
    """Keys in order, each with the common prefix that replaces it; such keys are visited once."""
    at = _start(store, wanted, marker)
    prefix = wanted.prefix.encode("utf-8")
    while (key := store.key_at(at)) is not None and key.startswith(prefix):
        folded = wanted.folded(key.decode("utf-8"))
        yield store.at(at), folded
        at = at + 1 if folded is None else store.position(folded.encode("utf-8") + _AFTER_ALL)


def _shown_below(store: ObjectStore, prefix: str) -> bool:
    """Whether a common prefix has anything to stand for but deleted objects."""
    at = store.position(prefix.encode("utf-8"))
    while (key := store.key_at(at)) is not None and key.startswith(prefix.encode("utf-8")):
        if store.at(at).current is not None:
            return True
        at += 1
    return False


def list_keys(store: ObjectStore, wanted: Filter, marker: str) -> Listed:
    """Current versions. Keys and common prefixes count alike towards the limit."""
    result = Listed()
    if wanted.limit == 0:
        return result
    for entry, folded in _walk(store, wanted, marker):
        if folded is not None and not _shown_below(store, folded):
            continue
        current = entry.current
        if folded is None and current is None:
            continue
        if len(result.rows) + len(result.prefixes) == wanted.limit:
            result.truncated = True
            break
        if folded is not None:
            result.prefixes.append(folded)
            result.last_key = folded
        elif current is not None:
            result.rows.append(Row(entry, current))
            result.last_key = entry.key
    return result


def list_versions(
    store: ObjectStore, wanted: Filter, marker: str, version_marker: int | None
) -> Listed:
    """All versions and delete markers, those of one key oldest first, unlike at Amazon."""
    result = Listed()
    if wanted.limit == 0:
        return result
    for row, folded in _versions(store, wanted, marker, version_marker):
        if len(result.rows) + len(result.prefixes) == wanted.limit:
            result.truncated = True
            break
        if folded is not None:
            result.prefixes.append(folded)
            result.last_key, result.last_version = folded, None
        elif row is not None:
            result.rows.append(row)
            result.last_key, result.last_version = row.entry.key, row.version.id
    return result


def _versions(
    store: ObjectStore, wanted: Filter, marker: str, version_marker: int | None
) -> Iterator[tuple[Row | None, str | None]]:
    begun = store.entry(marker) if version_marker is not None else None
    if begun is not None and version_marker is not None:
        for version in begun.versions:
            if version.id > version_marker and version.kind is not Kind.RECORD:
                yield Row(begun, version), None
    for entry, folded in _walk(store, wanted, marker):
        if folded is not None:
            yield None, folded
            continue
        for version in entry.versions:
            if version.kind is not Kind.RECORD:
                yield Row(entry, version), None


@dataclass
class ListedUploads:
    uploads: list[Upload] = field(default_factory=list)
    prefixes: list[str] = field(default_factory=list)
    truncated: bool = False
    last_key: str = ""
    last_id: str = ""


def list_uploads(store: ObjectStore, wanted: Filter, marker: str, id_marker: str) -> ListedUploads:
    """By key, then by the time of their start."""
    result = ListedUploads()
    ordered = sorted(
        store.uploads.values(), key=lambda u: (u.key.encode("utf-8"), u.initiated, int(u.id))
    )
    begun = store.uploads.get(id_marker) if marker and id_marker else None
    for upload in ordered:
        if not upload.key.startswith(wanted.prefix) or not _behind(upload, marker, begun):
            continue
        folded = wanted.folded(upload.key)
        if folded is not None and (folded in result.prefixes or folded == marker):
            continue
        if len(result.uploads) + len(result.prefixes) == wanted.limit:
            result.truncated = wanted.limit > 0
            break
        if folded is not None:
            result.prefixes.append(folded)
            result.last_key, result.last_id = folded, ""
        else:
            result.uploads.append(upload)
            result.last_key, result.last_id = upload.key, upload.id
    return result


def _behind(upload: Upload, marker: str, begun: Upload | None) -> bool:
    if not marker:
        return True
    if upload.key == marker and begun is not None:
        return (upload.initiated, int(upload.id)) > (begun.initiated, int(begun.id))
    return upload.key.encode("utf-8") > marker.encode("utf-8")


def read_number(query: Query, name: str, most: int) -> int | None:
    text = query.get(name)
    if text is None or text == "":
        return None
    if not re.fullmatch(r"[0-9]{1,18}", text) or int(text) > most:
        raise S3Error("InvalidArgument", f"The value of '{name}' is not valid.")
    return int(text)
