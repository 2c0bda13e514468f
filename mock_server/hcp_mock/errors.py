"""The errors of HCP.

Nothing here depends on HTTP: ``api.responses`` maps the errors to statuses. The wordings are the
mock's own, because HCP's are unknown; clients must not match on them.

MAPI reference: status codes.
"""

from __future__ import annotations


class HcpError(Exception):
    """The base of all errors of HCP."""

    message: str | None

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or "")
        self.message = message


class InvalidRequest(HcpError):
    """The request is wrong: a bad value, a missing or unknown property, a malformed document."""


class Refused(HcpError):
    """The request is well-formed, but not allowed in this state or by this operation."""


class RoleMissing(Refused):
    """The account is authenticated, but lacks the role."""

    def __init__(self) -> None:
        super().__init__("The user does not have permission to perform this operation.")


class AuthenticationFailed(HcpError):
    """The request is not authenticated on this host.

    Missing or wrong credentials, an unknown host, or a disabled API.
    """


class NotFound(HcpError):
    """The resource that the path names does not exist."""


class AlreadyExists(HcpError):
    """The resource to create exists already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"'{name}' already exists.")


class NotSupported(HcpError):
    """The resource does not exist for this type of item."""


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
