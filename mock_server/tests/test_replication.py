"""The replication service: settings and certificates."""

from __future__ import annotations

from typing import Any

import pytest
import trustme
from cryptography import x509

from .conftest import Client, Mock
from .links import seed_link, state

BASE = "/services/replication"
CERTIFICATES = f"{BASE}/certificates"
PLAIN: dict[str, str | None] = {"Accept": "text/plain"}


def test_settings(system_admin: Client) -> None:
    before = system_admin.read(BASE)
    assert before == {
        "allowTenantsToMonitorNamespaces": False,
        "connectivityTimeoutSeconds": 30,
        "enableDNSFailover": False,
        "enableDomainAndCertificateSynchronization": False,
        "network": "[hcp_system]",
        "verification": "OFF",
    }
    assert system_admin.post(BASE, before) == 200
    assert system_admin.read(BASE, verbose="true") == {**before, "status": "ENABLED"}
    body = {"network": "LAB", "verification": "ONCE", "connectivityTimeoutSeconds": 5}
    assert system_admin.post(BASE, body) == 200
    document = system_admin.xml(BASE)
    assert document.tag == "replicationService"
    assert document.findtext("network") == "lab"
    assert document.findtext("verification") == "ONCE"
    assert (
        system_admin.post(
            BASE, "<replicationService><network>[hcp_system]</network></replicationService>"
        )
        == 200
    )
    assert system_admin.read(BASE)["network"] == "[hcp_system]"
    assert system_admin.post(BASE, {"enableDomainAndCertificateSynchronization": True}) == 200
    assert system_admin.read(BASE)["enableDomainAndCertificateSynchronization"] is False


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"network": "absent"}, 400),
        ({"network": "[hcp_backend]"}, 400),
        ({"verification": "on"}, 400),
        ({"verification": "SOMETIMES"}, 400),
        ({"connectivityTimeoutSeconds": -1}, 400),
        ({"connectivityTimeoutSeconds": 1.5}, 400),
        ({"status": "SHUTDOWN"}, 403),
        ({"name": "x"}, 400),
        (b"", 400),
    ],
)
def test_bad_settings(mock: Mock, system_admin: Client, body: Any, status: int) -> None:
    mock.seed(system={"networks": ["[hcp_backend]"]})
    before = system_admin.read(BASE, verbose="true")
    assert system_admin.post(BASE, body) == status
    assert system_admin.read(BASE, verbose="true") == before


def test_shutting_all_links_down(mock: Mock, system_admin: Client) -> None:
    link = seed_link(mock)
    assert system_admin.status("POST", BASE, shutDownAllLinks="Moving house") == 200
    assert system_admin.read(BASE, verbose="true")["status"] == "SHUTDOWN"
    assert state(system_admin, link)[0] == "WARNING"
    assert system_admin.status("POST", BASE, shutDownAllLinks="again") == 403
    kept = mock.control("GET", "/state").json()["replication"]
    assert kept["shutDownReason"] == "Moving house"
    assert system_admin.call("POST", f"{BASE}?reestablishAllLinks").status_code == 200
    assert system_admin.read(BASE, verbose="true")["status"] == "ENABLED"
    assert state(system_admin, link) == ("GOOD", "Synchronizing data")
    assert system_admin.call("POST", f"{BASE}?reestablishAllLinks=").status_code == 403


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("shutDownAllLinks=", None),
        (f"shutDownAllLinks={'x' * 1025}", None),
        ("shutDownAllLinks=why", {}),
        ("reestablishAllLinks", "<replicationService/>"),
        ("shutDownAllLinks=why&reestablishAllLinks", None),
    ],
)
def test_bad_actions(system_admin: Client, query: str, body: Any) -> None:
    assert system_admin.call("POST", f"{BASE}?{query}", body).status_code == 400
    assert system_admin.read(BASE, verbose="true")["status"] == "ENABLED"


