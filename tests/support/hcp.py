"""A mock HCP as its own process, seen from outside: only through HTTPS."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]
WRITES = ("PUT", "POST", "DELETE")
TENANT = "research"
# Seconds for an answer. Only a test that is about a limit sets a shorter one: machines are slow.
PATIENCE = 120
ADMIN = "storage-admin"
ADMIN_PASSWORD = "Storage-Admin-1"
GROUP_SID = "S-1-5-21-1-2-3-1113"
EVERY_ROLE = ["ADMINISTRATOR", "COMPLIANCE", "MONITOR", "SECURITY"]
FEATURES = (
    "complianceConfigurationEnabled",
    "versioningConfigurationEnabled",
    "searchConfigurationEnabled",
    "replicationConfigurationEnabled",
    "erasureCodingSelectionEnabled",
    "servicePlanSelectionEnabled",
)


def seed(**more: Any) -> dict[str, Any]:
    """A tenant with every feature and an administrator with every role; ``more`` goes into it."""
    administrator = {
        "username": ADMIN,
        "password": ADMIN_PASSWORD,
        "fullName": "Storage Admin",
        "enabled": True,
        "forcePasswordChange": False,
        "localAuthentication": True,
        "allowNamespaceManagement": True,
        "roles": EVERY_ROLE,
    }
    return {
        "servicePlans": [{"name": "Gold"}, {"name": "Silver"}],
        "system": {"replicationSupported": True, "networks": ["backup"]},
        "activeDirectory": {
            "groups": [{"name": "storage@ad.example", "sid": GROUP_SID}],
            "users": [{"username": "jo@ad.example", "password": "Jo-Pass-1"}],
        },
        "tenants": [
            {
                "name": TENANT,
                "hardQuota": "10 TB",
                "softQuota": 85,
                "namespaceQuota": "None",
                "authenticationTypes": ["LOCAL", "EXTERNAL"],
                **dict.fromkeys(FEATURES, True),
                **more,
                "users": [administrator, *more.get("users", ())],
            }
        ],
    }


class MockHcp:
    """A mock HCP."""

    def __init__(self, folder: Path, domain: str = "hcp.example.com") -> None:
        self.folder = folder
        tool = [sys.executable, str(ROOT / "tools" / "mock.py")]
        self._tool = tool
        start = [*tool, "start", str(folder), "--domain", domain]
        subprocess.run(start, check=True, capture_output=True, text=True)
        self.facts: dict[str, Any] = json.loads((folder / "mock.json").read_text())
        self._sessions: dict[int, requests.Session] = {}

    def stop(self) -> None:
        """End the process."""
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()
        subprocess.run([*self._tool, "stop", str(self.folder)], check=True)

    @property
    def _session(self) -> requests.Session:
        """The connections of this process: those of a parent cannot be shared."""
        session = self._sessions.get(os.getpid())
        if session is None:
            session = self._sessions[os.getpid()] = requests.Session()
            session.verify = self.facts["ca"]
            session.trust_env = False
        return session

    @property
    def connection(self) -> dict[str, Any]:
        """The options with which a module reaches this HCP."""
        return {
            "domain": self.facts["domain"],
            "nodes": [self.facts["host"]],
            "port": self.facts["port"],
            "ca_path": self.facts["ca"],
            "retries": 0,
            "timeout": PATIENCE,
        }

    @property
    def s3(self) -> dict[str, Any]:
        """The options with which a module reaches the S3 gateway."""
        return {"data_port": self.facts["data_port"]}

    @property
    def as_system(self) -> dict[str, Any]:
        """The options with which a module works as the system's administrator."""
        account = {"username": self.facts["username"], "password": self.facts["password"]}
        return {**self.connection, **account}

    @property
    def as_tenant(self) -> dict[str, Any]:
        """The options with which a module works as the administrator of the tenant of the seed."""
        return {**self.connection, "username": ADMIN, "password": ADMIN_PASSWORD}

    def control(self, method: str, what: str, body: Any = None) -> Any:
        """A request to the mock's control API."""
        answer = self._session.request(
            method, f"{self.facts['url']}/_mock/{what}", json=body, timeout=PATIENCE
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def reset(self, start: dict[str, Any] | None = None) -> None:
        """Back to a fresh system, with a seed, an empty journal and no faults."""
        self.control("POST", "reset")
        if start is not None:
            self.control("POST", "seed", start)
        self.control("DELETE", "journal")

    def journal(self) -> list[dict[str, Any]]:
        """The requests seen so far."""
        found: list[dict[str, Any]] = self.control("GET", "journal")["requests"]
        return found

    def seen(self) -> list[str]:
        """The requests seen so far, as ``GET /path``."""
        return [f"{each['method']} {each['path'].removeprefix('/mapi')}" for each in self.journal()]

    def writes(self) -> list[str]:
        """Those of the requests seen so far that write."""
        return [line for line in self.seen() if line.startswith(WRITES)]

    def fault(self, match: dict[str, Any], **action: Any) -> None:
        """Have something go wrong with the requests that match."""
        self.control("POST", "faults", {"match": match, "action": action})

    def hits(self) -> int:
        """How many requests something has gone wrong with, or is about to."""
        return sum(fault["hits"] for fault in self.control("GET", "faults")["faults"])

    def clear_journal(self) -> None:
        """Empty the journal."""
        self.control("DELETE", "journal")

    def ask(
        self,
        path: str,
        username: str = ADMIN,
        password: str = ADMIN_PASSWORD,
        host: str = TENANT,
        method: str = "GET",
        **request: Any,
    ) -> requests.Response:
        """A request to MAPI that owes nothing to the collection's own client."""
        user = base64.b64encode(username.encode()).decode()
        digest = hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()
        headers = {
            "Host": f"{host}.{self.facts['domain']}",
            "Authorization": f"HCP {user}:{digest}",
            "Accept": "application/json",
        }
        return self._session.request(
            method,
            f"{self.facts['url']}/mapi{path}",
            headers=headers,
            timeout=PATIENCE,
            allow_redirects=False,
            **request,
        )

    def get(self, path: str, **account: str) -> dict[str, Any]:
        """A resource as MAPI shows it, with everything."""
        answer = self.ask(path, **account, params={"verbose": "true"})
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        found: dict[str, Any] = answer.json()
        return found
