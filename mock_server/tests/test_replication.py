"""Replication as a whole: its settings and its certificates."""

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


def test_settings(admin: Client) -> None:
    before = admin.read(BASE)
    assert before == {
        "allowTenantsToMonitorNamespaces": False,
        "connectivityTimeoutSeconds": 30,
        "enableDNSFailover": False,
        "enableDomainAndCertificateSynchronization": False,
        "network": "[hcp_system]",
        "verification": "OFF",
    }
    assert admin.post(BASE, before) == 200
    assert admin.read(BASE, verbose="true") == {**before, "status": "ENABLED"}
    body = {"network": "LAB", "verification": "ONCE", "connectivityTimeoutSeconds": 5}
    assert admin.post(BASE, body) == 200
    document = admin.xml(BASE)
    assert document.tag == "replicationService"
    assert document.findtext("network") == "lab"
    assert document.findtext("verification") == "ONCE"
    assert (
        admin.post(BASE, "<replicationService><network>[hcp_system]</network></replicationService>")
        == 200
    )
    assert admin.read(BASE)["network"] == "[hcp_system]"
    assert admin.post(BASE, {"enableDomainAndCertificateSynchronization": True}) == 200
    assert admin.read(BASE)["enableDomainAndCertificateSynchronization"] is False


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
def test_bad_settings(mock: Mock, admin: Client, body: Any, status: int) -> None:
    mock.seed(system={"networks": ["[hcp_backend]"]})
    before = admin.read(BASE, verbose="true")
    assert admin.post(BASE, body) == status
    assert admin.read(BASE, verbose="true") == before


def test_shutting_all_links_down(mock: Mock, admin: Client) -> None:
    link = seed_link(mock)
    assert admin.status("POST", BASE, shutDownAllLinks="Moving house") == 200
    assert admin.read(BASE, verbose="true")["status"] == "SHUTDOWN"
    assert state(admin, link)[0] == "WARNING"
    assert admin.status("POST", BASE, shutDownAllLinks="again") == 403
    kept = mock.control("GET", "/state").json()["replication"]
    assert kept["shutDownReason"] == "Moving house"
    assert admin.call("POST", f"{BASE}?reestablishAllLinks").status_code == 200
    assert admin.read(BASE, verbose="true")["status"] == "ENABLED"
    assert state(admin, link) == ("GOOD", "Synchronizing data")
    assert admin.call("POST", f"{BASE}?reestablishAllLinks=").status_code == 403


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
def test_bad_actions(admin: Client, query: str, body: Any) -> None:
    assert admin.call("POST", f"{BASE}?{query}", body).status_code == 400
    assert admin.read(BASE, verbose="true")["status"] == "ENABLED"


@pytest.fixture(scope="module")
def pem() -> bytes:
    authority = trustme.CA(organization_name="Lab")
    certificate = authority.issue_cert("hcp2.example.com", common_name="hcp2.example.com")
    return certificate.cert_chain_pems[0].bytes()


def names(client: Client) -> list[str]:
    return [item["id"] for item in client.read(CERTIFICATES)["certificate"]]


def test_the_own_certificate(admin: Client) -> None:
    (own,) = admin.read(CERTIFICATES)["certificate"]
    assert own["id"] == "server"
    assert own["subjectDN"].startswith("CN=*.hcp.example.com, ")
    answer = admin.call("GET", f"{CERTIFICATES}/server", headers=PLAIN)
    assert answer.headers["Content-Disposition"] == "attachment; filename=server_certificate.txt"
    assert answer.headers["Content-Type"] == "text/plain"
    certificate = x509.load_pem_x509_certificate(answer.content)
    assert own["validOn"] == certificate.not_valid_before_utc.strftime("%Y-%m-%dT%H:%M:%S+0000")
    assert own["expiresOn"] == certificate.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%S+0000")
    assert admin.delete(f"{CERTIFICATES}/server") == 405
    assert admin.get(f"{CERTIFICATES}/server").status_code == 415


def test_uploaded_certificates(mock: Mock, admin: Client, pem: bytes) -> None:
    assert admin.put(CERTIFICATES, pem) == 200
    own, identifier = names(admin)
    assert own == "server"
    document = admin.xml(CERTIFICATES)
    assert document.tag == "certificates"
    subject = document.findall("certificate")[1].findtext("subjectDN")
    assert subject is not None
    assert subject.startswith("CN=hcp2.example.com, ")
    answer = admin.call("GET", f"{CERTIFICATES}/{identifier}", headers=PLAIN)
    assert answer.content.strip() == pem.strip()
    typed: dict[str, str | None] = {"Content-Type": "application/xml"}
    assert admin.call("PUT", CERTIFICATES, pem, typed).status_code == 409
    assert mock.control("GET", "/state").json()["replication"]["certificates"] == [identifier]
    assert admin.delete(f"{CERTIFICATES}/{identifier}") == 200
    assert admin.delete(f"{CERTIFICATES}/{identifier}") == 404
    gone = admin.call("GET", f"{CERTIFICATES}/{identifier}", headers=PLAIN)
    assert gone.status_code == 404
    assert admin.head(f"{CERTIFICATES}/{identifier}") == 415
    assert names(admin) == ["server"]


def test_bad_certificates(admin: Client, pem: bytes) -> None:
    for content in (b"", b"nonsense", pem[:200], pem + pem):
        assert admin.put(CERTIFICATES, content) == 400
    wrong: dict[str, str | None] = {"Content-Type": "text/nothing"}
    assert admin.call("PUT", CERTIFICATES, pem, wrong).status_code == 400
    assert names(admin) == ["server"]


def test_methods(admin: Client) -> None:
    assert admin.head(BASE) == admin.head(CERTIFICATES) == 200
    assert admin.put(BASE, {}) == admin.delete(BASE) == 405
    assert admin.post(CERTIFICATES, {}) == admin.delete(CERTIFICATES) == 405
    assert admin.put(f"{CERTIFICATES}/x", {}) == admin.post(f"{CERTIFICATES}/x", {}) == 405


def test_a_seeded_service(mock: Mock, admin: Client) -> None:
    mock.seed(system={"replication": {"verification": "ON", "shutDown": "Maintenance"}})
    found = admin.read(BASE, verbose="true")
    assert (found["verification"], found["status"]) == ("ON", "SHUTDOWN")
    assert found["connectivityTimeoutSeconds"] == 30
    answer = mock.control("POST", "/seed", {"system": {"replication": {"network": "absent"}}})
    assert answer.status_code == 400
    assert "'network'" in answer.json()["error"]
