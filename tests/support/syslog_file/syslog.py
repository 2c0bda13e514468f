"""Takes the place of Python's syslog where this folder is in PYTHONPATH, and writes to a file."""

from __future__ import annotations

import os
from pathlib import Path

LOG_NOTICE, LOG_INFO, LOG_ERR, LOG_USER, LOG_PID = 5, 6, 3, 8, 1


def openlog(*_arguments: object, **_more: object) -> None:
    """Nothing to do."""


def syslog(*arguments: object) -> None:
    """Write a line."""
    with Path(os.environ["SYSLOG_FILE"]).open("a") as stream:
        stream.write(f"{arguments[-1]}\n")


def closelog() -> None:
    """Nothing to do."""
