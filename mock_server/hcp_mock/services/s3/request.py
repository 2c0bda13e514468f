"""An S3 request and the target of its URL. S3 reference: addressing."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote_plus, unquote_to_bytes

from .errors import denied, malformed

HS3 = "hs3"


class Headers:
    """Headers by lower-case name. The first of repeated headers counts."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _unused in self.pairs)

    def get(self, name: str, default: str | None = None) -> str | None:
        return next((value for key, value in self.pairs if key == name), default)

    def text(self, name: str) -> str:
        return self.get(name) or ""

    def get_all(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def with_prefix(self, prefix: str) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0].startswith(prefix)]


class Query:
    """Query parameters. Most names are case-sensitive; unknown ones are ignored."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.pairs = [
            (unquote_plus(name), unquote_plus(value))
            for name, _unused, value in (part.partition("=") for part in raw.split("&") if part)
        ]

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _unused in self.pairs)

    def get(self, name: str) -> str | None:
        return next((value for key, value in self.pairs if key == name), None)

    def any_case(self, name: str) -> str | None:
        wanted = name.casefold()
        return next((value for key, value in self.pairs if key.casefold() == wanted), None)


@dataclass
class S3Request:
    method: str
    raw_path: str
    query: Query
    headers: Headers
    address: str | None = None
    secure: bool = True
    host: str = field(init=False)

    def __post_init__(self) -> None:
        self.host = self.headers.text("host")


@dataclass(frozen=True)
class Target:
    """The target of a URL: a tenant, and optionally a bucket and a key."""

    tenant: str
    bucket: str | None = None
    key: str | None = None
    in_host: bool = False

    @property
    def resource(self) -> str:
        """``/bucket/key``, independent of the style of the URL."""
        if self.bucket is None:
            return "/"
        return f"/{self.bucket}" + ("" if self.key is None else f"/{self.key}")


def host_labels(host: str, domain: str) -> list[str]:
    """Return the labels before the domain, or none for another domain."""
    name = host.strip().casefold().partition(":")[0]
    front, dot, _unused = name.rpartition(f".{domain.casefold()}")
    return front.split(".") if dot and not _unused else []


def decoded(text: str) -> str:
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        raise malformed("The URL is not UTF-8.") from None


def resolve_target(request: S3Request, domain: str) -> Target:
    """The path starts with ``/hs3`` with the scheme HCP, and only with it."""
    labels = host_labels(request.host, domain)
    if len(labels) not in (1, 2):
        # The response for an unknown host is unconfirmed.
        raise denied()
    path = request.raw_path.removeprefix("/")
    if request.headers.text("authorization").startswith("HCP "):
        first, _unused, path = path.partition("/")
        if first != HS3:
            raise denied("With the HCP scheme the path starts with /hs3.")
    if len(labels) == 2:
        return Target(labels[1], labels[0], decoded(path) or None, in_host=True)
    bucket, _unused, key = path.partition("/")
    if not bucket:
        return Target(labels[0])
    return Target(labels[0], decoded(bucket), decoded(key) or None)
