# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two ways in which a task can go wrong: it is refused, or a request of it fails."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .transport import NoResponseError, Response

if TYPE_CHECKING:
    from typing_extensions import Self

NO_RESPONSE = {
    "connection_failed": "Check domain, nodes and port, and what is between this host and HCP.",
    "tls_failed": (
        "Set ca_path to the CA certificate that signed HCP's certificate, and check that domain is"
        " the one the certificate was made for."
    ),
    "proxy_failed": "Check the proxy option and the proxy environment variables.",
    "unsendable": "Check domain, nodes, port and proxy: the request could not be made of them.",
    "timed_out": "Raise timeout or deadline if HCP is known to be slow.",
    "broken_answer": "The connection broke while HCP was answering; run the task again.",
    "redirected": "Something other than HCP answered; check domain, ports and nodes.",
    "not_done": "Something other than HCP may have answered; check domain, ports and nodes.",
    "not_mapi": "Something other than HCP answered; check domain, ports and nodes.",
}
CONTENDED = "Somebody else changes it at the same time. Let only one do so, and run the task again."


def hcp_message(response: Response) -> str | None:
    """HCP's own text for a failure."""
    return header_text(response.headers.get("X-HCP-ErrorMessage", "")) or None


def header_text(value: str) -> str:
    """The value of a header. HTTP has no encoding for them; HCP's texts are UTF-8."""
    with suppress(UnicodeError):
        return value.encode("latin-1").decode("utf-8")
    return value


# HCP puts them into every answer; those of the S3 gateway lack the first.
HCP_HEADERS = ("X-HCP-SoftwareVersion", "X-DNS-Prefetch-Control", "X-Download-Options")


def is_from_hcp(response: Response) -> bool:
    """Whether an answer certainly comes from HCP, and not from something in between."""
    return any(name in response.headers for name in HCP_HEADERS)


def is_web_page(response: Response) -> bool:
    """Whether an answer is for people to look at."""
    page = "html" in response.headers.get("Content-Type", "").lower()
    start = response.body.lstrip()[:200].lower()
    return page or b"<html" in start or start.startswith(b"<!doctype html")


class HcpError(Exception):
    """One failed request.

    :ivar code: stable name of the failure, for playbooks to decide on
    :ivar status: HTTP status, or ``None`` where no answer came
    :ivar method: HTTP method
    :ivar path: path, without its query, which may hold a password
    :ivar hcp_message: HCP's own words, or ``None``
    :ivar detail: what the network said, where no answer came
    :ivar hint: what to do next
    :ivar attempts: how often the request was sent
    :ivar uncertain: whether HCP may have carried the request out all the same
    :ivar partial: whether a part of what was asked for was done
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
        """The failure of a request that got no usable answer."""
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
        """The failure of a request whose answer was a success that has changed nothing."""
        said = "the answer was a success, but HCP has everything as before"
        return cls.no_response(method, path, NoResponseError("not_done", said, False))

    def with_roles(self, roles: tuple[str, ...]) -> Self:
        """The failure, saying which roles it takes where it may be about that."""
        if self.code == "forbidden" and roles:
            self.hint = f"{self.hint} It takes the role {' or '.join(roles)}."
        return self

    def __str__(self) -> str:
        if self.status is None:
            said = self.detail
        elif self.hcp_message:
            said = f"HCP answered {self.status}: {self.hcp_message}"
        elif self.detail:
            said = self.detail
        else:
            said = f"HCP answered {self.status} without giving a reason"
        tries = f" after {self.attempts} attempts" if self.attempts > 1 else ""
        said = said.rstrip(".")
        return f"{self.method} {self.path} failed{tries}: {said}. {self.hint}".rstrip()

    def as_dict(self) -> dict[str, Any]:
        """The failure as data, for the ``error`` value of a failed task."""
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


class ContendedError(HcpError):
    """Somebody else changes a resource at the same time as the task does."""

    def __init__(self, path: str, shown: str, refusal: str = "") -> None:
        hint = f"{refusal} {CONTENDED}".strip()
        super().__init__("contended", "GET", path, detail=shown, hint=hint)

    def __str__(self) -> str:
        return f"HCP took what was sent, but no longer {self.detail} as the task does. {self.hint}"
