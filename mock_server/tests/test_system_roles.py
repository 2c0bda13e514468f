"""The role tables of the system's resources.

``allowed``: the first letters of the roles; "v" is SERVICE, "-" no role.
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

R = "/services/replication"
EC = "/services/erasureCoding"

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
    ("GET", R, "am", None),
    ("HEAD", R, "am", None),
    ("POST", R, "a", {}),
    ("GET", f"{R}/certificates", "am", None),
    ("PUT", f"{R}/certificates", "a", {}),
    ("GET", f"{R}/certificates/absent", "am", None),
    ("DELETE", f"{R}/certificates/absent", "a", None),
    ("GET", f"{R}/certificates/server", "a", None),
    ("GET", f"{R}/links", "am", None),
    ("PUT", f"{R}/links", "a", {}),
    ("GET", f"{R}/links/absent", "am", None),
    ("POST", f"{R}/links/absent", "a", {}),
    ("POST", f"{R}/links/absent?suspend", "a", None),
    ("DELETE", f"{R}/links/absent", "a", None),
    ("GET", f"{R}/links/absent/schedule", "am", None),
    ("POST", f"{R}/links/absent/schedule", "a", {}),
    *(
        ("GET", f"{R}/links/absent/{place}{kind}", "am", None)
        for place in ("content", "localCandidates", "remoteCandidates")
        for kind in ("", "/tenants", "/chainedLinks", "/defaultNamespaceDirectories")
    ),
    *(
        (method, f"{R}/links/absent/content/{kind}/x", "a", None)
        for method in ("PUT", "DELETE")
        for kind in ("tenants", "chainedLinks", "defaultNamespaceDirectories")
    ),
    ("GET", f"{R}/links/absent/content/tenants/x", "am", None),
    ("POST", f"{R}/links/absent/content/tenants/x?pause", "a", None),
    ("GET", f"{EC}/linkCandidates", "am", None),
    ("GET", f"{EC}/ecTopologies", "am", None),
    ("HEAD", f"{EC}/ecTopologies", "am", None),
    ("PUT", f"{EC}/ecTopologies", "a", {}),
    ("GET", f"{EC}/ecTopologies/x", "am", None),
    ("POST", f"{EC}/ecTopologies/x", "a", {}),
    ("DELETE", f"{EC}/ecTopologies/x", "a", None),
    ("GET", f"{EC}/ecTopologies/x/tenants", "am", None),
    ("PUT", f"{EC}/ecTopologies/x/tenants/finance", "a", None),
    ("DELETE", f"{EC}/ecTopologies/x/tenants/finance", "a", None),
    ("GET", f"{EC}/ecTopologies/x/tenantCandidates", "am", None),
    ("GET", f"{EC}/ecTopologies/x/tenantConflictingCandidates", "am", None),
]


@pytest.mark.parametrize(("method", "path", "allowed", "body"), TABLE)
def test_roles(mock: Mock, method: str, path: str, allowed: str, body: Any) -> None:
    users = [
        {"username": f"only-{key}", "password": "Winter-42-Elk", "roles": roles}
        for key, roles in ROLES.items()
    ]
    mock.seed(system={"users": users})
    found = [
        key for key in ROLES if mock.client("admin", f"only-{key}").is_allowed(method, path, body)
    ]
    assert sorted(found) == sorted(allowed)
    assert not mock.client("finance", "boss").is_allowed(method, path, body)
