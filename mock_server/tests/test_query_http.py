"""Metadata queries over HTTP: formats, headers, accounts, hosts, errors."""

from __future__ import annotations

import gzip
import json
import ssl
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPSConnection
from typing import Any

import pytest

from .conftest import DOMAIN, Mock
from .query import Searcher, searchable
from .s3 import Wire

ALL = {"object": {"query": "*:*"}}
XML_ALL = "<queryRequest><object><query>*:*</query></object></queryRequest>"
EPOCH = "Thu, 01 Jan 1970 00:00:00 GMT"


@pytest.fixture
def docs(mock: Mock) -> str:
    return searchable(mock, objects={"a/one.txt": "1", "a/two.txt": "22"})


@pytest.fixture
def tenant_admin(mock: Mock, docs: str) -> Searcher:
    return Searcher(mock)


def grant(mock: Mock, user: str, *permissions: str, namespace: str = "docs") -> None:
    rows = [{"namespaceName": namespace, "permissions": list(permissions)}]
    mock.seed_tenant(users=[{"username": user, "dataAccessPermissions": rows}])


@pytest.mark.parametrize("body", [ALL, XML_ALL])
@pytest.mark.parametrize("accept", ["application/json", "application/xml"])
def test_formats_of_request_and_response_are_independent(
    tenant_admin: Searcher, body: Any, accept: str
) -> None:
    answer = tenant_admin.send(body, {"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == accept
    assert answer.headers["Transfer-Encoding"] == "chunked"
    assert answer.headers["Expires"] == EPOCH
    assert answer.headers["Content-Encoding"] == "gzip"
    assert ("<queryResult " in answer.text) == (accept == "application/xml")


def test_xml_response(tenant_admin: Searcher) -> None:
    body = XML_ALL.replace("</query>", "</query><objectProperties>size,hold</objectProperties>")
    answer = tenant_admin.send(body, {"Accept": "application/xml"})
    assert answer.text.startswith("<?xml version='1.0' encoding='UTF-8'?>\n<queryResult ")
    assert 'xsi:noNamespaceSchemaLocation="/static/xsd/query-result-9.0.xsd"' in answer.text
    root = tenant_admin.xml(body)
    assert [child.tag for child in root] == ["query", "resultSet", "status"]
    assert root.findtext("query/expression") == "*:*"
    row = root.findall("resultSet/object")[0].attrib
    assert row["urlName"] == f"https://docs.finance.{DOMAIN}/rest/a/one.txt"
    assert (row["operation"], row["hold"], row["size"]) == ("CREATED", "false", "1")
    status = root.find("status")
    assert status is not None
    assert dict(status.attrib) == {
        "totalResults": "2",
        "results": "2",
        "message": "",
        "code": "COMPLETE",
    }


def test_the_response_is_compressed_on_request(tenant_admin: Searcher) -> None:
    # Only the standard library can omit the header.
    trust = ssl.create_default_context(cafile=tenant_admin.mock.ca)
    port = tenant_admin.mock.facts["data_port"]
    with closing(HTTPSConnection(f"finance.{DOMAIN}", port, context=trust, timeout=20)) as plain:
        plain.putrequest("POST", "/query", skip_accept_encoding=True)
        for name in ("Authorization", "Accept", "Content-Type"):
            plain.putheader(name, tenant_admin.send(ALL).request.headers[name])
        plain.putheader("Content-Length", str(len(json.dumps(ALL))))
        plain.endheaders(json.dumps(ALL).encode())
        answer = plain.getresponse()
        assert (answer.status, answer.getheader("Content-Encoding")) == (200, None)
        assert json.loads(answer.read())["queryResult"]["status"]["results"] == 2
    assert tenant_admin.send(ALL, {"Accept-Encoding": "*"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Accept": None}, 406),
        ({"Accept": "*/*"}, 406),
        ({"Accept": "text/html"}, 406),
        ({"Accept": "text/html, application/xml;q=0.5"}, 200),
        ({"Accept-Encoding": "identity"}, 406),
        ({"Accept-Encoding": "deflate"}, 406),
        ({"Accept-Encoding": "gzip;q=0"}, 406),
        ({"Accept-Encoding": "deflate, gzip"}, 200),
        ({"Content-Type": None}, 415),
        ({"Content-Type": "text/xml"}, 415),
        ({"Content-Type": "application/json; charset=UTF-8"}, 200),
        ({"Content-Encoding": "bzip2"}, 415),
        ({"Content-Encoding": "identity"}, 415),
        ({"Authorization": None}, 403),
        ({"Authorization": "HCP nonsense"}, 403),
        ({"Host": f"nobody.{DOMAIN}"}, 403),
        ({"Host": "finance.other.example.com"}, 403),
    ],
)
def test_headers(tenant_admin: Searcher, headers: dict[str, str | None], status: int) -> None:
    assert tenant_admin.send(ALL, headers).status_code == status


def pieces(content: bytes) -> Iterator[bytes]:
    yield content


def test_compressed_requests(tenant_admin: Searcher) -> None:
    packed = gzip.compress(XML_ALL.encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/xml"}
    assert tenant_admin.send(pieces(packed), headers).status_code == 200
    # Only in chunks, and only valid ones.
    assert tenant_admin.send(packed, headers).status_code == 400
    assert tenant_admin.send(pieces(XML_ALL.encode()), headers).status_code == 400
    assert tenant_admin.send(pieces(packed[:-9]), headers).status_code == 400
    bomb = gzip.compress(b" " * 10000)
    assert tenant_admin.send(pieces(bomb), headers).status_code == 413


def test_a_query_has_8_kilobytes(tenant_admin: Searcher) -> None:
    fits = XML_ALL + " " * (8192 - len(XML_ALL))
    assert tenant_admin.status(fits) == 200
    assert tenant_admin.status(fits + " ") == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/query?prettyprint", 200),
        ("/query?prettyprint=true", 200),
        ("/query?verbose=true", 400),
        ("/query?prettyprint&x", 400),
        ("/Query", 403),
        ("/query/", 403),
    ],
)
def test_urls(tenant_admin: Searcher, path: str, status: int) -> None:
    assert tenant_admin.send(ALL, path=path).status_code == status


def test_pretty_responses(tenant_admin: Searcher) -> None:
    plain, pretty = tenant_admin.send(ALL), tenant_admin.send(ALL, path="/query?prettyprint")
    assert "\n" not in plain.text
    assert "\n" in pretty.text
    assert plain.json() == pretty.json()
    xml = tenant_admin.send(ALL, {"Accept": "application/xml"}, path="/query?prettyprint").text
    assert "\n  <resultSet>\n" in xml


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_only_post(tenant_admin: Searcher, method: str) -> None:
    answer = tenant_admin.send(None, method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<queryRequest>",
        "<query/>",
        "<queryRequest><object/></queryRequest>",
        "<queryRequest><object><query>*:*</query><x/></object></queryRequest>",
        "<queryRequest><object><query>*:*</query><query>*:*</query></object></queryRequest>",
        "<queryRequest><object><query>*:*</query></object><operation/></queryRequest>",
        "<queryRequest><operation><count>-2</count></operation></queryRequest>",
        b'"text"',
        b"[]",
        b"{",
        b'{"object": {"query": "\xff"}}',
        {"object": {"query": "*:*", "count": 10001}},
        {"object": {"query": "*:*", "count": -2}},
        {"object": {"query": "*:*", "count": "many"}},
        {"object": {"query": "*:*", "offset": 100001}},
        {"object": {"query": "*:*", "offset": -1}},
        {"object": {"query": "*:*", "verbose": "yes"}},
        {"object": {"query": "*:*", "verbose": 1}},
        {"object": {"query": "*:*", "facets": ["hold"]}},
        {"object": {"query": "*:*", "objectProperties": ["size"]}},
        {"object": {"query": "*:*", "objectProperties": "nonsense"}},
        {"object": {"query": "*:*", "objectProperties": "aclGrant"}},
        {"object": {"query": None}},
        {"objects": {"query": "*:*"}},
        {"operation": {"sort": "size"}},
        {"operation": {"systemMetadata": {"namespaces": ["docs.finance"]}}},
        {"operation": {"systemMetadata": {"namespaces": {"namespace": "docs.finance"}}}},
        {"operation": {"systemMetadata": {"directories": {"directory": ["a"]}}}},
        {"operation": {"systemMetadata": {"transactions": {"transaction": ["CREATE"]}}}},
        {"operation": {"systemMetadata": {"transactions": {"transaction": ["create"] * 6}}}},
        {"operation": {"systemMetadata": {"changeTime": {"start": "2024-01-01"}}}},
        {"operation": {"systemMetadata": {"changeTime": {"start": "2024-13-01T00:00:00+0000"}}}},
        {"operation": {"lastResult": {"urlName": "https://x/rest/a"}}},
    ],
)
def test_bad_bodies(tenant_admin: Searcher, body: Any) -> None:
    answer = tenant_admin.send(body)
    assert answer.status_code == 400
    assert answer.headers["X-HCP-ErrorMessage"]
    assert answer.content == b""


