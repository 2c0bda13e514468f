"""Hosts, credentials, methods, media types and headers of all resources."""

from __future__ import annotations

import http.client
import ssl

import pytest
import requests
from defusedxml.ElementTree import fromstring

from .conftest import DOMAIN, PASSWORD, Client, Mock, token

TENANT = "/tenants/finance"
NAMESPACE = "/tenants/finance/namespaces/cloud"


def test_xml_is_the_default(tenant_admin: Client) -> None:
    for accept in (None, "*/*", "application/*", "application/xml"):
        answer = tenant_admin.call("GET", TENANT, headers={"Accept": accept})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/xml"
        assert answer.text.startswith(
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><tenant>'
        )


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("APPLICATION/JSON; charset=utf-8", 200),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", 200),
        ("text/plain", 415),
        ("text/csv", 415),
        ("application/pdf", 415),
        ("application/nonsense", 400),
        ("nonsense", 400),
    ],
)
def test_accept(tenant_admin: Client, accept: str, status: int) -> None:
    assert tenant_admin.call("GET", TENANT, headers={"Accept": accept}).status_code == status


def test_accept_prefers_the_better_quality(tenant_admin: Client) -> None:
    answer = tenant_admin.call(
        "GET", TENANT, headers={"Accept": "application/xml;q=0.1, application/json"}
    )
    assert answer.headers["Content-Type"] == "application/json"


def test_javascript_is_json_in_a_callback(tenant_admin: Client) -> None:
    answer = tenant_admin.call("GET", TENANT, headers={"Accept": "application/javascript"})
    assert answer.text.startswith("callback({")


@pytest.mark.parametrize(
    ("media_type", "status"),
    [
        (None, 415),
        ("application/xml; charset=UTF-8", 200),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("application/nonsense", 400),
    ],
)
def test_content_type(tenant_admin: Client, media_type: str | None, status: int) -> None:
    answer = tenant_admin.call("POST", TENANT, b"<tenant/>", headers={"Content-Type": media_type})
    assert answer.status_code == status


def test_a_body_without_content_type_is_refused_everywhere(tenant_admin: Client) -> None:
    for method in ("GET", "DELETE"):
        assert (
            tenant_admin.call(method, NAMESPACE, b"x", headers={"Content-Type": None}).status_code
            == 415
        )


