"""Start and stop: options, environment, certificates, the ready file, signals."""

from __future__ import annotations

import json
import signal
import socket
import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509

from .conftest import DOMAIN, Client, Mock, start, wait_for

EXAMPLE = Path(__file__).parents[1] / "examples" / "seed.yml"


def launch(
    folder: Path, *arguments: str, **env: str
) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    ready = folder / "ready.json"
    process = start(
        "--port", "0", "--data-port", "0", "--ready-file", str(ready), *arguments, **env
    )
    return process, wait_for(ready, process)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_on_a_signal_with_idle_clients(tmp_path: Path, number: signal.Signals) -> None:
    process, facts = launch(tmp_path)
    with requests.Session() as session:
        client = Client(facts["url"], facts["ca"], session, "admin", "admin", "Hcp-Mock-1")
        assert client.get("/tenants").status_code == 200
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (0, "")
    urls = f"{facts['url']} data {facts['data_url']}"
    line = f"hcp-mock listens on {urls} domain {DOMAIN} ca {facts['ca']}\n"
    assert out == line
    assert not Path(facts["ca"]).exists()


def test_it_stops_on_a_signal_with_an_incomplete_response(tmp_path: Path) -> None:
    process, facts = launch(tmp_path)
    with requests.Session() as session, ThreadPoolExecutor() as pool:
        client = Client(facts["url"], facts["ca"], session, "admin", "admin", "Hcp-Mock-1")
        control = partial(requests.request, verify=facts["ca"], timeout=10)
        fault = {"match": {"path": "/tenants"}, "action": {"delay": 600}}
        assert control("POST", f"{facts['url']}/_mock/faults", json=fault).ok
        waiting = pool.submit(client.get, "/tenants")
        while not control("GET", f"{facts['url']}/_mock/journal").json()["requests"]:
            assert not waiting.done()
        process.terminate()
        _out, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (0, "")


def test_options_and_environment(tmp_path: Path) -> None:
    process, facts = launch(
        tmp_path,
        "--domain",
        "lab.test",
        "--system-username",
        "root",
        HCP_MOCK_DOMAIN="ignored.test",
        HCP_MOCK_SYSTEM_PASSWORD="Other-11-Pw",
        HCP_MOCK_TLS_DIR=str(tmp_path / "tls"),
        HCP_MOCK_SEED=str(EXAMPLE),
        HCP_MOCK_LENIENT="allow-namespace-management-on-put",
    )
    try:
        assert facts["domain"] == "lab.test"
        assert facts["ca"] == str(tmp_path / "tls" / "ca.pem")
        assert facts["pid"] == process.pid
        assert set(facts) == {"host", "port", "url", "data_port", "data_url", "ca", "domain", "pid"}
        headers = {"Host": "admin.lab.test"}
        with requests.Session() as session:
            client = Client(facts["url"], facts["ca"], session, "", "root", "Other-11-Pw", headers)
            assert client.read("/tenants") == {"name": ["finance", "legacy"]}
            assert client.read("/services/replication/links") == {"name": ["to-east"]}
            assert client.read("/storage/licenses")["license"][0]["serialNumber"] == "40002"
            path = "/tenants/finance/userAccounts"
            body = {
                "username": "x",
                "fullName": "x",
                "enabled": True,
                "forcePasswordChange": False,
                "localAuthentication": True,
                "allowNamespaceManagement": False,
            }
            assert client.put(path, body, password="Other-11-Pw") == 200
    finally:
        process.terminate()
        process.communicate(timeout=10)
    assert (tmp_path / "tls" / "ca.pem").exists()


def run(*arguments: str, **variables: str) -> tuple[int, str, str]:
    process = start(*arguments, **variables)
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


def test_help_names_every_option() -> None:
    code, out, _unused = run("--help")
    assert code == 0
    for name in (
        "domain",
        "listen",
        "port",
        "data-port",
        "tls-dir",
        "system-username",
        "system-password",
        "seed",
        "ready-file",
        "lenient",
    ):
        assert f"--{name}" in out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tenants: [{name: a_b}]", "tenants.0.name"),
        ("tenants: {", "neither YAML nor JSON"),
        ("colour: red", "colour"),
        ("tenants: [{name: x, users: [{username: u, password: 12345678}]}]", "password"),
    ],
)
def test_a_bad_seed_is_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    seed = tmp_path / "seed.yml"
    seed.write_text(text, encoding="utf-8")
    code, out, err = run("--port", "0", "--seed", str(seed))
    assert (code, out) == (2, "")
    assert err.startswith("hcp-mock: ")
    assert words in err
    assert err.count("\n") == 1
    assert "12345678" not in err


def test_other_mistakes_are_one_sentence(tmp_path: Path, mock: Mock) -> None:
    assert run("--seed", str(tmp_path / "absent.yml"))[0] == 2
    assert run("--lenient", "everything", "--port", "0")[0] == 2
    assert run(HCP_MOCK_PORT="many")[0] == 2
    code, _unused, err = run("--port", str(mock.facts["port"]))
    assert (code, err.count("\n")) == (1, 1)
    assert "in use" in err


def certificate(mock: Mock, name: str) -> x509.Certificate:
    """Return the certificate for a client that requests ``name`` and verifies it."""
    context = ssl.create_default_context(cafile=mock.ca)
    with (
        socket.create_connection(("127.0.0.1", mock.facts["port"])) as raw,
        context.wrap_socket(raw, server_hostname=name) as wrapped,
    ):
        der = wrapped.getpeercert(binary_form=True)
    assert der is not None
    return x509.load_der_x509_certificate(der)


@pytest.mark.parametrize(
    "name",
    [
        f"admin.{DOMAIN}",
        f"finance.{DOMAIN}",
        f"Finance.{DOMAIN.upper()}",
        f"bucket.finance.{DOMAIN}",
        f"other-bucket.finance.{DOMAIN}",
        f"bucket.basic.{DOMAIN}",
        DOMAIN,
        "localhost",
        "127.0.0.1",
    ],
)
def test_certificates_fit_every_name(mock: Mock, name: str) -> None:
    assert certificate(mock, name).serial_number > 0


def test_certificates_are_made_once(mock: Mock) -> None:
    first = certificate(mock, f"one.finance.{DOMAIN}")
    assert certificate(mock, f"two.finance.{DOMAIN}").serial_number == first.serial_number


def test_certificates_do_not_fit_strangers(mock: Mock) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        certificate(mock, "finance.example.org")


def test_a_seed_can_be_json(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"tenants": [{"name": "solo"}]}), encoding="utf-8")
    process, facts = launch(tmp_path, "--seed", str(seed))
    with requests.Session() as session:
        client = Client(facts["url"], facts["ca"], session, "admin", "admin", "Hcp-Mock-1")
        names = client.read("/tenants")
    process.terminate()
    process.communicate(timeout=10)
    assert names == {"name": ["solo"]}
