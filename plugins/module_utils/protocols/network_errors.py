# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an exception of urllib3 or the operating system means for a request."""

from __future__ import annotations

import ssl
from typing import Any

import urllib3


def _no_response(error: Exception, wait: float) -> NoResponseError:
    """Classify and describe a failure.

    The description never uses ``str(error)``: it contains the URL, which may contain a password.

    :param wait: the timeout that was set, in seconds
    """
    exceptions = urllib3.exceptions
    causes = list(_causes(error))
    if isinstance(error, exceptions.ProxyError):
        return ("proxy_failed", _description(causes, "the proxy refused the connection"), False)
    if isinstance(error, (exceptions.SSLError, ssl.SSLError)):
        return ("tls_failed", _description(causes, "the TLS handshake failed"), False)
    # urllib3 1.x derives this from ConnectTimeoutError, so it is checked first.
    if isinstance(error, exceptions.NewConnectionError):
        return ("connection_failed", _description(causes, "no connection"), False)
    if isinstance(error, exceptions.ConnectTimeoutError):
        return ("connection_failed", f"no connection within {timeout:.3g} s", False)
    if isinstance(error, exceptions.ReadTimeoutError):
        return ("timed_out", f"no response within {timeout:.3g} s", True)
    if isinstance(error, (exceptions.ProtocolError, OSError)):
        return ("broken_answer", "the connection closed early", True)
    return ("unsendable", type(error).__name__, False)


def _causes(error: BaseException | None) -> Any:
    """Yield an exception and all exceptions that it was raised from or contains."""
    seen: set[int] = set()
    pending = [error]
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
