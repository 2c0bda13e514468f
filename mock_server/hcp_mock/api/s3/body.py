"""The request body as a stream: decoded, measured and verified while it arrives."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

from ...services.s3.authentication import STREAMING, UNSIGNED, Verified
from ...services.s3.digests import BodyDigests, is_checksum, parse_md5
from ...services.s3.errors import S3Error, bad_argument, malformed, not_implemented
from ...services.s3.request import S3Request
from ...services.s3.signing import ChunkSigner, signatures_match
from ...state.blobs import Data, Writer
from ..asgi import Receive

MAX_DOCUMENT = 1024 * 1024
MAX_LINE = 16 * 1024
STREAM_PIECE = 1024 * 1024
_SIZE = re.compile(r"([0-9a-fA-F]{1,15})(?:;chunk-signature=([0-9a-f]{64}))?")


class ClientDisconnected(Exception):
    """The client disconnected before the body was complete."""


def _incomplete() -> S3Error:
    return S3Error("InvalidRequest", "The chunks of the body are not well-formed.")


@dataclass
class Body:
    """A request body. It is read once, by ``stream``, ``store``, ``document`` or ``drain``."""

    request: S3Request
    receive: Receive
    verified: Verified
    trailers_allowed: bool
    started: bool = False
    finished: bool = False

    @property
    def declared_length(self) -> int | None:
        """Return the length that the client declared, without the framing of chunks."""
        headers = self.request.headers
        name = "x-amz-decoded-content-length" if self.chunked else "content-length"
        text = headers.get(name)
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{1,15}", text.strip()):
            raise bad_argument(name)
        return int(text)

    @property
    def chunked(self) -> bool:
        return self.verified.payload.startswith(STREAMING)

    @property
    def is_absent(self) -> bool:
        headers = self.request.headers
        return headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers

    def require_length(self) -> int:
        headers = self.request.headers
        if "content-length" not in headers and not (self._trailing and self.trailers_allowed):
            raise S3Error("MissingContentLength")
        if self._trailing and not self.trailers_allowed:
            # Releases before 10 refused trailing checksums; the code is unconfirmed.
            raise not_implemented("x-amz-content-sha256")
        declared_length = self.declared_length
        if declared_length is None:
            raise S3Error("MissingContentLength")
        return declared_length

    @property
    def _trailing(self) -> bool:
        return self.verified.payload.endswith("-TRAILER")

    def digests(self) -> BodyDigests:
        """Return the digests that the headers declare."""
        headers, result = self.request.headers, BodyDigests()
        md5 = headers.get("content-md5")
        if md5 is not None:
            result.expected_md5 = parse_md5(md5)
        payload = self.verified.payload
        if payload != UNSIGNED and not self.chunked:
            result.expect_sha256(payload)
        for name, value in headers.with_prefix("x-amz-checksum-"):
            if is_checksum(name):
                result.expect_checksum(name, value)
        trailer = headers.text("x-amz-trailer").strip().lower()
        if trailer and self._trailing:
            result.expect_checksum(trailer, None)
        return result

    async def _raw(self) -> AsyncIterator[bytes]:
        self.started = True
        while not self.finished:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnected
            self.finished = not message.get("more_body")
            content: bytes = message.get("body", b"")
            if content:
                yield content

    async def stream(self, digests: BodyDigests | None = None) -> AsyncIterator[bytes]:
        """Yield the data and verify it at the end."""
        digests = digests or self.digests()
        source = self._raw()
        if self.chunked:
            source = ChunkDecoder(source, self.verified.chunks, digests).run()
        size, declared_length = 0, self.declared_length
        async for content in source:
            size += len(content)
            digests.update(content)
            yield content
        if declared_length is not None and size != declared_length:
            raise S3Error("InvalidRequest", "The body is not as long as announced.")
        digests.finish()

    async def store(self, writer: Writer) -> tuple[Data, str]:
        """Store the data. Return it with its MD5."""
        digests = self.digests()
        try:
            async for content in self.stream(digests):
                writer.write(content)
        except BaseException:
            writer.discard()
            raise
        return writer.finish(), digests.md5.digest().hex()

    async def document(self, limit: int = MAX_DOCUMENT) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for content in self.stream():
            size += len(content)
            if size > limit:
                raise malformed("The document is too large.")
            parts.append(content)
        return b"".join(parts)

    async def drain(self) -> None:
        """Read and drop the rest of the body, so that the client reads the response."""
        async for _unused in self._raw():
            pass


class ChunkDecoder:
    """Decode ``aws-chunked`` and verify the signatures of chunks and trailers."""

    def __init__(
        self, source: AsyncIterator[bytes], find_signer: ChunkSigner | None, digests: BodyDigests
    ) -> None:
        self._source = source
        self._signer = find_signer
        self._checks = digests
        self._buffer = bytearray()

    async def _more(self) -> None:
        try:
            self._buffer += await anext(self._source)
        except StopAsyncIteration:
            raise _incomplete() from None

    async def _line(self) -> str:
        while (end := self._buffer.find(b"\r\n")) < 0:
            if len(self._buffer) > MAX_LINE:
                raise _incomplete()
            await self._more()
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 2]
        return line.decode("latin-1")

    async def _take(self, size: int) -> bytes:
        while not self._buffer:
            await self._more()
        content = bytes(self._buffer[: min(size, STREAM_PIECE)])
        del self._buffer[: len(content)]
        return content

    async def run(self) -> AsyncIterator[bytes]:
        while True:
            match = _SIZE.fullmatch((await self._line()).strip())
            if match is None:
                raise _incomplete()
            left, digest = int(match[1], 16), hashlib.sha256()
            last = left == 0
            while left:
                content = await self._take(left)
                left -= len(content)
                digest.update(content)
                yield content
            self._check_signature(digest.hexdigest(), match[2])
            if last:
                break
            if await self._line() != "":
                raise _incomplete()
        await self._trailers()

    def _check_signature(self, digest: str, sent: str | None) -> None:
        if self._signer is not None and not signatures_match(self._signer.next(digest), sent or ""):
            raise S3Error("SignatureDoesNotMatch")

    async def _trailers(self) -> None:
        """Read the trailers. The last one may be the signature of those before it."""
        lines: list[str] = []
        signature: str | None = None
        while (line := await self._line_or_end()) is not None and line != "":
            name, _unused, value = line.partition(":")
            name = name.strip().lower()
            if name == "x-amz-trailer-signature":
                signature = value.strip()
                continue
            lines.append(f"{name}:{value.strip()}\n")
            if name in self._checks.checksums:
                self._checks.expected_checksums[name] = value
        if self._signer is not None and lines:
            digest = hashlib.sha256("".join(lines).encode("latin-1")).hexdigest()
            if not signatures_match(self._signer.trailer(digest), signature or ""):
                raise S3Error("SignatureDoesNotMatch")
        async for rest in self._source:
            self._buffer += rest
            if len(self._buffer) > MAX_LINE:
                break
        if self._buffer:
            raise _incomplete()

    async def _line_or_end(self) -> str | None:
        try:
            return await self._line()
        except S3Error:
            if self._buffer:
                raise
            return None
