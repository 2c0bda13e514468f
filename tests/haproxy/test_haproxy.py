"""HAProxy between the modules and the mock: no result says what is not so."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from support.hcp import MockHcp
from support.waiting import until
from support.wire_tasks import (
    DONE,
    NOT_READ,
    READ,
    UNCERTAIN,
    WireTask,
    false_results,
    in_process,
    start,
    tasks,
)

from ansible_collections.contentplatform.hcp.plugins.module_utils.connections import Connections

CONFIGURATION = """
global
    stats socket {folder}/socket
defaults
    mode http
    timeout connect 5s
    timeout server 60s
    timeout client 60s
    {defaults}
frontend mapi
    bind 127.0.0.1:{mapi} ssl crt {folder}/server.pem
    {rules}
    default_backend mapi
frontend data
    bind 127.0.0.1:{data} ssl crt {folder}/server.pem
    {rules}
    default_backend data
backend mapi
    server mock 127.0.0.1:{to_mapi} ssl verify none sni req.hdr(host)
backend data
    server mock 127.0.0.1:{to_data} ssl verify none sni req.hdr(host)
"""
HINTS = 'http-request early-hint Link "</style.css>; rel=preload"'
LIMIT = """stick-table type ip size 1k expire 60s store http_req_cnt
    http-request track-sc0 src
    http-request deny deny_status 429 if { sc_http_req_cnt(0) gt 2 }"""
PAGE = "<html>Back soon</html>"
MAINTENANCE = f'http-request return status 503 content-type text/html string "{PAGE}"'


@contextmanager
def haproxy(
    hcp: MockHcp, folder: Path, rules: str = "", defaults: str = "", dead: bool = False
) -> Iterator[dict[str, Any]]:
    """The options with which modules reach the mock through HAProxy."""
    domain = hcp.facts["domain"]
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate = authority.issue_cert(f"*.{domain}", f"*.research.{domain}")
    certificate.private_key_and_cert_chain_pem.write_to_path(str(folder / "server.pem"))
    mapi, data, nobody = (_free_port() for _each in range(3))
    (folder / "haproxy.cfg").write_text(
        CONFIGURATION.format(
            folder=folder,
            rules=rules,
            defaults=defaults,
            mapi=mapi,
            data=data,
            to_mapi=nobody if dead else hcp.facts["port"],
            to_data=nobody if dead else hcp.facts["data_port"],
        )
    )
    program = shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    assert program, "haproxy is not installed; tools/test-haproxy installs it"
    with subprocess.Popen([program, "-db", "-f", str(folder / "haproxy.cfg")]) as process:
        until(lambda: _listens(mapi) and _listens(data))
        yield {"port": mapi, "data_port": data, "ca_path": str(folder / "ca.pem")}
        process.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def options(hcp: MockHcp, task: WireTask, through: dict[str, Any], **more: Any) -> dict[str, Any]:
    account = hcp.as_system if task.account == "system" else hcp.as_tenant
    given = {**account, **task.options, **through, **more}
    if task.path.startswith("/mapi/"):
        del given["data_port"]
    return given


def said(hcp: MockHcp, folder: Path, through: dict[str, Any], **more: Any) -> set[str]:
    """Run all tasks; return what their results say, which must be true."""
    hcp.reset(start())
    planned = tasks(folder)
    results = [in_process(task, options(hcp, task, through, **more)) for task in planned]
    assert not false_results(hcp, planned, results)
    return {task.says(result) for task, result in zip(planned, results, strict=True)}


def test_early_hints(hcp: MockHcp, tmp_path: Path) -> None:
    with haproxy(hcp, tmp_path, HINTS) as through:
        assert said(hcp, tmp_path, through) == {DONE, READ}


def test_connections_that_are_closed_when_idle(hcp: MockHcp, tmp_path: Path) -> None:
    hcp.reset(start())
    with haproxy(hcp, tmp_path, defaults="timeout http-keep-alive 50ms") as through:
        connections = Connections()
        for task in tasks(tmp_path):
            result = in_process(task, options(hcp, task, through), connections)
            assert task.says(result) in (DONE, READ), result.get("msg")
            time.sleep(0.1)
        connections.close()


@pytest.mark.parametrize("dead", [True, False], ids=["dead backend", "maintenance page"])
def test_nobody_behind_it(hcp: MockHcp, tmp_path: Path, dead: bool) -> None:
    with haproxy(hcp, tmp_path, "" if dead else MAINTENANCE, dead=dead) as through:
        assert said(hcp, tmp_path, through) <= {NOT_READ, UNCERTAIN}


def test_a_rate_limit(hcp: MockHcp, tmp_path: Path) -> None:
    with haproxy(hcp, tmp_path, LIMIT) as through:
        assert NOT_READ in said(hcp, tmp_path, through)
