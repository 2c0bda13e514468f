"""Digests of a body, computed while it is read and verified at its end."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from .errors import S3Error, not_implemented


class Digest(Protocol):
    def update(self, content: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


class Crc32:
    def __init__(self) -> None:
        self._value = 0

    def update(self, content: bytes, /) -> None:
        self._value = zlib.crc32(content, self._value)

    def digest(self) -> bytes:
        return self._value.to_bytes(4, "big")


def new_md5() -> Digest:
    return hashlib.md5(usedforsecurity=False)


def md5_hex(digest: Digest) -> str:
    return digest.digest().hex()


CHECKSUM = "x-amz-checksum-"
# Headers with the same prefix that are not checksums.
_ABOUT_CHECKSUMS = frozenset(
    {"x-amz-checksum-algorithm", "x-amz-checksum-mode", "x-amz-checksum-type"}
)
_ALGORITHMS: dict[str, Callable[[], Digest]] = {
    "crc32": Crc32,
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
}


def new_checksum(header: str) -> Digest:
    """Return the digest of ``x-amz-checksum-<name>``."""
    maker = _ALGORITHMS.get(header.removeprefix(CHECKSUM))
    if maker is None:
        raise not_implemented(header)
    return maker()


def parse_md5(value: str) -> bytes:
    """Parse Content-MD5: 16 bytes as Base64."""
    try:
        result = base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError):
        raise S3Error("InvalidDigest") from None
    if len(result) != 16:
        raise S3Error("InvalidDigest")
    return result


def is_checksum(name: str) -> bool:
    return name.startswith(CHECKSUM) and name not in _ABOUT_CHECKSUMS


@dataclass
class BodyDigests:
    """The digests that a body is verified with."""

    md5: Digest = field(default_factory=new_md5)
    expected_md5: bytes | None = None
    sha256: Digest | None = None
    expected_sha256: str = ""
    checksums: dict[str, Digest] = field(default_factory=dict)
    expected_checksums: dict[str, str] = field(default_factory=dict)

    def expect_sha256(self, value: str) -> None:
        # A value that is neither a keyword nor a hash cannot be what the client computed.
        if not re.fullmatch(r"[0-9a-f]{64}", value):
            raise S3Error("SignatureDoesNotMatch")
        self.sha256, self.expected_sha256 = hashlib.sha256(), value

    def expect_checksum(self, header: str, value: str | None) -> None:
        self.checksums[header] = new_checksum(header)
        if value is not None:
            self.expected_checksums[header] = value

    def update(self, content: bytes) -> None:
        self.md5.update(content)
        if self.sha256 is not None:
            self.sha256.update(content)
        for digest in self.checksums.values():
            digest.update(content)

    def finish(self) -> None:
        if self.sha256 is not None and self.sha256.digest().hex() != self.expected_sha256:
            # The hash of the body is part of the signed text; HCP's table has no code for it.
            raise S3Error("SignatureDoesNotMatch", "The body is not the one that was signed.")
        if self.expected_md5 is not None and self.md5.digest() != self.expected_md5:
            raise S3Error("BadDigest")
        for header, digest in self.checksums.items():
            sent = self.expected_checksums.get(header, "").strip()
            if base64.b64encode(digest.digest()).decode("ascii") != sent:
                raise S3Error("BadDigest", f"The value of '{header}' does not match the body.")
