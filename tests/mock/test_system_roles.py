"""Who may do what with the resources of the system.

``allowed``: the roles by their first letter; "v" is SERVICE, "-" no role at all.
"""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Mock

ROLES = {
    "a": ["ADMINISTRATOR"],
    "m": ["MONITOR"],
    "s": ["SECURITY"],
    "c": ["COMPLIANCE"],
    "v": ["SERVICE"],
    "-": [],
}

TABLE: list[tuple[str, str, str, Any]] = [
    ("GET", "/network", "am", None),
    ("HEAD", "/network", "am", None),
    ("POST", "/network", "a", {}),
    ("GET", "/storage/licenses", "am", None),
    ("PUT", "/storage/licenses", "a", {}),
    ("GET", "/nodes/statistics", "am", None),
    ("GET", "/services/statistics", "am", None),
    ("GET", "/supportaccesscredentials", "amsv", None),
    ("PUT", "/supportaccesscredentials", "av", {}),
    ("GET", "/logs", "amv", None),
    ("HEAD", "/logs", "amv", None),
    ("POST", "/logs", "av", None),
    ("POST", "/logs/prepare", "av", {}),
    ("POST", "/logs/download", "av", {}),
    ("GET", "/healthCheckReport", "av", None),
    ("HEAD", "/healthCheckReport", "av", None),
    ("POST", "/healthCheckReport", "av", None),
    ("POST", "/healthCheckReport/cancel", "av", None),
    ("POST", "/healthCheckReport/prepare", "av", {}),
    ("POST", "/healthCheckReport/download", "av", {}),
]


@pytest.mark.parametrize(("method", "path", "allowed", "body"), TABLE)
def test_roles(mock: Mock, method: str, path: str, allowed: str, body: Any) -> None:
    users = [
        {"username": f"only-{key}", "password": "Winter-42-Elk", "roles": roles}
        for key, roles in ROLES.items()
    ]
    mock.seed(system={"users": users})
    found = [key for key in ROLES if mock.client("admin", f"only-{key}").let_in(method, path, body)]
    assert sorted(found) == sorted(allowed)
    assert not mock.client("finance", "boss").let_in(method, path, body)
