# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests without a usable response: what happened, and whether HCP may have acted on them.

The rule of ``uncertain``: HCP certainly did nothing only if no byte of the request was sent.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from http.client import (
    BadStatusLine,
    HTTPException,
    LineTooLong,
    RemoteDisconnected,
    UnknownProtocol,
)
from typing import Any

from .response import Response

# The failures after which a retry may help.
# TimeoutError of Python 3.9 is another class.
TIMEOUTS = (TimeoutError, socket.timeout)
TRANSIENT = ("connection_failed", "timed_out", "broken_answer")
# http.client raises this text, without a class of its own, for more than a hundred header lines.
TOO_MANY_HEADERS = "got more than"


class NoResponseError(Exception):
    """A request got no usable response.

    :param uncertain: whether HCP may have carried out the request despite the failure
    :param response: the unusable response, if there is one
    """

    def __init__(
        self, code: str, detail: str, uncertain: bool, response: Response | None = None
    ) -> None:
        self.code = code
        self.detail = detail
        self.uncertain = uncertain
        self.attempts = response.attempts if response else 1
        self.status = response.status if response else None
        super().__init__(code, detail)


class InvalidResponseError(HTTPException):
    """The response violates HTTP, or exceeds a limit. The text completes "the response "."""


def no_response(error: Exception, sent: bool, limit: str) -> NoResponseError:
    """Classify and describe the failure of one attempt.

    The description never uses ``str(error)`` of other libraries: it contains the URL, which may
    contain a password.

    :param sent: whether a byte of the request was sent
    :param limit: the time limit, in words
    """
    from urllib3 import exceptions  # noqa: PLC0415

    causes = list(_causes(error))
    if sent:
        return _lost_response(error, causes, limit)
    if isinstance(error, exceptions.ProxyError):
        code, detail = "proxy_failed", _description(causes, "the proxy refused the connection")
    # urllib3 1.x derives NewConnectionError from ConnectTimeoutError, so it is checked first.
    elif isinstance(error, exceptions.NewConnectionError):
        code, detail = "connection_failed", _description(causes, "no connection")
    elif isinstance(error, exceptions.TimeoutError):
        code, detail = "connection_failed", f"no connection within {limit}"
    elif _is_broken_handshake(causes):
        code, detail = "connection_failed", "the connection broke during the TLS handshake"
    elif isinstance(error, (exceptions.SSLError, ssl.SSLError)):
        code, detail = "tls_failed", _description(causes, "the TLS handshake failed")
    else:
        code, detail = "unsendable", type(error).__name__
    return NoResponseError(code, detail, uncertain=False)


def _lost_response(error: Exception, causes: list[BaseException], limit: str) -> NoResponseError:
    violation = _violation(causes)
    if violation:
        return NoResponseError("invalid_response", f"the response {violation}", uncertain=True)
    # A timeout of the standard library comes from reading the body.
    if isinstance(error, TIMEOUTS) or type(error).__name__ == "ReadTimeoutError":
        return NoResponseError("timed_out", f"no response within {limit}", uncertain=True)
    return NoResponseError("broken_answer", "the connection broke", uncertain=True)


def _violation(causes: list[BaseException]) -> str | None:
    """Return how a response violates HTTP or a limit; ``None`` if it does not."""
    for cause in causes:
        if isinstance(cause, InvalidResponseError):
            return str(cause)
        if isinstance(cause, LineTooLong):
            return "has a line that is longer than 64 KB"
        if isinstance(cause, UnknownProtocol):
            return "has an unknown version of HTTP"
        if isinstance(cause, BadStatusLine) and not isinstance(cause, RemoteDisconnected):
            return "does not begin with a status line of HTTP"
        if isinstance(cause, HTTPException) and str(cause).startswith(TOO_MANY_HEADERS):
            return "has more than a hundred header lines"
        if type(cause).__name__ == "InvalidHeader":
            return "has two different values of Content-Length"
    return None


def _is_broken_handshake(causes: list[BaseException]) -> bool:
    """Whether the peer closed or reset the connection during the handshake.

    Another node may be well then. The peer has not refused this client.
    """
    broken = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError, ConnectionError)
    return any(isinstance(cause, broken) for cause in causes)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and all exceptions that it was raised from or contains."""
    seen: set[int] = set()
    pending: list[Any] = [error]
    while pending:
        cause = pending.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        pending.extend([cause.__cause__, cause.__context__, getattr(cause, "reason", None)])
        pending.extend(arg for arg in cause.args if isinstance(arg, BaseException))


def _description(causes: list[BaseException], default: str) -> str:
    """Return the text of OpenSSL or the operating system for a failure; it contains no URL."""
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate is not trusted ({cause.verify_message})"
        # urllib3 raises it where it compares the names itself.
        if type(cause).__name__ == "CertificateError":
            return "the certificate does not match the host name"
    for cause in causes:
        if isinstance(cause, ssl.SSLError) and cause.reason:
            return f"the TLS handshake failed ({cause.reason})"
        if isinstance(cause, OSError) and isinstance(cause.strerror, str) and cause.strerror:
            return cause.strerror
    return default
