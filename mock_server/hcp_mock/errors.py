"""What can go wrong, in HCP's own terms.

Nothing here knows HTTP; ``api.responses`` maps these to statuses.

MAPI reference: status codes and the wordings a mock may use (HCP's own texts are unknown, clients
must never match on them).
"""

from __future__ import annotations


class HcpError(Exception):
    """Base of everything HCP refuses."""

    message: str | None

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or "")
        self.message = message


class InvalidRequest(HcpError):
    """The request itself is wrong: bad value, missing or unknown property, malformed document."""


class Refused(HcpError):
    """The request is well-formed, but it is not allowed in this state or not by this operation."""


class RoleMissing(Refused):
    """The account is known, but it may not do this."""

    def __init__(self) -> None:
        super().__init__("The user does not have permission to perform this operation.")


class AuthenticationFailed(HcpError):
    """Nobody is logged in, or not on this host.

    No or bad credentials, unknown host, API switched off.
    """


class NotFound(HcpError):
    """What the path names does not exist."""


class AlreadyExists(HcpError):
    """What is to be created exists already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' already exists.")


class NotSupported(HcpError):
    """The resource exists, but not for things of this type."""


def bad_property(name: str) -> InvalidRequest:
    return InvalidRequest(f"Invalid value for '{name}' property.")


def missing_property(name: str) -> InvalidRequest:
    return InvalidRequest(f"'{name}' property is required.")


def unknown_property(name: str) -> InvalidRequest:
    return InvalidRequest(f"'{name}' is not a valid property.")


def bad_parameter(name: str) -> InvalidRequest:
    return InvalidRequest(f"Invalid value for '{name}' parameter.")


def missing_parameter(name: str) -> InvalidRequest:
    return InvalidRequest(f"'{name}' parameter is required.")


def not_settable(name: str) -> Refused:
    return Refused(f"'{name}' property cannot be modified.")