def test_numbers_and_booleans_may_be_quoted(tenant_admin: Searcher) -> None:
    quoted = {"query": "*:*", "count": "1", "offset": "1", "verbose": "true"}
    result = tenant_admin.ask({"object": quoted})
    assert [row["utf8Name"] for row in result["resultSet"]] == ["two.txt"]


def test_the_permission_to_search_opens_a_namespace(mock: Mock, docs: str) -> None:
    for user in ("a", "none"):
        assert Searcher(mock, user=user).objects("*:*")["status"]["totalResults"] == 0
    named = {"operation": {"systemMetadata": {"namespaces": {"namespace": ["docs.finance"]}}}}
    grant(mock, "none", "READ", "WRITE", "DELETE")
    assert Searcher(mock, user="none").objects("*:*")["status"]["totalResults"] == 0
    assert Searcher(mock, user="none").status(named) == 403
    assert Searcher(mock, user="none").operations()["resultSet"] == []
    grant(mock, "none", "SEARCH")
    assert Searcher(mock, user="none").objects("*:*")["status"]["totalResults"] == 2
    assert Searcher(mock, user="none").status(named) == 200
    assert len(Searcher(mock, user="none").operations()["resultSet"]) == 2


@pytest.mark.parametrize("holder", ["tenant", "namespace"])
def test_masks_take_the_permission_away(mock: Mock, tenant_admin: Searcher, holder: str) -> None:
    mask = ["READ", "WRITE", "DELETE"]
    if holder == "tenant":
        mock.seed_tenant(permissions=mask)
    else:
        mock.seed_namespace("docs", permissions=mask)
    assert tenant_admin.objects("*:*")["status"]["totalResults"] == 0


