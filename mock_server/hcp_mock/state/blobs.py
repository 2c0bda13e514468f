"""The data of objects: small pieces in memory, large ones in temporary files.

Pieces are immutable, so that versions, copies and parts can share them. The file of a piece is
removed with its last reference, and all files are removed with the spool.
"""

from __future__ import annotations

import itertools
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

MEMORY_LIMIT = 64 * 1024
CHUNK = 256 * 1024


class _NotCopied:
    """A piece that copies of the state share."""

    def __deepcopy__(self, _memo: object) -> Self:
        return self


@dataclass(frozen=True)
class MemoryPiece(_NotCopied):
    content: bytes

    def read(self, offset: int, length: int) -> Iterator[bytes]:
        yield self.content[offset : offset + length]


class FilePiece(_NotCopied):
    def __init__(self, path: Path) -> None:
        self._path = path
        weakref.finalize(self, path.unlink, missing_ok=True)

    def read(self, offset: int, length: int) -> Iterator[bytes]:
        # Opened before the first byte is read: the file may be deleted meanwhile.
        return self._chunks(self._path.open("rb"), offset, length)

    @staticmethod
    def _chunks(source: BinaryIO, offset: int, length: int) -> Iterator[bytes]:
        with source:
            source.seek(offset)
            while length > 0:
                chunk = source.read(min(CHUNK, length))
                if not chunk:
                    return
                length -= len(chunk)
                yield chunk


Piece = MemoryPiece | FilePiece


@dataclass(frozen=True)
class Slice:
    piece: Piece
    offset: int
    length: int


@dataclass(frozen=True)
class Data:
    """A sequence of bytes that consists of slices of pieces."""

    slices: tuple[Slice, ...] = ()

    @property
    def size(self) -> int:
        return sum(part.length for part in self.slices)

    def read(self, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        part = self if start == 0 and length is None else self.slice(start, length)
        readers = [part.piece.read(part.offset, part.length) for part in part.slices]
        return itertools.chain.from_iterable(readers)

    def slice(self, start: int, length: int | None = None) -> Data:
        """Return the bytes from ``start`` on without copying them."""
        left = self.size - start if length is None else length
        result: list[Slice] = []
        for part in self.slices:
            if start >= part.length:
                start -= part.length
                continue
            taken = min(part.length - start, left)
            if taken <= 0:
                break
            result.append(Slice(part.piece, part.offset + start, taken))
            start, left = 0, left - taken
        return Data(tuple(result))

    @staticmethod
    def concatenate(parts: list[Data]) -> Data:
        return Data(tuple(piece for part in parts for piece in part.slices))


class Writer:
    """Collects bytes in memory, and moves to a file above a limit."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._memory = bytearray()
        self._file: BinaryIO | None = None
        self._path: Path | None = None
        self.size = 0

    def write(self, content: bytes) -> None:
        self.size += len(content)
        if self._file is None:
            self._memory += content
            if len(self._memory) <= MEMORY_LIMIT:
                return
            self._path = self._spool.new_path()
            self._file = self._path.open("wb")
            content, self._memory = bytes(self._memory), bytearray()
        self._file.write(content)

    def finish(self) -> Data:
        if self._file is None or self._path is None:
            piece: Piece = MemoryPiece(bytes(self._memory))
        else:
            self._file.close()
            piece = FilePiece(self._path)
        return Data((Slice(piece, 0, self.size),) if self.size else ())

    def discard(self) -> None:
        if self._file is not None and self._path is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)


class Spool:
    """A temporary directory that is created for the first large piece."""

    def __init__(self) -> None:
        self._directory: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = itertools.count(1)

    def writer(self) -> Writer:
        return Writer(self)

    def store(self, content: bytes) -> Data:
        writer = self.writer()
        writer.write(content)
        return writer.finish()

    def new_path(self) -> Path:
        if self._directory is None:
            self._directory = tempfile.TemporaryDirectory(
                prefix="hcp-mock-objects-", ignore_cleanup_errors=True
            )
        return Path(self._directory.name) / str(next(self._numbers))

    @property
    def folder(self) -> Path | None:
        return Path(self._directory.name) if self._directory is not None else None

    def clear(self) -> None:
        """Remove every file, including those that are still referenced."""
        if self._directory is not None:
            self._directory.cleanup()
            self._directory = None
