"""A mock HCP with two accounts, a proxy that leads the clients to it, and the clients."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from support.hcp import TENANT, MockHcp, seed

from .clients import CLIENTS, KIM, Account, Client
from .proxy import Proxy

JO = Account("jo", "Jo-Pass-1")
MEGABYTES = 100
# What the matrix says for pytest's outcomes, the worst last
WORDS = {"passed": "ok", "skipped": "skipped", "failed": "FAILED", "error": "FAILED"}
NO_SUCH_OPERATION = "-"

Maker = Callable[[Account], Client]


def user(account: Account) -> dict[str, Any]:
    return {
        "username": account.username,
        "password": account.password,
        "fullName": account.username,
        "enabled": True,
        "localAuthentication": True,
        "forcePasswordChange": False,
        "allowNamespaceManagement": True,
    }


@pytest.fixture(scope="session")
def research(running_hcp: MockHcp) -> MockHcp:
    """The mock HCP with the tenant research. Its tests share it: each has buckets of its own."""
    document = seed(users=[user(KIM), user(JO)])
    # To complete an upload in parts takes a Content-Type by HCP's manual; no client sends one.
    document["rules"] = {"completeNeedsContentType": False}
    running_hcp.reset(document)
    return running_hcp


@pytest.fixture(scope="session")
def proxy(research: MockHcp) -> Iterator[Proxy]:
    """Leads the names of HCP, with HCP's own ports, to the mock."""
    ports = {"443": research.facts["data_port"], "9090": research.facts["port"]}
    with Proxy(research.facts["domain"], ports) as running:
        yield running
    assert running.refused == [], "a client wanted to go elsewhere"


def reference(hcp: MockHcp, proxy: Proxy, account: Account) -> Any:
    """A client to prepare tests with and to look at what came of them."""
    return boto3.client(
        "s3",
        endpoint_url=f"https://{TENANT}.{hcp.facts['domain']}",
        region_name="us-east-1",
        aws_access_key_id=account.access_key,
        aws_secret_access_key=account.secret_key,
        verify=hcp.facts["ca"],
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            retries={"max_attempts": 0},
            proxies={"https": proxy.url},
        ),
    )


@pytest.fixture(scope="session")
def s3(research: MockHcp, proxy: Proxy) -> Any:
    """S3 as kim."""
    return reference(research, proxy, KIM)


@pytest.fixture(scope="session")
def foreign_bucket(research: MockHcp, proxy: Proxy) -> str:
    """A bucket of somebody else, with something in it."""
    as_jo = reference(research, proxy, JO)
    as_jo.create_bucket(Bucket="of-jo")
    as_jo.put_object(Bucket="of-jo", Key="secret.txt", Body=b"jo's")
    return "of-jo"


@pytest.fixture
def make(request: pytest.FixtureRequest, research: MockHcp, proxy: Proxy, tmp_path: Path) -> Maker:
    """Makes the client of the test, for an account."""
    kind: type[Client] = request.param
    kind.need()

    def with_account(account: Account) -> Client:
        home = tmp_path / f"home-{account.username}-{account.password}"
        return kind(home, account, research.facts["ca"], proxy.url)

    return with_account


@pytest.fixture
def client(make: Maker) -> Client:
    """The client of the test, as kim."""
    return make(KIM)


@pytest.fixture
def bucket(request: pytest.FixtureRequest, s3: Any) -> str:
    """A bucket of kim."""
    digest = hashlib.sha256(request.node.name.encode()).hexdigest()
    name = f"b-{digest[:20]}"
    s3.create_bucket(Bucket=name)
    return name


@pytest.fixture(scope="session")
def big_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than any client sends in one piece."""
    file = tmp_path_factory.mktemp("big") / "big"
    with file.open("wb") as target:
        for _each in range(MEGABYTES):
            target.write(os.urandom(1024 * 1024))
    return file


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Which operation works with which client."""
    # Rows in the order of the tests: file and line, then what the cells say.
    rows: dict[tuple[Any, ...], dict[str, str]] = {}
    for outcome, word in WORDS.items():
        for report in terminalreporter.getreports(outcome):
            file, line, test = report.location
            name, _bracket, client = test.rstrip("]").partition("[")
            row = rows.setdefault((file, line, name.removeprefix("test_").replace("_", " ")), {})
            row[client] = word
    names = [kind.name for kind in CLIENTS]
    matrix = {key[2]: row for key, row in sorted(rows.items()) if set(row) <= set(names)}
    if not matrix:
        return
    width = max(map(len, matrix))
    terminalreporter.write_sep("=", "operations and clients")
    for test, row in {"": {name: name for name in names}, **matrix}.items():
        cells = "".join(f"{row.get(name, NO_SUCH_OPERATION):>14}" for name in names)
        terminalreporter.write_line(f"{test:{width}}{cells}")
    for key, row in sorted(rows.items()):
        if "" in row:
            terminalreporter.write_line(f"{key[2]}: {row['']}")
