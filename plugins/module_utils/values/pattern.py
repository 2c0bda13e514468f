# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re


class Pattern:
    """A regular expression that is compiled when it is first used; otherwise like ``re.Pattern``.

    A module is a new process each time, and compiling is what takes longest in loading it. ``re``
    itself keeps what it has compiled.
    """

    def __init__(self, text: str, flags: int = 0) -> None:
        self.text = text
        self._flags = flags

    def match(self, text: str) -> re.Match[str] | None:
        """Match from the start of a text."""
        return re.match(self.text, text, self._flags)

    def search(self, text: str) -> re.Match[str] | None:
        """Look for the first match anywhere in a text."""
        return re.search(self.text, text, self._flags)
