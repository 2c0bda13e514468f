"""Metadata queries: what is found, page after page, and what goes wrong."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from support.constant_server import constant_server
from support.hcp import ADMIN, ADMIN_PASSWORD, TENANT, MockHcp, seed
from support.module import Flag, run

from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.credentials import (
    Credentials,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.query.client import (
    QueryClient,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.query.search import (
    Limits,
    ObjectSearch,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.transport import (
    Endpoint,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.refusal import RefusedError

OBJECTS = {f"in/{number:02}.txt": "x" * number for number in range(1, 11)}
REMOVALS = [
    {"key": f"old/{name}", "operation": operation, "time": f"2024-03-0{day}T12:00:00Z"}
    for day, (name, operation) in enumerate(
        [("a", "DELETED"), ("b", "PURGED"), ("c", "PRUNED"), ("d", "DISPOSED")], 1
    )
]
REMOVED = {"start": "2024-01-01", "end": "2024-12-31T00:00:00Z"}
MANY = {"nth": 1, "times": None}
ASKED = {"interface": "query", **MANY}


def start(**more: Any) -> dict[str, Any]:
    """With ten objects in the namespace ``scans``, and records of what is gone."""
    scans = {
        "name": "scans",
        "searchEnabled": True,
        "objects": OBJECTS,
        "removals": REMOVALS,
        **more,
    }
    grant = {"namespaceName": "scans", "permissions": ["SEARCH"]}
    document = seed(namespaces=[scans, {"name": "other"}], administrationAllowed=True)
    document["tenants"][0]["users"][0]["dataAccessPermissions"] = [grant]
    return document


@pytest.fixture(autouse=True)
def ready(hcp: MockHcp) -> None:
    hcp.reset(start())


def ask(hcp: MockHcp, check: Flag = False, fails: Flag = False, **options: Any) -> Any:
    given = {**hcp.as_tenant, **hcp.s3, "tenant": TENANT, **options}
    return run("hcp_query_info", given, check=check, fails=fails)


def paths(result: Any) -> list[str]:
    return [each["objectPath"] for each in result["results"]]


@pytest.mark.parametrize("check", [False, True])
def test_objects(hcp: MockHcp, check: bool) -> None:
    result = ask(
        hcp, check, query="+size:[3 TO 5]", sort=["size+desc"], object_properties=["objectPath"]
    )
    assert paths(result) == ["/in/05.txt", "/in/04.txt", "/in/03.txt"]
    assert (result["count"], result["total"], result["complete"]) == (3, 3, True)
    assert (result["changed"], result["facets"], result["warnings"]) == (False, {}, [])
    assert [each["path"] for each in hcp.journal()] == ["/query"]


def test_a_result_has_one_type_for_each_property(hcp: MockHcp) -> None:
    row = ask(hcp, query="utf8Name:07.txt", verbose=True)["results"][0]
    assert row["urlName"] == f"https://scans.{TENANT}.hcp.example.com/rest/in/07.txt"
    assert isinstance(row["version"], str)
    assert (row["size"], row["hold"], row["permissions"]) == (7, False, "400")
    assert (row["retention"], row["retentionString"]) == ("0", "Deletion Allowed")
    moments = [
        row[name] for name in ("ingestTime", "ingestTimeString", "updateTime", "changeTimeString")
    ]
    assert all(each.endswith("Z") and each[10] == "T" for each in moments)
    assert row["changeTime"][:19] == row["changeTimeString"][:19]
    milliseconds = row["changeTimeMilliseconds"].partition(".")[0]
    assert milliseconds[-3:] == row["changeTime"][-4:-1]


@pytest.mark.parametrize(
    ("options", "requests", "complete"),
    [
        ({"page_size": 3}, 4, True),
        ({"page_size": 10}, 1, True),
        ({"page_size": 3, "limit": 7}, 3, False),
        ({"page_size": 3, "limit": 10}, 4, True),
        ({"page_size": 3, "sort": ["size"]}, 4, True),
        ({"limit": 0}, 1, False),
    ],
    ids=str,
)
def test_pages(hcp: MockHcp, options: dict[str, Any], requests: int, complete: bool) -> None:
    names = {"object_properties": ["objectPath"]}
    result = ask(hcp, query="*:*", **names, **options)
    expected = [f"/{key}" for key in OBJECTS][: options.get("limit")]
    assert paths(result) == expected
    assert (result["count"], result["total"]) == (len(expected), 10)
    assert result["complete"] is complete
    assert len(hcp.journal()) == requests
    assert len({each["connection"] for each in hcp.journal()}) == 1


def test_facets_and_content_properties_are_asked_for_once(hcp: MockHcp) -> None:
    result = ask(
        hcp, query="*:*", facets=["namespace", "hold"], content_properties=True, page_size=4
    )
    assert result["facets"] == {
        "namespace": [{"value": f"scans.{TENANT}", "count": 10}],
        "hold": [{"value": "false", "count": 10}],
    }
    assert result["content_properties"] == []
    assert result["count"] == 10


def test_the_whole_system(hcp: MockHcp) -> None:
    options = {**hcp.as_system, **hcp.s3, "query": "*:*", "limit": 0, "facets": ["namespace"]}
    on_all_ports = run("hcp_query_info", options)
    tenant = run("hcp_query_info", {**options, "tenant": TENANT})
    assert on_all_ports["total"] == tenant["total"] == 10
    hosts = [each["host"].partition(".")[0] for each in hcp.journal()]
    assert hosts == ["admin", TENANT]


def test_operations(hcp: MockHcp) -> None:
    names = {"object_properties": ["objectPath"]}
    result = ask(hcp, operations=REMOVED, **names)
    assert paths(result) == ["/old/a", "/old/b"]
    assert result["results"][0]["operation"] == "DELETED"
    assert result["results"][0]["changeTime"] == "2024-03-01T12:00:00.000Z"
    assert (result["start"], result["end"]) == (
        "2024-01-01T00:00:00.000Z",
        "2024-12-31T00:00:00.000Z",
    )
    assert "total" not in result
    kinds = {**REMOVED, "transactions": ["create", "delete", "dispose", "prune", "purge"]}
    found = ask(hcp, operations=kinds, **names, page_size=1)
    assert paths(found) == ["/old/a", "/old/b", "/old/c", "/old/d"]
    limited = ask(hcp, operations=kinds, **names, page_size=3, limit=3)
    assert (paths(limited), limited["complete"]) == (["/old/a", "/old/b", "/old/c"], False)
    probe = ask(hcp, operations=kinds, limit=0)
    assert (probe["count"], probe["complete"]) == (0, False)


@pytest.mark.parametrize(
    ("operations", "found"),
    [
        ({"end": "2024-03-02T12:00:00Z"}, 1),
        ({"start": "2024-03-02T12:00:00Z", "end": "2024-04-01"}, 1),
        ({"start": "2024-03-02T13:00:00+01:00", "end": "2024-04-01"}, 1),
        ({**REMOVED, "namespaces": [f"scans.{TENANT}"], "directories": ["/old"]}, 2),
        ({**REMOVED, "directories": ["/new"]}, 0),
        ({**REMOVED, "replication_collision": True}, 0),
        ({**REMOVED, "indexable": False}, 0),
    ],
    ids=str,
)
def test_which_operations(hcp: MockHcp, operations: dict[str, Any], found: int) -> None:
    assert ask(hcp, operations=operations)["count"] == found


def test_the_end_of_the_first_page_is_that_of_all(hcp: MockHcp) -> None:
    row = {"urlName": "x", "changeTimeMilliseconds": "1.00", "version": 1}
    noon = 1709380800000
    first = answer([row], "INCOMPLETE", query={"start": 0, "end": noon})
    hcp.fault({"interface": "query", "times": 1}, status=200, body=first)
    result = ask(hcp, operations={})
    # Of the removals only the first one came before that.
    assert (result["count"], result["end"]) == (2, "2024-03-02T12:00:00.000Z")


def test_the_end_is_where_to_go_on(hcp: MockHcp) -> None:
    hcp.control("POST", "clock", {"advance": 120})
    result = ask(hcp, operations={}, page_size=5)
    assert (result["count"], result["complete"]) == (12, True)
    later = ask(hcp, operations={"start": result["end"]})
    assert (later["count"], later["start"]) == (0, result["end"])


def test_a_large_result_goes_into_a_file(hcp: MockHcp, tmp_path: Path) -> None:
    file = tmp_path / "found.jsonl"
    options = {"query": "*:*", "object_properties": ["size"], "dest": str(file), "page_size": 3}
    predicted = ask(hcp, check=True, **options)
    assert (predicted["changed"], predicted["count"]) == (True, 10)
    assert not file.exists()
    result = ask(hcp, **options)
    assert (result["changed"], result["count"], result["complete"]) == (True, 10, True)
    assert "results" not in result
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [row["size"] for row in rows] == list(range(1, 11))
    assert file.stat().st_mode & 0o777 == 0o600
    assert not ask(hcp, **options)["changed"]
    before = file.read_bytes()
    hcp.fault({"interface": "query", "nth": 2, "times": None}, status=503)
    failed = ask(hcp, **{**options, "query": "+size:[2 TO *]"}, fails=True)
    assert failed["error"]["code"] == "unavailable"
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["found.jsonl"]


def furthest(hcp: MockHcp, expression: str, sort: list[str], reach: int) -> list[str]:
    """What is found where HCP shows only so many results of a query."""
    endpoint = Endpoint(
        domain=hcp.facts["domain"],
        port=hcp.facts["data_port"],
        nodes=(hcp.facts["host"],),
        ca_path=hcp.facts["ca"],
    )
    client = QueryClient(endpoint, Credentials(ADMIN, ADMIN_PASSWORD), TENANT)
    shown = {"objectProperties": "objectPath"}
    search = ObjectSearch(client, expression, sort, {}, shown, Limits(None, 2, reach))
    try:
        return [row.get("objectPath", "") for row in search.rows()]
    finally:
        client.close()


@pytest.mark.parametrize("expression", ["*:*", "size:[2 TO *]", "+size:[2 TO *] -hold:true"])
@pytest.mark.parametrize("reach", [3, 4, 9])
def test_behind_the_last_result_that_hcp_shows_by_change_time(
    hcp: MockHcp, expression: str, reach: int
) -> None:
    # Each second two objects change, so that a slice ends between two of the same time.
    document = start(objects={}, removals=[])
    hcp.reset(document)
    for number in range(1, 6):
        document["tenants"][0]["namespaces"][0]["objects"] = dict(
            list(OBJECTS.items())[number * 2 - 2 : number * 2]
        )
        hcp.control("POST", "seed", document)
        hcp.control("POST", "clock", {"advance": 1})
    found = furthest(hcp, expression, ["changeTimeMilliseconds"], reach)
    assert found == [f"/{key}" for key in OBJECTS][0 if expression == "*:*" else 1 :]


def test_behind_it_in_any_other_order(hcp: MockHcp) -> None:
    with pytest.raises(RefusedError, match="Omit sort"):
        furthest(hcp, "*:*", ["size"], 4)
    assert len(hcp.journal()) == 1


def test_more_at_the_same_time_than_hcp_shows(hcp: MockHcp) -> None:
    rows = [{"urlName": name, "changeTimeMilliseconds": "1.00", "version": 1} for name in "ab"]
    hcp.fault(ASKED, status=200, body=answer(rows, "INCOMPLETE"))
    with pytest.raises(RefusedError, match="the same change time"):
        furthest(hcp, "*:*", ["changeTimeMilliseconds"], 2)
    assert len(hcp.journal()) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "query to find objects, or operations"),
        ({"query": "*:*", "limit": -1}, "limit must be 0 or more"),
        ({"query": "*:*", "page_size": 0}, "page_size must be between 1 and 10000"),
        ({"operations": {"start": "yesterday"}}, "operations.start must be a time"),
        ({"operations": {"end": "1969-01-01"}}, "operations.end must be a time"),
        ({"query": "*:*", "tenant": None, "account_level": "tenant"}, "set tenant"),
        ({"query": "*:*", "data_port": 0}, "data_port"),
        ({"query": "*:*", "dest": "/no/such/file"}, "dest '/no/such/file' cannot be written"),
        ({"query": "x" * 9000}, "at most 8192"),
    ],
    ids=str,
)
def test_what_cannot_be_right_is_refused(hcp: MockHcp, options: dict[str, Any], words: str) -> None:
    failed = ask(hcp, **options, fails=True)
    assert failed["error"]["code"] in ("bad_option", "too_long")
    assert words in failed["msg"]
    assert hcp.journal() == []


@pytest.mark.parametrize("option", ["query", "sort", "facets", "content_properties"])
def test_what_belongs_to_objects_does_not_go_with_operations(hcp: MockHcp, option: str) -> None:
    value: Any = {"query": "*:*", "content_properties": True}.get(option, ["hold"])
    failed = ask(hcp, operations={}, **{option: value}, fails=True)
    assert "mutually exclusive" in failed["msg"]


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"query": "nosuch:1"}, "invalid", "nosuch"),
        ({"query": "*:*", "sort": ["urlName"]}, "invalid", "urlName"),
        ({"operations": {"namespaces": ["none.research"]}}, "invalid", "none.research"),
        ({"operations": {"namespaces": ["other.research"]}}, "forbidden", "other.research"),
        ({"query": "*:*", "password": "Wrong-Secret-1"}, "forbidden", "permission SEARCH"),
    ],
    ids=str,
)
def test_what_hcp_refuses_is_told(
    hcp: MockHcp, options: dict[str, Any], code: str, words: str
) -> None:
    failed = ask(hcp, **options, fails=True)
    assert failed["error"]["code"] == code
    assert failed["msg"].startswith("metadata query: POST /query failed: ")
    assert words in failed["msg"]
    assert "Wrong-Secret-1" not in json.dumps(failed)


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ({"status": 500}, "server_error"),
        ({"status": 503}, "unavailable"),
        ({"cut": "after"}, "broken_answer"),
    ],
)
def test_what_may_pass_is_tried_again(hcp: MockHcp, action: dict[str, Any], code: str) -> None:
    hcp.fault({"interface": "query", "times": 1}, **action)
    assert ask(hcp, query="*:*", retries=1)["count"] == 10
    hcp.fault(ASKED, **action)
    failed = ask(hcp, query="*:*", retries=1, fails=True)
    assert (failed["error"]["code"], failed["error"]["attempts"]) == (code, 2)


def answer(rows: list[Any], code: str, **more: Any) -> str:
    status = {"results": len(rows), "message": "", "code": code}
    return json.dumps({"queryResult": {"resultSet": rows, "status": status, **more}})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<html>Log in</html>", "not_mapi"),
        ("{}", "not_mapi"),
        ("[]", "not_mapi"),
        ('{"queryResult": {"status": {"code": "DONE"}}}', "not_mapi"),
        (answer(["x"], "COMPLETE"), "not_mapi"),
        (answer([], "INCOMPLETE"), "interrupted"),
    ],
)
@pytest.mark.parametrize("kind", [{"query": "*:*"}, {"operations": {}}], ids=str)
def test_odd_answers_are_told(hcp: MockHcp, body: str, code: str, kind: dict[str, Any]) -> None:
    hcp.fault(ASKED, status=200, body=body)
    assert ask(hcp, **kind, fails=True)["error"]["code"] == code


def test_a_page_that_comes_again_and_again_ends(hcp: MockHcp) -> None:
    row = {"urlName": "x", "changeTimeMilliseconds": "1.00", "version": 1}
    hcp.fault(ASKED, status=200, body=answer([row], "INCOMPLETE"))
    assert ask(hcp, operations={}, fails=True)["error"]["code"] == "not_mapi"
    assert len(hcp.journal()) == 2


def test_other_shapes_of_answers_are_read(hcp: MockHcp) -> None:
    row = {
        "changeTimeMilliseconds": 1334244924615.0,
        "hold": "true",
        "size": "12",
        "retention": -1,
        "retentionClass": " ",
        "retentionString": "2031-01-01T00:00:00+0200 (keep)",
        "updateTimeString": "2012-04-12T11:35:24-0400",
        "accessTime": "1334244924",
        "ingestTime": "soon",
        "permissions": 755,
    }
    more = {
        "facets": [{"name": "hold", "frequency": [{"value": True, "count": "1"}]}],
        "contentProperties": [{"name": "patient"}],
    }
    hcp.fault(ASKED, status=200, body=answer([row], "COMPLETE", **more))
    result = ask(hcp, query="*:*", facets=["hold"])
    assert result["results"] == [
        {
            "changeTimeMilliseconds": "1334244924615.00",
            "changeTime": "2012-04-12T15:35:24.615Z",
            "hold": True,
            "size": 12,
            "retention": "-1",
            "retentionClass": "",
            "retentionString": "2031-01-01T00:00:00+0200 (keep)",
            "updateTimeString": "2012-04-12T15:35:24Z",
            "accessTime": "2012-04-12T15:35:24Z",
            "ingestTime": "soon",
            "permissions": "755",
        }
    ]
    assert result["facets"] == {"hold": [{"value": "True", "count": 1}]}
    assert result["content_properties"] == [{"name": "patient"}]
    assert result["total"] is None


def test_an_answer_may_be_packed_and_have_a_length(hcp: MockHcp, tmp_path: Path) -> None:
    body = gzip.compress(answer([], "COMPLETE").encode())
    host = f"{TENANT}.{hcp.facts['domain']}"
    with constant_server(tmp_path, host, {"Content-Encoding": "gzip"}, body) as server:
        where = {"data_port": server["port"], "ca_path": server["ca_path"]}
        assert ask(hcp, query="*:*", **where)["complete"]


def test_more_than_fits_into_a_result_is_warned_of(hcp: MockHcp) -> None:
    rows = [{"urlName": str(number), "version": 1} for number in range(10_000)]
    hcp.fault(ASKED, status=200, body=answer(rows, "INCOMPLETE"))
    result = ask(hcp, query="*:*", page_size=10_000)
    assert (result["count"], result["complete"]) == (10_000, False)
    assert result["warnings"] == [
        "There are more than these 10000 results: set limit, or dest for all of them."
    ]
