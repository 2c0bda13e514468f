# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that are refused before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# How many problems a message has; the result has all of them.
SHOWN_PROBLEMS = 5


class RefusedError(Exception):
    """A task was refused, and nothing was sent.

    :ivar code: stable name of the reason
    :ivar resource: the resource in words
    :ivar option: the option that is the reason
    :ivar problems: all problems, where there are more than the message names
    :ivar request: the failed request that is the reason, as data, if there is one
    """

    def __init__(self, code: str, message: str, resource: str = "", option: str = "") -> None:
        self.code = code
        self.resource = resource
        self.option = option
        self.problems: list[str] = []
        self.request: Mapping[str, Any] = {}
        super().__init__(message)

    @classmethod
    def of_many(cls, code: str, what: str, problems: list[str]) -> RefusedError:
        """Return the error for several problems, each of them a sentence."""
        more = len(problems) - SHOWN_PROBLEMS
        rest = f" And {more} more." if more > 0 else ""
        refusal = cls(code, f"{what}. {' '.join(problems[:SHOWN_PROBLEMS])}{rest}")
        refusal.problems = problems
        return refusal
