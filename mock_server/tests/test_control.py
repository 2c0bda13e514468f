"""The control interface: state, journal, faults."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import requests

from .conftest import PASSWORD, Client, Mock, token

T = "/tenants/finance"
CONNECTION_ERRORS = (requests.exceptions.ConnectionError, requests.exceptions.ChunkedEncodingError)


def test_health_and_authority(mock: Mock) -> None:
    assert mock.control("GET", "/health").json()["status"] == "ok"
    with open(mock.ca, encoding="ascii") as file:  # noqa: PTH123
        assert mock.control("GET", "/ca.pem").text == file.read()


def test_reset_goes_back_to_the_start_state(mock: Mock, tenant_admin: Client) -> None:
    before = mock.control("GET", "/state").json()
    assert tenant_admin.post(T, {"tenantVisibleDescription": "changed"}) == 200
    assert tenant_admin.delete(f"{T}/namespaces/cloud") == 200
    mock.seed_tenant("another")
    mock.fault({}, status=503)
    mock.control("POST", "/clock", {"advance": 5000})
    assert mock.control("POST", "/reset").status_code == 200
    assert mock.journal() == []
    assert mock.control("GET", "/faults").json() == {"faults": []}
    after = mock.control("GET", "/state").json()
    assert [t["name"] for t in after["tenants"]] == [t["name"] for t in before["tenants"]]
    assert tenant_admin.read(T)["tenantVisibleDescription"] == ""
    assert tenant_admin.get(f"{T}/namespaces/cloud").status_code == 200


def test_seeds_merge(mock: Mock, tenant_admin: Client) -> None:
    before = tenant_admin.read(f"{T}/namespaces/cloud", verbose="true")
    mock.seed_namespace("CLOUD", description="seeded", objects=1)
    assert tenant_admin.read(f"{T}/namespaces/cloud", verbose="true") == {
        **before,
        "description": "seeded",
    }
    assert tenant_admin.delete(f"{T}/namespaces/cloud") == 403
    mock.seed_tenant(users=[{"username": "M", "description": "seeded"}])
    account = tenant_admin.read(f"{T}/userAccounts/m")
    assert (account["description"], account["roles"]) == ("seeded", {"role": ["MONITOR"]})
    assert mock.client("finance", "m").get(T).status_code == 200


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"nonsense": 1}, "nonsense"),
        ({"tenants": [{"hardQuota": "1 TB"}]}, "a tenant needs 'name'"),
        ({"tenants": [{"name": "x", "hardQuota": "1 XB"}]}, "tenants.0.hardQuota"),
        ({"tenants": [{"name": "x", "users": [{"roles": ["MONITOR"]}]}]}, "'username'"),
        ({"tenants": [{"name": "x", "users": [{"username": "u", "roles": ["KING"]}]}]}, "roles"),
        (
            {
                "tenants": [
                    {
                        "name": "x",
                        "users": [
                            {
                                "username": "u",
                                "dataAccessPermissions": [
                                    {"namespaceName": "absent", "permissions": ["READ"]}
                                ],
                            }
                        ],
                    }
                ]
            },
            "'absent'",
        ),
        ([], "the document"),
    ],
)
def test_a_bad_seed_is_one_sentence_and_changes_nothing(
    mock: Mock, document: Any, words: str
) -> None:
    answer = mock.control("POST", "/seed", document)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert words in error
    assert error.startswith("The seed is not usable")
    assert error.endswith(".")
    assert "\n" not in error
    names = [tenant["name"] for tenant in mock.control("GET", "/state").json()["tenants"]]
    assert names == ["finance", "basic", "off"]


def test_the_journal_records_requests(mock: Mock, tenant_admin: Client) -> None:
    start = time.time()
    tenant_admin.get(f"{T}/namespaces", sortType="name")
    tenant_admin.head(f"{T}/namespaces/absent")
    mock.client("basic", "nobody").get("/tenants/basic")
    first, second, third = mock.journal()
    assert first.pop("time") >= start
    connection = first.pop("connection")
    assert first == {
        "seq": 1 + second["seq"] - 2,
        "interface": "mapi",
        "method": "GET",
        "host": "finance.hcp.example.com",
        "path": f"/mapi{T}/namespaces",
        "query": "sortType=name",
        "status": 200,
        "user": "boss",
        "operation": None,
        "fault": None,
    }
    assert (second["status"], second["connection"]) == (302, connection)
    assert (third["status"], third["user"]) == (403, "nobody")
    assert mock.control("DELETE", "/journal").status_code == 200
    assert mock.journal() == []


def test_no_secret_is_ever_shown(mock: Mock, tenant_admin: Client, system_admin: Client) -> None:
    secret = "Sup3r-s3cret/+?"
    user = {
        "username": "kim",
        "fullName": "kim",
        "enabled": True,
        "localAuthentication": True,
        "forcePasswordChange": False,
    }
    users = f"{T}/userAccounts"
    assert tenant_admin.put(users, user, password=secret) == 200
    assert tenant_admin.post(f"{users}/kim", {}, password=secret, other="1") == 200
    assert tenant_admin.call("POST", f"{users}/kim?pass%77ord={secret}", {}).status_code == 200
    assert tenant_admin.post(f"{users}/kim/changePassword", {"newPassword": secret}) == 200
    body = {"webdavBasicAuthUsername": "dav", "webdavBasicAuthPassword": secret}
    assert tenant_admin.post(f"{T}/namespaces/cloud/protocols/http", body) == 200
    mock.client("finance", "kim", secret).get(T)
    new = {"name": "new", "hardQuota": "1 TB"}
    assert system_admin.put("/tenants", new, username="first", password=secret) == 200
    assert system_admin.post(users, {}, resetPasswords=secret) == 200
    journal, state = mock.control("GET", "/journal").text, mock.control("GET", "/state").text
    digests = [token("x", text).partition(":")[2] for text in (secret, PASSWORD, "Hcp-Mock-1")]
    for text in (journal, state):
        assert "s3cret" not in text
        assert PASSWORD not in text
        assert not any(digest in text for digest in digests)
    assert "password=***&other=1" in journal
    assert "resetPasswords=***" in journal


def test_a_fault_replaces_the_response(mock: Mock, tenant_admin: Client) -> None:
    number = mock.fault(
        {"method": "put", "path": "/tenants/*/namespaces"},
        status=503,
        headers={"X-HCP-ErrorMessage": "The system is being upgraded.", "Retry-After": "1"},
        body="busy",
    )
    assert tenant_admin.get(f"{T}/namespaces").status_code == 200
    answer = tenant_admin.call("PUT", f"{T}/namespaces", {"name": "new"})
    assert (answer.status_code, answer.text) == (503, "busy")
    assert answer.headers["X-HCP-ErrorMessage"] == "The system is being upgraded."
    assert tenant_admin.get(f"{T}/namespaces/new").status_code == 404
    assert tenant_admin.put(f"{T}/namespaces", {"name": "new"}) == 200
    (entry,) = [entry for entry in mock.journal() if entry["fault"]]
    assert entry["fault"]["id"] == number
    assert (entry["status"], entry["fault"]["status"]) == (503, 503)


def test_a_fault_can_carry_the_request_out(mock: Mock, tenant_admin: Client) -> None:
    mock.fault({"method": "PUT"}, status=500, carry_out=True)
    assert tenant_admin.put(f"{T}/namespaces", {"name": "new"}) == 500
    assert tenant_admin.put(f"{T}/namespaces", {"name": "new"}) == 409


def test_faults_hit_the_nth_request_and_as_many_as_wanted(mock: Mock, tenant_admin: Client) -> None:
    mock.fault({"nth": 2, "times": 2}, status=500)
    assert [tenant_admin.get(T).status_code for _unused in range(5)] == [200, 500, 500, 200, 200]
    mock.control("DELETE", "/faults")
    mock.fault({"times": None, "path": "^/tenants/f[a-z]+$"}, status=500)
    assert [tenant_admin.get(T).status_code for _unused in range(3)] == [500, 500, 500]
    assert tenant_admin.get(f"{T}/namespaces").status_code == 200


def test_faults_are_found_by_host(mock: Mock, tenant_admin: Client, basic_admin: Client) -> None:
    number = mock.fault({"host": "basic.*", "times": None}, status=500)
    assert tenant_admin.get(T).status_code == 200
    assert basic_admin.get("/tenants/basic").status_code == 500
    assert mock.control("DELETE", f"/faults/{number}").status_code == 200
    assert mock.control("DELETE", f"/faults/{number}").status_code == 404
    assert basic_admin.get("/tenants/basic").status_code == 200


def test_only_one_fault_applies_to_a_request(mock: Mock, tenant_admin: Client) -> None:
    mock.fault({}, status=500)
    mock.fault({}, status=503)
    assert [tenant_admin.get(T).status_code for _unused in range(3)] == [500, 503, 200]


def test_delay(mock: Mock, tenant_admin: Client) -> None:
    mock.fault({}, delay=0.3)
    start = time.monotonic()
    assert tenant_admin.get(T).status_code == 200
    assert time.monotonic() - start >= 0.3


def _once(mock: Mock, method: str, path: str, body: Any = None) -> requests.Response:
    """Send a request on its own connection, so that it is not retried."""
    with requests.Session() as session:
        session.trust_env = False
        return Client(mock.url, mock.ca, session, "finance", "boss").call(method, path, body)


def test_a_connection_can_be_cut_before_anything_happens(mock: Mock, tenant_admin: Client) -> None:
    mock.fault({"method": "PUT"}, cut="before")
    with pytest.raises(CONNECTION_ERRORS):
        _once(mock, "PUT", f"{T}/namespaces", {"name": "new"})
    assert tenant_admin.get(f"{T}/namespaces/new").status_code == 404
    entry = mock.journal()[0]
    assert (entry["status"], entry["fault"]["cut"]) == (None, "before")


def test_a_connection_can_be_cut_after_the_fact(mock: Mock, tenant_admin: Client) -> None:
    mock.fault({"method": "PUT"}, cut="after")
    with pytest.raises(CONNECTION_ERRORS):
        _once(mock, "PUT", f"{T}/namespaces", {"name": "new"})
    assert tenant_admin.get(f"{T}/namespaces/new").status_code == 200


@pytest.mark.parametrize(("when", "status"), [("before", 404), ("after", 200)])
def test_a_response_can_be_held_back(
    mock: Mock, tenant_admin: Client, when: str, status: int
) -> None:
    mock.fault({"method": "PUT"}, hold=when)
    with requests.Session() as session:
        session.trust_env = False
        waiting = Client(mock.url, mock.ca, session, "finance", "boss", timeout=0.5)
        with pytest.raises(requests.exceptions.ReadTimeout):
            waiting.put(f"{T}/namespaces", {"name": "new"})
    assert tenant_admin.get(f"{T}/namespaces/new").status_code == status


def test_a_kept_connection_can_be_cut(mock: Mock, tenant_admin: Client) -> None:
    tenant_admin.get(T)
    mock.fault({}, cut="before")
    with pytest.raises(CONNECTION_ERRORS):
        tenant_admin.get(T)
    assert tenant_admin.get(T).status_code == 200
    connections = [entry["connection"] for entry in mock.journal()]
    assert connections[0] == connections[1] != connections[2]


def test_a_response_can_be_truncated(mock: Mock, tenant_admin: Client) -> None:
    mock.fault({"times": 2}, truncate=True)
    with pytest.raises(CONNECTION_ERRORS):
        _once(mock, "GET", T)
    with pytest.raises(CONNECTION_ERRORS):
        _once(mock, "POST", T, {})
    assert tenant_admin.get(T).status_code == 200


def test_a_connection_can_be_reset(mock: Mock, tenant_admin: Client) -> None:
    for fault in ({"cut": "before"}, {"truncate": True}):
        mock.fault({}, **fault, reset=True)
        with pytest.raises(CONNECTION_ERRORS) as broken:
            _once(mock, "GET", T)
        assert "Connection reset by peer" in str(broken.value)


def test_a_response_can_be_sent_slowly(mock: Mock, tenant_admin: Client) -> None:
    expected = tenant_admin.get(T).content
    mock.fault({"times": 2}, drip=0.001)
    assert tenant_admin.get(T).content == expected
    answer = _once(mock, "POST", T, {"tenantVisibleDescription": "late"})
    assert answer.content == b" " * 64
    assert tenant_admin.read(T)["tenantVisibleDescription"] == "late"


def test_a_response_can_have_other_headers(mock: Mock, tenant_admin: Client) -> None:
    expected = tenant_admin.get(T)
    mock.fault({}, headers={"content-type": "text/plain", "X-More": "1"})
    answer = tenant_admin.get(T)
    assert (answer.content, answer.headers["Content-Type"]) == (expected.content, "text/plain")
    assert "X-More" in answer.headers


def test_a_fault_can_count_for_each_path(mock: Mock, tenant_admin: Client) -> None:
    mock.fault({"per_path": True}, status=503)
    paths = [T, f"{T}/namespaces", T, f"{T}/namespaces"]
    assert [tenant_admin.get(path).status_code for path in paths] == [503, 503, 200, 200]
    (fault,) = mock.control("GET", "/faults").json()["faults"]
    assert (fault["seen"], fault["hits"]) == (4, 2)


@pytest.mark.parametrize(
    "fault",
    [
        {},
        {"action": {"status": 500, "reset": True}},
        {"action": {"drip": 0}},
        {"action": {"drip": 1, "truncate": True}},
        {"action": {}},
        {"action": {"status": 99}},
        {"action": {"status": 500, "cut": "before"}},
        {"action": {"cut": "middle"}},
        {"action": {"status": 500}, "match": {"path": "^("}},
        {"action": {"status": 500}, "match": {"nth": 0}},
        {"action": {"status": 500}, "match": {"color": "red"}},
        [],
    ],
)
def test_bad_faults(mock: Mock, fault: Any) -> None:
    answer = mock.control("POST", "/faults", fault)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("The fault is not usable")


def test_the_clock(mock: Mock, tenant_admin: Client) -> None:
    assert mock.control("POST", "/clock", {"advance": 86400 * 400}).status_code == 200
    assert tenant_admin.put(f"{T}/namespaces", {"name": "later"}) == 200
    document = tenant_admin.read(f"{T}/namespaces/later", verbose="true")
    assert int(document["creationTime"][:4]) > time.gmtime().tm_year
    assert mock.control("POST", "/clock", {"advance": "soon"}).status_code == 400


def test_control_needs_no_credentials_and_no_host(mock: Mock) -> None:
    headers = {"Host": "whatever.example.org", "Authorization": "HCP rubbish"}
    answer = mock.session.get(f"{mock.url}/_mock/health", headers=headers, verify=mock.ca)
    assert json.loads(answer.text)["status"] == "ok"
    assert mock.session.get(f"{mock.url}/elsewhere", verify=mock.ca).status_code == 404
