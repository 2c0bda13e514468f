"""AWS signatures of version 2 and 4.

Pure computation: ``authentication`` decides who may sign and when.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from .request import S3Request

ALGORITHM = "AWS4-HMAC-SHA256"
EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()

# Query parameters that are part of what version 2 signs.
SUB_RESOURCES = frozenset(
    {
        "accelerate",
        "acl",
        "analytics",
        "cors",
        "defaultObjectAcl",
        "delete",
        "inventory",
        "lifecycle",
        "location",
        "logging",
        "metrics",
        "notification",
        "object-lock",
        "partNumber",
        "policy",
        "replication",
        "requestPayment",
        "response-cache-control",
        "response-content-disposition",
        "response-content-encoding",
        "response-content-language",
        "response-content-type",
        "response-expires",
        "restore",
        "select",
        "select-type",
        "storageClass",
        "tagging",
        "torrent",
        "uploadId",
        "uploads",
        "versionId",
        "versioning",
        "versions",
        "website",
    }
)


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode("utf-8"), hashlib.sha256).digest()


def _encoded(raw: str) -> str:
    """Percent-encode again, independent of the client's encoding."""
    return quote(unquote_to_bytes(raw), safe="-._~")


def _canonical_query(raw: str, without: str) -> str:
    pairs: list[tuple[str, str]] = []
    for part in raw.split("&"):
        name, _unused, value = part.partition("=")
        if part and _encoded(name) != without:
            pairs.append((_encoded(name), _encoded(value)))
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))


def _collapsed(value: str) -> str:
    return re.sub(" +", " ", value.strip())


def canonical_request(request: S3Request, signed: list[str], payload: str) -> str:
    path = "/".join(_encoded(segment) for segment in request.raw_path.split("/"))
    lines = [
        f"{name}:{','.join(map(_collapsed, request.headers.get_all(name)))}\n" for name in signed
    ]
    return "\n".join(
        (
            request.method,
            path or "/",
            _canonical_query(request.query.raw, "X-Amz-Signature"),
            "".join(lines),
            ";".join(signed),
            payload,
        )
    )


@dataclass(frozen=True)
class Scope:
    """The credential scope of version 4: any region, and the service s3."""

    date: str
    region: str
    service: str

    @property
    def text(self) -> str:
        return f"{self.date}/{self.region}/{self.service}/aws4_request"

    def key(self, secret: str) -> bytes:
        key = f"AWS4{secret}".encode()
        for word in (self.date, self.region, self.service, "aws4_request"):
            key = _hmac(key, word)
        return key


def parse_credential(text: str) -> tuple[str, Scope] | None:
    """Return access key and scope. The access key may contain slashes."""
    pieces = text.rsplit("/", 4)
    if len(pieces) != 5 or pieces[4] != "aws4_request":
        return None
    return pieces[0], Scope(*pieces[1:4])


def signature_v4(
    request: S3Request, signed: list[str], payload: str, time: str, scope: Scope, secret: str
) -> str:
    request_digest = hashlib.sha256(
        canonical_request(request, signed, payload).encode("utf-8")
    ).hexdigest()
    text = f"{ALGORITHM}\n{time}\n{scope.text}\n{request_digest}"
    return _hmac(scope.key(secret), text).hex()


@dataclass
class ChunkSigner:
    """The chain of signatures of the chunks of one body."""

    key: bytes
    time: str
    scope: str
    previous: str

    def next(self, digest: str) -> str:
        head = f"{ALGORITHM}-PAYLOAD\n{self.time}\n{self.scope}\n{self.previous}"
        text = f"{head}\n{EMPTY_SHA256}\n{digest}"
        self.previous = _hmac(self.key, text).hex()
        return self.previous

    def trailer(self, digest: str) -> str:
        text = f"{ALGORITHM}-TRAILER\n{self.time}\n{self.scope}\n{self.previous}\n{digest}"
        return _hmac(self.key, text).hex()


def _amz_headers(request: S3Request) -> str:
    names = sorted({name for name, _unused in request.headers.with_prefix("x-amz-")})
    return "".join(
        f"{name}:{','.join(value.strip() for value in request.headers.get_all(name))}\n"
        for name in names
    )


def _resource(request: S3Request, bucket_in_host: str | None, slash: str) -> str:
    path = (f"/{bucket_in_host}" if bucket_in_host else "") + (request.raw_path or "/") + slash
    chosen = sorted(pair for pair in request.query.pairs if pair[0] in SUB_RESOURCES)
    valueless = {part for part in request.query.raw.split("&") if "=" not in part}
    words = [
        name if name in valueless and not value else f"{name}={value}" for name, value in chosen
    ]
    return path + ("?" + "&".join(words) if words else "")


def signature_v2(
    request: S3Request, bucket_in_host: str | None, date: str, secret: str, slash: str = ""
) -> str:
    """``date`` is the Date header, or the expiry time of a presigned URL.

    ``slash`` is added to the path: some clients sign a bucket's URL with it and send it without.
    """
    text = "\n".join(
        (
            request.method,
            request.headers.text("content-md5"),
            request.headers.text("content-type"),
            date,
            _amz_headers(request) + _resource(request, bucket_in_host, slash),
        )
    )
    return sign_text_v2(text, secret)


def sign_text_v2(text: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), text.encode("utf-8"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode("ascii")


def sign_text_v4(text: str, scope: Scope, secret: str) -> str:
    return _hmac(scope.key(secret), text).hex()


def signatures_match(computed: str, sent: str) -> bool:
    return hmac.compare_digest(computed.encode("utf-8"), sent.encode("utf-8"))
