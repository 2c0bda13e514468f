"""Keys of objects and folders, and metadata headers. S3 reference: object calls."""

from __future__ import annotations

from .errors import S3Error, malformed
from .request import Headers

MAX_KEY = 4095
MAX_METADATA = 2048
META = "x-amz-meta-"
FOLDER_TYPE = "x-directory"


def check_key(key: str) -> None:
    if len(key.encode("utf-8")) > MAX_KEY:
        raise S3Error("KeyTooLong")
    parts = key.split("/")
    if "\0" in key or key in (".", "/") or ".directory-metadata" in parts:
        raise malformed("The object name is not allowed.")


def is_folder(key: str, content_type: str | None = None) -> bool:
    return key.endswith("/") or (content_type or "").strip() == FOLDER_TYPE


def folder_name(key: str) -> str:
    return key if key.endswith("/") else f"{key}/"


def parents(key: str) -> list[str]:
    """Return the folders above a key: ``a/``, ``a/b/`` for ``a/b/c`` and for ``a/b/c/``."""
    name = key.removesuffix("/")
    return [name[: at + 1] for at, char in enumerate(name) if char == "/" and name[:at].strip("/")]


def _element_name(name: str) -> str:
    """Metadata is stored as XML: characters that no element name allows become underscores."""
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in name)


def metadata(headers: Headers) -> dict[str, str]:
    """Return the metadata. Repeated names are joined with commas, empty values dropped."""
    result: dict[str, str] = {}
    for header, value in headers.with_prefix(META):
        text = value.strip()
        if text:
            name = _element_name(header.removeprefix(META))
            result[name] = f"{result[name]},{text}" if name in result else text
    size = sum(len(n.encode()) + len(v.encode("utf-8", "replace")) for n, v in result.items())
    if size > MAX_METADATA:
        raise S3Error("MetadataTooLarge")
    return result
