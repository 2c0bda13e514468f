# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Failed requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from .failures import NoResponseError
from .response import Response

if TYPE_CHECKING:
    from typing_extensions import Self

NOT_HCP = "The response came from something other than HCP. Check domain, ports and nodes."
NO_RESPONSE = {
    "connection_failed": (
        "Check domain, nodes and port, and the network and firewalls between this host and HCP."
    ),
    "tls_failed": (
        "Set ca_path to the CA certificate that signed HCP's certificate, and check that domain"
        " matches the name in the certificate."
    ),
    "proxy_failed": "Check the proxy option and the proxy environment variables.",
    "unsendable": "Check domain, nodes, port and proxy: no valid request can be built from them.",
    "timed_out": "If HCP is known to be slow, increase timeout or deadline.",
    "invalid_response": (
        "Check domain, ports and nodes, and what is between this host and HCP, such as a proxy."
    ),
    "broken_answer": "The connection broke before the response was complete. Run the task again.",
    "redirected": NOT_HCP,
    "not_done": NOT_HCP.replace("came", "may have come"),
    "not_mapi": NOT_HCP,
}
CONTENDED = (
    "Something else changes this resource at the same time. Make sure that only one client manages"
    " it, and run the task again."
)


def hcp_message(response: Response) -> str | None:
    """Return HCP's error message from the response headers, or ``None`` if there is none."""
    return header_text(response.headers.get("X-HCP-ErrorMessage", "")) or None


def header_text(value: str) -> str:
    """Decode the value of a header. HTTP defines no encoding for it; HCP writes UTF-8."""
    with suppress(UnicodeError):
        return value.encode("latin-1").decode("utf-8")
    return value


class HcpError(Exception):
    """One failed request.

    :ivar code: stable error code, for conditions in playbooks; see docs/errors.md
    :ivar status: HTTP status, or ``None`` if there was no response
    :ivar method: HTTP method
    :ivar path: path without the query string, which may contain a password
    :ivar hcp_message: HCP's error message, unchanged, or ``None``
    :ivar detail: description of the failure where there is no message of HCP
    :ivar hint: what the user can do
    :ivar attempts: number of times that the request was sent
    :ivar uncertain: whether HCP may have carried out the request despite the failure
    :ivar partial: whether HCP carried out a part of the request
    """

    def __init__(
        self,
        code: str,
        method: str,
        path: str,
        status: int | None = None,
        hcp_message: str | None = None,
        detail: str = "",
        hint: str = "",
        attempts: int = 1,
        uncertain: bool = False,
    ) -> None:
        self.code = code
        self.method = method
        self.path = path
        self.status = status
        self.hcp_message = hcp_message
        self.detail = detail
        self.hint = hint
        self.attempts = attempts
        self.uncertain = uncertain
        self.partial = False
        super().__init__(code, method, path, status)

    @classmethod
    def no_response(cls, method: str, path: str, failure: NoResponseError) -> Self:
        """Return the error for a request that got no usable response."""
        return cls(
            failure.code,
            method,
            path,
            status=failure.status,
            detail=failure.detail,
            hint=NO_RESPONSE[failure.code],
            attempts=failure.attempts,
            uncertain=failure.uncertain,
        )

    @classmethod
    def not_done(cls, method: str, path: str) -> Self:
        """Return the error for a request that reported success but changed nothing on HCP."""
        detail = "the response reported success, but the state on HCP has not changed"
        return cls.no_response(method, path, NoResponseError("not_done", detail, False))

    def with_roles(self, roles: tuple[str, ...]) -> Self:
        """Add the required roles to the hint if the account may lack them; return the error."""
        if self.code == "forbidden" and roles:
            self.hint = f"{self.hint} The request needs the role {' or '.join(roles)}."
        return self

    def __str__(self) -> str:
        if self.status is None:
            reason = self.detail
        elif self.hcp_message:
            reason = f"HCP returned {self.status}: {self.hcp_message}"
        elif self.detail:
            reason = self.detail
        else:
            reason = f"HCP returned {self.status} without a message"
        tries = f" after {self.attempts} attempts" if self.attempts > 1 else ""
        reason = reason.rstrip(".")
        return f"{self.method} {self.path} failed{tries}: {reason}. {self.hint}".rstrip()

    def as_dict(self) -> dict[str, Any]:
        """Return the failure as data, for the ``error`` value of a failed task."""
        return {
            "code": self.code,
            "status": self.status,
            "method": self.method,
            "path": self.path,
            "hcp_message": self.hcp_message,
            "hint": self.hint,
            "attempts": self.attempts,
            "uncertain": self.uncertain,
        }


@contextmanager
def after_unproven_write() -> Iterator[None]:
    """Read the state after a write whose response may not come from HCP.

    :raises HcpError: the state cannot be read, so HCP may have carried out the write
    """
    try:
        yield
    except HcpError as error:
        error.uncertain = True
        raise


class ContendedError(HcpError):
    """Another client keeps changing the resource while the task runs.

    :param shown: verb and object that complete "HCP no longer ...", such as ``shows tags``
    :param refusal: why the task cannot set the value again, as a sentence
    """

    def __init__(self, path: str, shown: str, refusal: str = "") -> None:
        hint = f"{refusal} {CONTENDED}".strip()
        super().__init__("contended", "GET", path, detail=shown, hint=hint)

    def __str__(self) -> str:
        return f"HCP accepted the change, but no longer {self.detail} as requested. {self.hint}"