@pytest.fixture(scope="module")
def pem() -> bytes:
    authority = trustme.CA(organization_name="Lab")
    certificate = authority.issue_cert("hcp2.example.com", common_name="hcp2.example.com")
    return certificate.cert_chain_pems[0].bytes()


def names(client: Client) -> list[str]:
    return [item["id"] for item in client.read(CERTIFICATES)["certificate"]]


def test_the_own_certificate(system_admin: Client) -> None:
    (own,) = system_admin.read(CERTIFICATES)["certificate"]
    assert own["id"] == "server"
    assert own["subjectDN"].startswith("CN=*.hcp.example.com, ")
    answer = system_admin.call("GET", f"{CERTIFICATES}/server", headers=PLAIN)
    assert answer.headers["Content-Disposition"] == "attachment; filename=server_certificate.txt"
    assert answer.headers["Content-Type"] == "text/plain"
    certificate = x509.load_pem_x509_certificate(answer.content)
    assert own["validOn"] == certificate.not_valid_before_utc.strftime("%Y-%m-%dT%H:%M:%S+0000")
    assert own["expiresOn"] == certificate.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%S+0000")
    assert system_admin.delete(f"{CERTIFICATES}/server") == 405
    assert system_admin.get(f"{CERTIFICATES}/server").status_code == 415


def test_uploaded_certificates(mock: Mock, system_admin: Client, pem: bytes) -> None:
    assert system_admin.put(CERTIFICATES, pem) == 200
    own, identifier = names(system_admin)
    assert own == "server"
    document = system_admin.xml(CERTIFICATES)
    assert document.tag == "certificates"
    subject = document.findall("certificate")[1].findtext("subjectDN")
    assert subject is not None
    assert subject.startswith("CN=hcp2.example.com, ")
    answer = system_admin.call("GET", f"{CERTIFICATES}/{identifier}", headers=PLAIN)
    assert answer.content.strip() == pem.strip()
    typed: dict[str, str | None] = {"Content-Type": "application/xml"}
    assert system_admin.call("PUT", CERTIFICATES, pem, typed).status_code == 409
    assert mock.control("GET", "/state").json()["replication"]["certificates"] == [identifier]
    assert system_admin.delete(f"{CERTIFICATES}/{identifier}") == 200
    assert system_admin.delete(f"{CERTIFICATES}/{identifier}") == 404
    gone = system_admin.call("GET", f"{CERTIFICATES}/{identifier}", headers=PLAIN)
    assert gone.status_code == 404
    assert system_admin.head(f"{CERTIFICATES}/{identifier}") == 415
    assert names(system_admin) == ["server"]


def test_bad_certificates(system_admin: Client, pem: bytes) -> None:
    for content in (b"", b"nonsense", pem[:200], pem + pem):
        assert system_admin.put(CERTIFICATES, content) == 400
    wrong: dict[str, str | None] = {"Content-Type": "text/nothing"}
    assert system_admin.call("PUT", CERTIFICATES, pem, wrong).status_code == 400
    assert names(system_admin) == ["server"]


def test_methods(system_admin: Client) -> None:
    assert system_admin.head(BASE) == system_admin.head(CERTIFICATES) == 200
    assert system_admin.put(BASE, {}) == system_admin.delete(BASE) == 405
    assert system_admin.post(CERTIFICATES, {}) == system_admin.delete(CERTIFICATES) == 405
    assert (
        system_admin.put(f"{CERTIFICATES}/x", {})
        == system_admin.post(f"{CERTIFICATES}/x", {})
        == 405
    )


def test_a_seeded_service(mock: Mock, system_admin: Client) -> None:
    mock.seed(system={"replication": {"verification": "ON", "shutDown": "Maintenance"}})
    found = system_admin.read(BASE, verbose="true")
    assert (found["verification"], found["status"]) == ("ON", "SHUTDOWN")
    assert found["connectivityTimeoutSeconds"] == 30
    answer = mock.control("POST", "/seed", {"system": {"replication": {"network": "absent"}}})
    assert answer.status_code == 400
    assert "'network'" in answer.json()["error"]
