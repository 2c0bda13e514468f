"""Parsing of multipart/form-data as a stream: fields first, then one file."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from ...services.s3.errors import S3Error

MAX_FIELDS = 64 * 1024
MAX_HEAD = 8 * 1024
_NAME = re.compile(r'(?:^|;)\s*name="((?:[^"\\]|\\.)*)"')
_FILENAME = re.compile(r'(?:^|;)\s*filename="((?:[^"\\]|\\.)*)"')


def _malformed() -> S3Error:
    return S3Error("MalformedPOSTRequest")


def parse_boundary(content_type: str | None) -> bytes:
    kind, _unused, rest = (content_type or "").partition(";")
    match = re.search(r'boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))', rest)
    if kind.strip().lower() != "multipart/form-data" or match is None:
        raise _malformed()
    return (match[1] or match[2]).encode("latin-1")


class Form:
    """``parse_fields`` stops at the file, ``file`` yields its content."""

    def __init__(self, source: AsyncIterator[bytes], boundary: bytes) -> None:
        self._source = source
        self._delimiter = b"\r\n--" + boundary
        # The first boundary has no line before it.
        self._buffer = bytearray(b"\r\n")
        self._size = 0
        self.fields: dict[str, str] = {}
        self.filename = ""
        self.has_file = False

    async def _read_more(self) -> None:
        try:
            self._buffer += await anext(self._source)
        except StopAsyncIteration:
            raise _malformed() from None

    async def _read_until(self, delimiter: bytes, limit: int) -> bytes:
        while (at := self._buffer.find(delimiter)) < 0:
            if len(self._buffer) > limit:
                raise _malformed()
            await self._read_more()
        result = bytes(self._buffer[:at])
        del self._buffer[: at + len(delimiter)]
        return result

    async def parse_fields(self) -> None:
        await self._read_until(self._delimiter, MAX_HEAD)
        while True:
            while len(self._buffer) < 2:
                await self._read_more()
            if self._buffer.startswith(b"--"):
                return
            head = await self._read_until(b"\r\n\r\n", MAX_HEAD)
            name, filename = self._parse_head(head)
            if name == "file":
                self.filename, self.has_file = filename, True
                return
            value = await self._read_until(self._delimiter, MAX_FIELDS)
            self._size += len(value)
            if self._size > MAX_FIELDS:
                raise _malformed()
            try:
                self.fields.setdefault(name, value.decode("utf-8"))
            except UnicodeDecodeError:
                raise _malformed() from None

    @staticmethod
    def _parse_head(head: bytes) -> tuple[str, str]:
        text = head.decode("utf-8", "replace")
        for line in text.split("\r\n"):
            header, _unused, value = line.partition(":")
            if header.strip().lower() == "content-disposition":
                name, filename = _NAME.search(value), _FILENAME.search(value)
                if name is not None:
                    # Old browsers send the whole path.
                    full = filename[1] if filename is not None else ""
                    return name[1].lower(), full.replace("\\", "/").rpartition("/")[2]
        raise _malformed()

    async def file(self) -> AsyncIterator[bytes]:
        """Yield the file up to the boundary. What follows the file is ignored."""
        keep = len(self._delimiter) - 1
        while (at := self._buffer.find(self._delimiter)) < 0:
            if len(self._buffer) > keep:
                yield bytes(self._buffer[:-keep])
                del self._buffer[:-keep]
            await self._read_more()
        yield bytes(self._buffer[:at])
        self._buffer.clear()
        async for _unused in self._source:
            pass
