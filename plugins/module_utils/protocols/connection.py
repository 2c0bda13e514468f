# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTPS connections that never mix up responses, and know whether a request was sent.

A connection is used for another request only if its last response came from HCP, was read to its
end, and nothing followed it. Otherwise a later request could get the rest of an earlier response.

Source: RFC 9110, section 15.2, and RFC 9112, section 9.
"""

from __future__ import annotations

import io
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPResponse, IncompleteRead
from typing import Any

from .failures import InvalidResponseError
from .response import is_from_hcp

try:
    from urllib3.connection import HTTPSConnection
except ImportError:
    # ``transport`` reports the missing library. ansible-test requires that this file can be loaded.
    HTTPSConnection = object  # type: ignore[assignment,misc]

# The largest response, in bytes, that is kept in memory.
LONGEST = 256 * 1024 * 1024
# The largest number of interim responses (1xx) before the final one.
MOST_INTERIM = 32
SWITCHING_PROTOCOLS = 101
END_OF_HEADERS = (b"\r\n", b"\n")


@dataclass
class Exchange:
    """One attempt to send a request and read its response.

    :ivar timeout: seconds, for each read or write
    :ivar deadline: the end, in seconds of the monotonic clock; ``None`` for none
    :ivar sent: whether a byte of the request was sent
    :ivar received: bytes of the response so far
    """

    timeout: float
    deadline: float | None
    sent: bool = False
    received: int = 0

    def limit(self, sock: socket.socket) -> None:
        """Set the time limit of the next read or write.

        :raises TimeoutError: the deadline has passed
        """
        left = self.timeout
        if self.deadline is not None:
            left = min(left, self.deadline - time.monotonic())
            if self.received > LONGEST:
                raise InvalidResponseError(f"has more than {LONGEST} bytes")
        if left <= 0:
            # TimeoutError of Python 3.9 is another class.
            raise socket.timeout("deadline")
        sock.settimeout(left)


class _Current(threading.local):
    """The exchange of this thread. urllib3 has no way to pass it to a connection."""

    exchange = Exchange(60, None)


current = _Current()


class Connection(HTTPSConnection):
    """An HTTPS connection that works for ``current.exchange``."""

    _is_open = False

    def connect(self) -> None:
        # What is sent to a proxy to reach HCP does not count.
        self._is_open = False
        super().connect()
        self._is_open = True

    def send(self, data: Any) -> None:
        if not self._is_open:
            super().send(data)
            return
        view = memoryview(data)
        for start in range(0, len(view), io.DEFAULT_BUFFER_SIZE * 8):
            current.exchange.limit(self.sock)
            current.exchange.sent = True
            super().send(view[start : start + io.DEFAULT_BUFFER_SIZE * 8])

    def response_class(self, sock: Any, *args: Any, **kwargs: Any) -> HTTPResponse:  # type: ignore[override]
        response = _FinalResponse(sock, *args, **kwargs)
        response.fp.close()
        response.fp = _Reader(self, sock)
        return response


class _FinalResponse(HTTPResponse):
    """A response that skips interim responses, which http.client takes for final ones."""

    def begin(self) -> None:
        for _interim in range(MOST_INTERIM):
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()
            if getattr(self.fp, "last_line", b"") not in END_OF_HEADERS:
                # http.client takes the end of the connection for the end of the headers.
                raise IncompleteRead(b"")
            if not 100 <= self.status < 200 or self.status == SWITCHING_PROTOCOLS:
                break
        else:
            raise InvalidResponseError(f"has {MOST_INTERIM} interim responses")
        if self.length is None and not self.chunked and isinstance(self.fp, _Reader):
            self.fp.require_alert()
        # A response to another request is most often one without a body.
        unproven = self.length == 0 and not is_from_hcp(dict(self.headers))
        if unproven or self.status == SWITCHING_PROTOCOLS:
            self.will_close = True


class _Reader(io.BufferedReader):
    """Reads a response. Closes the connection if more than the response has arrived."""

    def __init__(self, connection: Connection, sock: Any) -> None:
        self._connection = connection
        self._sock = sock
        self._stream = _Stream(sock)
        self.last_line = b""
        super().__init__(self._stream)

    def require_alert(self) -> None:
        """Take the end of the connection for the end of the response only if TLS says so."""
        if hasattr(self._sock, "suppress_ragged_eofs"):
            self._sock.suppress_ragged_eofs = False

    def readline(self, size: int | None = -1, /) -> bytes:
        self.last_line = super().readline(size)
        return self.last_line

    def close(self) -> None:
        if not self.closed:
            with suppress(OSError, ValueError):
                if self._has_more():
                    self._connection.close()
        super().close()

    def _has_more(self) -> bool:
        self._stream.stopped = True
        pending = getattr(self._sock, "pending", None)
        return bool(self.peek(1)) or bool(pending and pending())


class _Stream(io.RawIOBase):
    """The bytes that arrive at a socket, within the limits of ``current.exchange``."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self.stopped = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self.stopped:
            return None
        exchange = current.exchange
        exchange.limit(self._sock)
        count: int | None = self._raw.readinto(buffer)
        exchange.received += count or 0
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()
