"""hcp_certificate and hcp_certificate_info against a mock HCP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.hcp import ROOT, MockHcp, seed
from support.module import Flag, run

ALL = "/services/replication/certificates"
FILES = [ROOT / "tests" / "support" / name for name in ("certificate.pem", "other_certificate.pem")]
FIRST, SECOND = (path.read_text() for path in FILES)


@pytest.fixture(autouse=True)
def start(hcp: MockHcp) -> None:
    document = seed()
    monitor = {"username": "monitor", "password": "Watch-Pass-1", "roles": ["MONITOR"]}
    document["system"]["users"] = [monitor]
    hcp.reset(document)


def certificate(hcp: MockHcp, fails: Flag = False, check: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_system, **options}
    return run("hcp_certificate", given, fails=fails, check=check, diff=True)


def read(hcp: MockHcp, fails: Flag = False, **options: Any) -> Any:
    return run("hcp_certificate_info", {**hcp.as_system, **options}, fails=fails)


def test_trusting_and_no_more(hcp: MockHcp) -> None:
    predicted = certificate(hcp, check=True, content=FIRST)
    assert predicted["changed"]
    assert predicted["diff"]["after"] == {"text": FIRST}
    assert hcp.writes() == []
    made = certificate(hcp, content=FIRST)
    assert made["changed"]
    assert made["certificate"]["subject_dn"] == "CN=*.hcp2.example.com, O=Example"
    assert made["certificate"]["expires_on"] == "2126-01-01T00:00:00Z"
    assert hcp.writes() == [f"PUT {ALL}"]
    hcp.clear_journal()
    # However it is written, it is the same.
    again = certificate(hcp, content=f"a comment\n{FIRST.replace(chr(10), chr(13) + chr(10))}")
    assert not again["changed"]
    assert again["certificate"] == made["certificate"]
    assert hcp.seen() == [f"GET {ALL}", f"GET {ALL}/{made['certificate']['id']}"]
    other = certificate(hcp, src=str(FILES[1]))
    assert other["certificate"]["id"] != made["certificate"]["id"]
    hcp.clear_journal()
    assert certificate(hcp, content=FIRST, state="absent", check=True)["changed"]
    assert hcp.writes() == []
    gone = certificate(hcp, content=FIRST, state="absent")
    assert gone["certificate"] == {}
    assert gone["diff"]["before"] == made["certificate"]
    assert not certificate(hcp, content=FIRST, state="absent")["changed"]
    by_id = {"id": other["certificate"]["id"], "state": "absent"}
    assert certificate(hcp, **by_id)["changed"]
    assert not certificate(hcp, **by_id)["changed"]
    assert [each["id"] for each in read(hcp)["certificates"]] == ["server"]


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({}, "content"),
        ({"state": "absent"}, "content"),
        ({"id": "one"}, "id"),
        ({"id": "server", "state": "absent"}, "id"),
        ({"id": "", "state": "absent"}, "id"),
        ({"content": FIRST, "account_level": "tenant"}, "account_level"),
        ({"content": "certificate"}, "content"),
        ({"content": FIRST + SECOND}, "content"),
        ({"content": FIRST + FIRST.replace("CERTIFICATE", "PRIVATE KEY")}, "content"),
        ({"content": FIRST[:40] + "=" + FIRST[40:]}, "content"),
        ({"src": "/no/such"}, "src"),
    ],
)
def test_what_cannot_be_right_is_not_sent(
    hcp: MockHcp, options: dict[str, Any], option: str
) -> None:
    refused = certificate(hcp, fails=True, **options)
    assert refused["error"]["code"] == "bad_option"
    assert refused["error"]["option"] == option
    assert "network" not in refused["msg"]
    assert hcp.seen() == []


def test_an_upload_whose_answer_was_lost_is_a_change(hcp: MockHcp) -> None:
    hcp.fault({"method": "PUT", "path": ALL, "times": 1}, cut="after")
    made = certificate(hcp, content=FIRST, retries=3)
    assert made["changed"]
    assert made["certificate"]["id"]
    assert hcp.writes() == [f"PUT {ALL}"] * 2


def test_a_certificate_without_a_text_is_left_to_hcp(hcp: MockHcp) -> None:
    made = certificate(hcp, content=FIRST)["certificate"]
    path = f"{ALL}/{made['id']}"
    document = {"status": 200, "body": "<certificate/>"}
    match = {"method": "GET", "path": path, "times": None}
    hcp.fault(match, headers={"Content-Type": "text/xml"}, **document)
    again = certificate(hcp, content=FIRST)
    assert not again["changed"]
    assert hcp.writes() == [f"PUT {ALL}"] * 2
    # A new one is known by being new.
    assert certificate(hcp, content=SECOND)["certificate"]["subject_dn"].startswith("CN=*.hcp3")


def test_what_was_uploaded_and_cannot_be_read_is_told(hcp: MockHcp) -> None:
    hcp.fault({"method": "GET", "path": ALL, "nth": 2}, status=500)
    made = certificate(hcp, content=FIRST)
    assert made["changed"]
    assert "The new state could not be read" in made["warnings"][0]


def test_hcps_own_refusal_is_passed_on(hcp: MockHcp) -> None:
    weak = {"username": "monitor", "password": "Watch-Pass-1"}
    refused = certificate(hcp, fails=True, content=FIRST, **weak)
    assert "ADMINISTRATOR" in refused["error"]["hint"]
    nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    invalid = certificate(hcp, fails=True, content=nonsense)
    assert invalid["error"]["hcp_message"] == "The certificate is not valid."
    assert read(hcp, **weak)["certificates"][0]["id"] == "server"
    hidden = read(hcp, fails=True, include=["text"], **weak)
    assert hidden["error"]["hint"].endswith("The request needs the role ADMINISTRATOR.")


def test_certificates_are_read(hcp: MockHcp, tmp_path: Path) -> None:
    certificate(hcp, content=SECOND)
    certificate(hcp, content=FIRST)
    hcp.clear_journal()
    found = read(hcp)["certificates"]
    assert hcp.seen() == [f"GET {ALL}"]
    assert [each["subject_dn"].partition(",")[0] for each in found[1:]] == [
        "CN=*.hcp2.example.com",
        "CN=*.hcp3.example.com",
    ]
    texts = [each["text"] for each in read(hcp, include=["all"])["certificates"]]
    assert texts[1:] == [FIRST, SECOND]
    (own,) = read(hcp, id="server", include=["text"])["certificates"]
    file = tmp_path / "own.pem"
    file.write_text(own["text"])
    # One's own is no certificate of another system.
    assert not certificate(hcp, src=str(file), state="absent")["changed"]
    assert read(hcp, id="nothing")["certificates"] == []
