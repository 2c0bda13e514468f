# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Progress of long runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

# Seconds between two reports.
PACE = 5.0


class Progress:
    """Reports the progress of a long run every ``pace`` seconds, unless ``tell`` is ``None``."""

    def __init__(self, tell: Callable[[str], None] | None, pace: float = PACE) -> None:
        self._tell = tell
        self._pace = pace
        self._lock = threading.Lock()
        self._start = self._said = time.monotonic()
        self._what = ""
        self._total = self._done = self._failed = 0

    def begin(self, what: str, total: int) -> None:
        """Start a phase of ``total`` steps; ``what`` describes it."""
        with self._lock:
            self._start = time.monotonic()
            self._what, self._total, self._done, self._failed = what, total, 0, 0

    def step(self, failed: bool = False) -> None:
        """Count one step."""
        with self._lock:
            self._done += 1
            self._failed += failed
            now = time.monotonic()
            if self._tell is None or now - self._said < self._pace:
                return
            self._said = now
            rate = self._done / max(0.001, now - self._start)
            troubles = f", {self._failed} failed" if self._failed else ""
            self._tell(f"{self._what}: {self._done}/{self._total}{troubles}, {rate:.0f}/s")