def test_search_and_indexing_have_to_be_enabled(mock: Mock, tenant_admin: Searcher) -> None:
    named = {"operation": {"systemMetadata": {"namespaces": {"namespace": ["docs.finance"]}}}}
    mock.seed_namespace("docs", indexingEnabled=False)
    assert tenant_admin.objects("*:*")["status"]["totalResults"] == 0
    assert len(tenant_admin.operations()["resultSet"]) == 2
    mock.seed_namespace("docs", indexingEnabled=True, searchEnabled=False)
    assert tenant_admin.objects("*:*")["status"]["totalResults"] == 0
    assert tenant_admin.operations()["resultSet"] == []
    assert tenant_admin.status(named) == 403


def test_accounts_that_cannot_log_in(mock: Mock, tenant_admin: Searcher) -> None:
    assert Searcher(mock, password="wrong").status(ALL) == 403
    assert Searcher(mock, user="unknown").status(ALL) == 403
    mock.seed_tenant(users=[{"username": "boss", "enabled": False}])
    assert tenant_admin.status(ALL) == 403


def test_the_switch_of_the_management_api_does_not_matter(
    mock: Mock, tenant_admin: Searcher
) -> None:
    mock.seed_tenant(mapiEnabled=False)
    mock.seed(system={"mapiEnabled": False})
    assert tenant_admin.status(ALL) == 200


