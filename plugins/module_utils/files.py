# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are written whole or not at all."""

from __future__ import annotations

import filecmp
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .refusal import RefusedError

if TYPE_CHECKING:
    from typing_extensions import Self


class AtomicFile:
    """A temporary file that replaces another one when it is complete.

    With ``with``: what was not put in its place is gone at the end. Only its owner may read it.

    :raises RefusedError: it cannot be written, from all of its methods
    """

    def __init__(self, option: str, path: str) -> None:
        self._option = option
        self._path = path
        self._name = ""

    def __enter__(self) -> Self:
        if Path(self._path).is_dir():
            sentence = f"{self._option} '{self._path}' is a folder: give the name of a file."
            raise RefusedError("bad_option", sentence, option=self._option)
        try:
            self._file = tempfile.NamedTemporaryFile(dir=Path(self._path).parent, delete=False)
        except OSError as error:
            raise self._refusal(error) from None
        self._name = self._file.name
        return self

    def __exit__(self, *_exception: object) -> None:
        with suppress(OSError):
            self._file.close()
        if self._name:
            with suppress(OSError):
                Path(self._name).unlink()

    def write(self, content: bytes) -> None:
        """Append data."""
        try:
            self._file.write(content)
        except OSError as error:
            raise self._refusal(error) from None

    def differs(self) -> bool:
        """Whether the target is missing or has other content."""
        try:
            self._file.flush()
            there = Path(self._path).exists()
            return not there or not filecmp.cmp(self._name, self._path, shallow=False)
        except OSError as error:
            raise self._refusal(error) from None

    def commit(self) -> None:
        """Put it in its place."""
        try:
            self._file.close()
            Path(self._name).replace(self._path)
        except OSError as error:
            raise self._refusal(error) from None
        self._name = ""

    def _refusal(self, error: OSError) -> RefusedError:
        sentence = f"{self._option} '{self._path}' cannot be written: {error.strerror}."
        return RefusedError("bad_option", sentence, option=self._option)


def content_of(option: str, path: str) -> bytes:
    """Return the content of a file.

    :raises RefusedError: it holds nothing, or cannot be read
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        sentence = f"{option} '{path}' cannot be read: {error.strerror}."
        raise RefusedError("bad_option", sentence, option=option) from None
    if not content.strip():
        raise RefusedError("bad_option", f"{option} '{path}' is empty.", option=option)
    return content
