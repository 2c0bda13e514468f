# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packages of logs and of health check reports, which HCP prepares before they can be fetched.

HCP has one package of each sort at a time. What it was prepared for is not shown.

Source: MAPI reference, ``logs`` and ``healthCheckReport``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..files import AtomicFile
from ..protocols.errors import HcpError, after_unproven_write
from ..protocols.failures import NoResponseError
from ..protocols.mapi.client import Client, Request
from ..protocols.response import Response
from ..refusal import RefusedError
from ..schema.fields import Field, Struct
from ..schema.interface import Access, checked_read
from ..values.choices import Boolean

STATUS = Struct(
    Field("ready", "readyForStreaming", Boolean()),
    Field("downloading", "streamingInProgress", Boolean()),
    Field("started", "started", Boolean()),
    Field("failed", "error", Boolean()),
)
ABSENT, PREPARING, READY, FAILED = "absent", "preparing", "ready", "failed"
# Seconds between two looks.
SHORTEST, LONGEST = 0.5, 10.0
A_MEGABYTE = 1_000_000
# How every ZIP file begins.
ZIP = b"PK"


@dataclass(frozen=True)
class PackageType:
    """A sort of packages. ``what`` is it in words."""

    what: str
    path: str
    access: Access


WRITERS = ("ADMINISTRATOR", "SERVICE")
LOGS = PackageType("log package", "/logs", Access((*WRITERS, "MONITOR"), WRITERS))
REPORTS = PackageType("health check report", "/healthCheckReport", Access(WRITERS, WRITERS))


class Package:
    """The package of one sort that an HCP has, or may have.

    :ivar changed: whether a task has done anything
    """

    def __init__(
        self, mapi: Client, package_type: PackageType, tell: Callable[[str], None] | None
    ) -> None:
        self._mapi = mapi
        self._type = package_type
        self._tell = tell or (lambda sentence: None)
        self.changed = False

    def state(self) -> str:
        """How far it is."""
        path = self._type.path
        found = checked_read(self._type.access, path, lambda: STATUS.decode(self._mapi.get(path)))
        if found.get("failed"):
            return FAILED
        if found.get("ready") or found.get("downloading"):
            return READY
        return PREPARING if found.get("started") else ABSENT

    def prepare(self, order: Mapping[str, Any]) -> None:
        """Start the preparation of the package."""
        path = f"{self._type.path}/prepare"
        certain = self._post(path, order).from_hcp
        if not certain:
            with after_unproven_write():
                state = self.state()
            if state == ABSENT:
                raise HcpError.not_done("POST", path)
        self.changed = True

    def clear(self) -> None:
        """Delete the package, or stop its preparation."""
        path = self._type.path
        certain = self._send(Request("POST", path, {"cancel": ""})).from_hcp
        if not certain:
            with after_unproven_write():
                state = self.state()
            if state != ABSENT:
                raise HcpError.not_done("POST", path)
        self.changed = True

    def wait(self, seconds: float) -> str:
        """Wait until the preparation ends or the time is up; return the state."""
        begin = time.monotonic()
        pause = SHORTEST
        while True:
            state = self.state()
            passed = time.monotonic() - begin
            if state != PREPARING or passed >= seconds:
                return state
            self._tell(f"The {self._type.what} is being prepared: {passed:.0f} s so far")
            time.sleep(min(pause, max(0.0, seconds - passed)))
            pause = min(LONGEST, pause * 1.5)

    def download(self, order: Mapping[str, Any], file: AtomicFile) -> None:
        """Write it into a file, bit by bit.

        :raises HcpError: something else came
        """
        path = f"{self._type.path}/download"
        size = told = 0
        start = b""

        def take(chunk: bytes) -> None:
            nonlocal size, told, start
            file.write(chunk)
            start = start if len(start) >= len(ZIP) else start + chunk
            size += len(chunk)
            if size - told >= 100 * A_MEGABYTE:
                told = size
                self._tell(f"The {self._type.what}: {size // A_MEGABYTE} MB so far")

        self._post(path, order, accept="*/*", sink=take)
        if not start.startswith(ZIP):
            nothing = NoResponseError("not_mapi", "what came is no ZIP file", False)
            raise HcpError.no_response("POST", path, nothing)

    def _post(self, path: str, order: Mapping[str, Any], **more: Any) -> Response:
        return self._send(Request("POST", path, body=json.dumps(order).encode(), once=True, **more))

    def _send(self, request: Request) -> Response:
        try:
            return self._mapi.exchange(request)
        except HcpError as error:
            raise error.with_roles(self._type.access.write) from None


def day(option: str, text: str) -> str:
    """A day as MAPI has it, of one in ISO 8601.

    :raises RefusedError: it is none
    """
    try:
        return date.fromisoformat(text.strip()).strftime("%m/%d/%Y")
    except ValueError:
        sentence = f"{option} must be a day like 2026-05-04, not '{text}'."
        raise RefusedError("bad_option", sentence, option=option) from None