@pytest.mark.parametrize(
    "body",
    [
        "<tenant>",
        "<tenant><name>x</name>",
        "not xml",
        "<!DOCTYPE t [<!ENTITY e 'x'>]><tenant><servicePlan>&e;</servicePlan></tenant>",
        "<tenants/>",
        "<tenant>stray</tenant>",
        "<tenant><snmpLoggingEnabled>true</snmpLoggingEnabled><snmpLoggingEnabled>true</snmpLoggingEnabled></tenant>",
    ],
)
def test_broken_xml_is_a_bad_request(tenant_admin: Client, body: str) -> None:
    assert tenant_admin.post(TENANT, body) == 400


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b'{"snmpLoggingEnabled": true, "snmpLoggingEnabled": true}',
        b'{"tenantVisibleDescription": null}',
        b'{"tenantVisibleDescription": 3}',
        b'{"tenant": {}}',
        b"\xff",
    ],
)
def test_broken_json_is_a_bad_request(tenant_admin: Client, body: bytes) -> None:
    answer = tenant_admin.call("POST", TENANT, body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400


def test_a_modification_needs_a_document(tenant_admin: Client) -> None:
    assert tenant_admin.post(TENANT, None) == 400
    assert tenant_admin.post(TENANT, {}) == 200
    assert tenant_admin.post(TENANT, "<tenant/>") == 200


def test_writes_have_an_empty_response(tenant_admin: Client) -> None:
    answer = tenant_admin.call("POST", TENANT, {"snmpLoggingEnabled": True})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == "0"


FIXED = {
    "Pragma": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Download-Options": "noopen",
    "X-Frame-Options": "SAMEORIGIN",
    "X-XSS-Protection": "1; mode=block",
}


def test_headers_of_every_response(tenant_admin: Client) -> None:
    for answer in (tenant_admin.get(TENANT), tenant_admin.get(f"{TENANT}/nothing")):
        assert FIXED.items() <= dict(answer.headers).items()
        assert answer.headers["X-HCP-SoftwareVersion"].startswith("9.7.0.")
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
        assert "JSESSIONID" in answer.headers["Set-Cookie"]


def test_errors_have_no_caching_headers(tenant_admin: Client) -> None:
    good, bad = tenant_admin.get(TENANT), tenant_admin.get("/nothing")
    assert good.headers["Cache-Control"] == "no-cache,no-store,must-revalidate"
    assert good.headers["Expires"] == "Thu, 01 Jan 1970 00:00:00 GMT"
    assert "Cache-Control" not in bad.headers
    assert "Expires" not in bad.headers
    assert bad.content == b""


def test_error_message_names_the_parameter(tenant_admin: Client) -> None:
    body = {
        "username": "x", "fullName": "x", "enabled": True,
        "forcePasswordChange": False, "localAuthentication": True,
    }  # fmt: skip
    answer = tenant_admin.call("PUT", f"{TENANT}/userAccounts", body)
    assert answer.status_code == 400
    assert answer.headers["X-HCP-ErrorMessage"] == "'password' parameter is required."


def test_cookie_compatibility(tenant_admin: Client) -> None:
    old = tenant_admin.call("GET", TENANT, headers={"X-HCP-CookieCompatibility": "RFC2109"})
    assert "Version=1" in old.headers["Set-Cookie"]
    assert "Version=1" not in tenant_admin.get(TENANT).headers["Set-Cookie"]


@pytest.mark.parametrize(
    "value",
    [
        None,
        "Basic Ym9zczpXaW50ZXItNDItRWxr",
        token("boss", PASSWORD),
        f"HCP {token('boss', 'wrong')}",
        f"HCP {token('nobody', PASSWORD)}",
        "HCP rubbish",
        "HCP %%%:bff79c165a52f4f8c81da31afe21b2b1",
        "Negotiate abc",
        f"hcp {token('boss', PASSWORD)}",
    ],
)
def test_bad_credentials_are_forbidden(tenant_admin: Client, value: str | None) -> None:
    for method in ("GET", "HEAD"):
        answer = tenant_admin.call(method, TENANT, headers={"Authorization": value})
        assert answer.status_code == 403
        assert "X-HCP-ErrorMessage" not in answer.headers


def test_the_digest_may_be_in_upper_case(tenant_admin: Client) -> None:
    name, _unused, digest = token("boss", PASSWORD).partition(":")
    value = f"HCP {name}:{digest.upper()}"
    assert tenant_admin.call("GET", TENANT, headers={"Authorization": value}).status_code == 200


def test_usernames_and_passwords_outside_ascii(mock: Mock) -> None:
    mock.seed_tenant(users=[{"username": "Jürgen", "password": "pä55 wörd", "roles": ["MONITOR"]}])
    client = mock.client("finance", "jürgen", "pä55 wörd")
    assert token("Jürgen", "pä55 wörd") == "SsO8cmdlbg==:1489f612bba00c9da96926be51a54ed5"
    assert client.get(TENANT).status_code == 200


def test_deprecated_cookie(tenant_admin: Client) -> None:
    for value in (token("boss", PASSWORD), f"HCP {token('boss', PASSWORD)}"):
        headers = {"Authorization": None, "Cookie": f"x=y; hcp-api-auth={value}"}
        assert tenant_admin.call("GET", TENANT, headers=headers).status_code == 200


def test_directory_users_act_through_their_groups(tenant_admin: Client) -> None:
    headers: dict[str, str | None] = {"Authorization": "AD kim@ad.example.com:Owl 7: eyes"}
    answer = tenant_admin.call("GET", TENANT, headers=headers)
    assert answer.status_code == 200
    assert tenant_admin.call("POST", TENANT, {}, headers=headers).status_code == 403
    cookie = next(
        part for part in answer.headers["Set-Cookie"].replace(",", ";").split(";") if "HCAP" in part
    )
    headers = {"Authorization": None, "Cookie": cookie.strip()}
    assert tenant_admin.call("GET", TENANT, headers=headers).status_code == 200


def test_directory_users_need_their_password_and_a_group(
    tenant_admin: Client, basic_admin: Client
) -> None:
    headers = {"Authorization": "AD kim@ad.example.com:wrong"}
    assert tenant_admin.call("GET", TENANT, headers=headers).status_code == 403
    headers = {"Authorization": "AD kim@ad.example.com:Owl 7: eyes"}
    assert basic_admin.call("GET", "/tenants/basic", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "host",
    [
        "finance",
        "example.com",
        "x.finance.hcp.example.com",
        "nobody.hcp.example.com",
        "127.0.0.1",
        "",
    ],
)
def test_unknown_hosts_are_forbidden(tenant_admin: Client, host: str) -> None:
    assert tenant_admin.call("GET", TENANT, headers={"Host": host}).status_code == 403


def test_the_host_may_carry_a_port_and_any_case(tenant_admin: Client) -> None:
    for host in (f"finance.{DOMAIN}:9090", f"FINANCE.{DOMAIN.upper()}", f"finance.{DOMAIN}"):
        assert tenant_admin.call("GET", TENANT, headers={"Host": host}).status_code == 200


def test_accounts_belong_to_their_host(mock: Mock, tenant_admin: Client) -> None:
    assert mock.client("admin", "boss").get(TENANT).status_code == 403
    assert mock.client("basic", "boss").get(TENANT).status_code == 403
    assert mock.client("basic", "admin", "Hcp-Mock-1").get("/tenants/basic").status_code == 403
    assert mock.client("finance", "admin", "Hcp-Mock-1").get(TENANT).status_code == 200


def test_system_resources_are_for_the_admin_host(mock: Mock, tenant_admin: Client) -> None:
    assert tenant_admin.get("/tenants").status_code == 403
    assert tenant_admin.get("/userAccounts").status_code == 403
    assert mock.client("finance", "admin", "Hcp-Mock-1").get("/tenants").status_code == 403


def test_mapi_can_be_off(mock: Mock, system_admin: Client) -> None:
    answer = mock.client("off", "boss").get("/tenants/off")
    assert answer.status_code == 403
    assert "not enabled" in answer.headers["X-HCP-ErrorMessage"]
    assert mock.client("off", "boss").head("/tenants/off") == 403
    assert system_admin.get("/tenants/off").status_code == 200
    mock.seed(system={"mapiEnabled": False})
    assert system_admin.get("/tenants").status_code == 403


def test_head_does_not_distinguish_absent_from_forbidden(mock: Mock, tenant_admin: Client) -> None:
    assert tenant_admin.head(NAMESPACE) == 200
    assert tenant_admin.head(f"{TENANT}/namespaces/absent") == 302
    assert tenant_admin.head("/tenants/basic") == 302
    assert mock.client("finance", "none").head(TENANT) == 302
    answer = tenant_admin.call("HEAD", f"{TENANT}/userAccounts/absent")
    assert "Location" not in answer.headers


def test_head_works_wherever_get_does(tenant_admin: Client) -> None:
    for path in (TENANT, f"{TENANT}/userAccounts", f"{NAMESPACE}/protocols/http"):
        answer = tenant_admin.call("HEAD", path)
        assert (answer.status_code, answer.content) == (200, b"")


def test_methods_that_a_resource_lacks(tenant_admin: Client, system_admin: Client) -> None:
    assert tenant_admin.status("PUT", NAMESPACE, {"name": "cloud"}) == 405
    assert tenant_admin.status("DELETE", f"{NAMESPACE}/permissions") == 405
    assert tenant_admin.status("POST", f"{TENANT}/cors", {}) == 405
    answer = tenant_admin.call("DELETE", f"{NAMESPACE}/protocols/http")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS,HEAD,POST,GET")


def test_unknown_paths(tenant_admin: Client) -> None:
    for path in (
        "/nothing",
        f"{NAMESPACE}/protocols/HTTP",
        f"{NAMESPACE}/protocols/ftp",
        "/Tenants",
    ):
        assert tenant_admin.get(path).status_code == 404


def test_names_in_paths_ignore_case_and_keep_their_spelling(tenant_admin: Client) -> None:
    document = tenant_admin.read("/tenants/FINANCE/namespaces/CLOUD")
    assert document["name"] == "cloud"


def test_names_in_paths_are_percent_decoded(mock: Mock, tenant_admin: Client) -> None:
    mock.seed_tenant(users=[{"username": "a/b c+d%é", "password": PASSWORD}])
    path = f"{TENANT}/userAccounts/a%2Fb%20c%2Bd%25%c3%A9"
    assert tenant_admin.read(path)["username"] == "a/b c+d%é"


@pytest.mark.parametrize("segment", ["%zz", "%4", "%ff"])
def test_malformed_paths(mock: Mock, segment: str) -> None:
    target = mock.url.replace("https://", "")
    host, _unused, port = target.partition(":")
    context = ssl.create_default_context(cafile=mock.ca)
    connection = http.client.HTTPSConnection(host, int(port), context=context)
    headers = {"Host": f"finance.{DOMAIN}", "Authorization": f"HCP {token('boss', PASSWORD)}"}
    connection.request("GET", f"/mapi/tenants/{segment}", headers=headers)
    assert connection.getresponse().status == 400
    connection.close()


def test_long_paths(tenant_admin: Client) -> None:
    longest = "/" + "x" * 4094
    assert tenant_admin.get(longest).status_code == 404
    assert tenant_admin.get(longest + "x").status_code == 414
    assert tenant_admin.get(longest, filterString="y" * 500).status_code == 404


def test_options_describes_the_resource(tenant_admin: Client) -> None:
    answer = tenant_admin.call("OPTIONS", NAMESPACE, headers={"Accept": "nonsense"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/vnd.sun.wadl+xml"
    assert answer.headers["Allow"] == "OPTIONS,HEAD,POST,GET,DELETE"
    root = fromstring(answer.text)
    assert root.tag == "{http://research.sun.com/wadl/2006/10}application"
    assert tenant_admin.call("OPTIONS", "/nothing").status_code == 404


def test_unknown_parameters_and_bad_flags_are_ignored(tenant_admin: Client) -> None:
    assert "id" not in tenant_admin.read(NAMESPACE, verbose="yes", debug="true")
    assert "id" in tenant_admin.read(NAMESPACE, verbose="true")
    assert "id" not in tenant_admin.read(NAMESPACE, VERBOSE="true")


def test_prettyprint_indents(tenant_admin: Client) -> None:
    for query in ("prettyprint", "prettyprint="):
        assert b"\n" in tenant_admin.call("GET", f"{NAMESPACE}?{query}").content
    assert b"\n" not in tenant_admin.get(NAMESPACE).content


def test_keep_alive_is_one_connection(mock: Mock, tenant_admin: Client) -> None:
    for _unused in range(3):
        tenant_admin.get(TENANT)
    assert len({entry["connection"] for entry in mock.journal()}) == 1
    with requests.Session() as other:
        Client(mock.url, mock.ca, other, "finance", "boss").get(TENANT)
    assert len({entry["connection"] for entry in mock.journal()}) == 2


def test_many_connections(mock: Mock) -> None:
    sessions = [requests.Session() for _unused in range(8)]
    for session in sessions:
        assert Client(mock.url, mock.ca, session, "finance", "boss").get(TENANT).status_code == 200
    for session in sessions:
        session.close()
    assert len({entry["connection"] for entry in mock.journal()}) == 8