def test_system_level_accounts_need_the_search_role(mock: Mock, docs: str) -> None:
    for label in ("admin", "finance"):
        assert Searcher(mock, label, "sys-a").status(ALL) == 403
        assert len(Searcher(mock, label, "sys-none").found("*:*")) == 2
    # Accounts of tenants cannot use the host of the system.
    assert Searcher(mock, "admin", "boss").status(ALL) == 403


def test_the_admin_host_covers_all_tenants_that_admit_system_accounts(
    mock: Mock, docs: str
) -> None:
    searchable(mock, "letters", "basic", objects={"b/x": "1"})
    system = Searcher(mock, "admin", "sys-none")
    assert system.found("*:*") == {"a/one.txt", "a/two.txt"}
    assert Searcher(mock, "basic", "sys-none").status(ALL) == 403
    mock.seed_tenant("basic", administrationAllowed=True)
    assert system.found("*:*") == {"a/one.txt", "a/two.txt", "b/x"}
    assert system.found('namespace:"Letters.BASIC"') == {"b/x"}
    assert Searcher(mock, "basic").found("*:*") == {"b/x"}
    mock.seed_tenant("basic", permissions=["READ"])
    assert system.found("*:*") == {"a/one.txt", "a/two.txt"}


def test_active_directory_users_search_through_their_groups(mock: Mock, docs: str) -> None:
    rows = [{"namespaceName": "docs", "permissions": ["SEARCH"]}]
    group = {"groupname": "ops@ad.example.com", "dataAccessPermissions": rows}
    mock.seed_tenant(groups=[group])
    kim = Searcher(mock)
    answer = kim.send(ALL, {"Authorization": "AD kim@ad.example.com:Owl 7: eyes"})
    assert answer.json()["queryResult"]["status"]["totalResults"] == 2
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    again = kim.send(ALL, {"Authorization": None, "Cookie": cookie})
    assert again.json()["queryResult"]["status"]["totalResults"] == 2
    assert kim.status(ALL, {"Authorization": "AD kim@ad.example.com:wrong"}) == 403


def test_the_old_cookie(mock: Mock, tenant_admin: Searcher) -> None:
    sent = tenant_admin.send(ALL).request.headers["Authorization"].removeprefix("HCP ")
    for name, status in (("hcp-ns-auth", 200), ("hcp-api-auth", 403)):
        headers = {"Authorization": None, "Cookie": f'{name}="{sent}"'}
        assert tenant_admin.status(ALL, headers) == status


def test_a_bucket_may_be_called_query(mock: Mock, s3: Any) -> None:
    s3.create_bucket(Bucket="query")
    s3.put_object(Bucket="query", Key="k", Body=b"1")
    assert s3.get_object(Bucket="query", Key="k")["Body"].read() == b"1"
    assert [row["Key"] for row in s3.list_objects(Bucket="query")["Contents"]] == ["k"]
    assert Wire(mock).send("GET", "/query").status_code == 200
    link = s3.generate_presigned_url("list_objects", Params={"Bucket": "query"})
    assert mock.session.get(link, verify=mock.ca, timeout=20).status_code == 200


def test_the_journal_and_faults_know_the_interface(mock: Mock, tenant_admin: Searcher) -> None:
    mock.fault({"interface": "query"}, status=503)
    assert tenant_admin.status(ALL) == 503
    assert tenant_admin.status(ALL) == 200
    entries = [e for e in mock.journal() if e["interface"] == "query"]
    assert [(e["path"], e["status"], e["user"], e["operation"]) for e in entries] == [
        ("/query", 503, "boss", None),
        ("/query", 200, "boss", "ObjectQuery"),
    ]
