"""One mock HCP process for each worker, reset to its start state before each test."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import requests
from defusedxml.ElementTree import fromstring

HERE = Path(__file__).parent
SERVER = HERE.parent
DOMAIN = "hcp.example.com"
PASSWORD = "Winter-42-Elk"


def environment() -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HCP_MOCK_")}
    return {**clean, "PYTHONPATH": str(SERVER)}


def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hcp_mock", *arguments],
        env={**environment(), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(path: Path, process: subprocess.Popen[str], seconds: float = 20) -> dict[str, Any]:
    """Wait for the ready file and return its content."""
    deadline = time.monotonic() + seconds
    while not path.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise RuntimeError(f"the mock did not start: {process.communicate()}")
        time.sleep(0.02)
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts


def token(user: str, password: str) -> str:
    name = base64.b64encode(user.encode()).decode()
    return f"{name}:{hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()}"


@dataclass
class Client:
    """One account on one host name."""

    url: str
    ca: str
    session: requests.Session
    label: str
    user: str
    password: str = PASSWORD
    headers: dict[str, str] = field(default_factory=dict)
    timeout: float = 20

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str | None] | None = None,
        **query: str,
    ) -> requests.Response:
        return self.send(method, path, body, headers, query)

    def send(
        self,
        method: str,
        path: str,
        body: Any,
        headers: Mapping[str, str | None] | None,
        query: Mapping[str, str],
    ) -> requests.Response:
        """A dict is sent as JSON, a text as XML. Headers with the value ``None`` are left out."""
        sent: dict[str, str | None] = {
            "Host": f"{self.label}.{DOMAIN}",
            "Authorization": f"HCP {token(self.user, self.password)}",
            "Accept": "application/json",
            **self.headers,
        }
        data: bytes | None = None
        if isinstance(body, bytes):
            data = body
        elif isinstance(body, str):
            data, sent["Content-Type"] = body.encode(), "application/xml"
        elif body is not None:
            data, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        sent.update(headers or {})
        return self.session.request(
            method,
            f"{self.url}/mapi{path}",
            params=query or None,
            data=data,
            headers={name: value for name, value in sent.items() if value is not None},
            verify=self.ca,
            allow_redirects=False,
            timeout=self.timeout,
        )

    def get(self, path: str, **query: str) -> requests.Response:
        return self.send("GET", path, None, None, query)

    def read(self, path: str, **query: str) -> dict[str, Any]:
        """Return the document of a successful GET."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, (path, answer.status_code, dict(answer.headers))
        document: dict[str, Any] = answer.json()
        return document

    def xml(self, path: str, **query: str) -> Element:
        """Return the XML document of a successful GET."""
        answer = self.send("GET", path, None, {"Accept": "application/xml"}, query)
        assert answer.status_code == 200, (path, answer.status_code, dict(answer.headers))
        root: Element = fromstring(answer.content)
        return root

    def status(self, method: str, path: str, body: Any = None, **query: str) -> int:
        return self.send(method, path, body, None, query).status_code

    def put(self, path: str, body: Any, **query: str) -> int:
        return self.status("PUT", path, body, **query)

    def post(self, path: str, body: Any, **query: str) -> int:
        return self.status("POST", path, body, **query)

    def delete(self, path: str) -> int:
        return self.status("DELETE", path)

    def head(self, path: str) -> int:
        return self.status("HEAD", path)

    def is_allowed(self, method: str, path: str, body: Any = None) -> bool:
        """Return whether the roles of the account suffice, whatever the status is."""
        answer = self.call(method, path, body)
        if method == "HEAD":
            return answer.status_code != 302
        return answer.headers.get("X-HCP-ErrorMessage") != (
            "The user does not have permission to perform this operation."
        )


@dataclass
class Mock:
    """The running mock and its control interface."""

    facts: dict[str, Any]
    session: requests.Session

    @property
    def url(self) -> str:
        return str(self.facts["url"])

    @property
    def ca(self) -> str:
        return str(self.facts["ca"])

    def client(self, label: str, user: str, password: str = PASSWORD) -> Client:
        return Client(self.url, self.ca, self.session, label, user, password)

    def s3(self, user: str = "boss", **options: Any) -> Any:
        """A boto3 client for the S3 gateway."""
        # Imported late: most tests do not need boto3.
        from .s3 import client  # noqa: PLC0415  (it imports this module itself)

        return client(self.facts["data_port"], self.ca, user, **options)

    def control(self, method: str, path: str, body: Any = None) -> requests.Response:
        return self.session.request(
            method, f"{self.url}/_mock{path}", json=body, verify=self.ca, timeout=20
        )

    def seed(self, **document: Any) -> None:
        answer = self.control("POST", "/seed", document)
        assert answer.status_code == 200, answer.text

    def seed_tenant(self, name: str = "finance", **values: Any) -> None:
        self.seed(tenants=[{"name": name, **values}])

    def seed_namespace(self, name: str, tenant: str = "finance", **values: Any) -> None:
        self.seed_tenant(tenant, namespaces=[{"name": name, **values}])

    def journal(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.control("GET", "/journal").json()["requests"]
        return entries

    def fault(self, match: dict[str, Any], **action: Any) -> int:
        answer = self.control("POST", "/faults", {"match": match, "action": action})
        assert answer.status_code == 200, answer.text
        return int(answer.json()["id"])


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mock]:
    folder = tmp_path_factory.mktemp("mock")
    ready = folder / "ready.json"
    arguments = ("--port", "0", "--ready-file", str(ready), "--seed", str(HERE / "seed.yml"))
    process = start(*arguments, TMPDIR=str(folder))
    facts = wait_for(ready, process)
    with requests.Session() as session:
        session.trust_env = False
        yield Mock(facts, session)
    process.terminate()
    out, err = process.communicate(timeout=10)
    assert process.returncode == 0, (out, err)
    assert err == ""
    assert out.count("\n") == 1


@pytest.fixture(scope="session", autouse=True)
def _resolve_names_to_the_mock() -> Iterator[None]:
    """Host names of the mocked system resolve to this machine."""
    real = socket.getaddrinfo

    def resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        ours = isinstance(host, str) and host.lower().endswith(DOMAIN)
        return real("127.0.0.1" if ours else host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", resolve)
        yield


@pytest.fixture
def mock(running: Mock) -> Mock:
    assert running.control("POST", "/reset").status_code == 200
    return running


@pytest.fixture
def tenant_admin(mock: Mock) -> Client:
    """An account with all roles, in the tenant that has every feature."""
    return mock.client("finance", "boss")


@pytest.fixture
def basic_admin(mock: Mock) -> Client:
    """An account with all roles, in the tenant that has no feature."""
    return mock.client("basic", "boss")


@pytest.fixture
def system_admin(mock: Mock) -> Client:
    """The system-level account with all roles."""
    return mock.client("admin", "admin", "Hcp-Mock-1")


@pytest.fixture
def s3(mock: Mock) -> Any:
    """A boto3 client with all roles, in the tenant that has every feature."""
    return mock.s3()


@pytest.fixture
def searcher(mock: Mock) -> Any:
    """A searcher with all roles, and a searchable bucket "docs"."""
    from .query import Searcher, searchable  # noqa: PLC0415  (it imports this module itself)

    searchable(mock)
    return Searcher(mock)


@pytest.fixture
def bucket(s3: Any) -> str:
    """A bucket that was created through S3."""
    s3.create_bucket(Bucket="archive")
    return "archive"
