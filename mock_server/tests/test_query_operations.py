"""Operation queries: what was stored, deleted, pruned and disposed of."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest

from .conftest import Client, Mock
from .query import Searcher, searchable
from .s3 import enable_versioning, versions

N = "/tenants/finance/namespaces/docs"
DAY = 24 * 3600
EMPTY = "<queryRequest><operation/></queryRequest>"


def put(s3: Any, *keys: str, body: bytes = b"x") -> None:
    for key in keys:
        s3.put_object(Bucket="docs", Key=key, Body=body)


def story(q: Searcher, *transactions: str, **criteria: Any) -> list[str]:
    """The records as ``key OPERATION``, oldest first."""
    if transactions:
        criteria["transactions"] = {"transaction": list(transactions)}
    result = q.operations(objectProperties="objectPath", systemMetadata=criteria)
    return [f"{row['objectPath'][1:]} {row['operation']}" for row in result["resultSet"]]


def numbers(q: Searcher) -> list[int]:
    return [row["version"] for row in q.operations()["resultSet"]]


def test_an_empty_query_returns_everything(q: Searcher, s3: Any, mock: Mock) -> None:
    put(s3, "k")
    everything: tuple[Any, ...] = ({}, {"operation": {}}, "<queryRequest/>", EMPTY)
    # The last minute is left out, unless an end is said.
    for body in everything:
        assert q.ask(body)["resultSet"] == []
    mock.control("POST", "/clock", {"advance": 3600})
    for body in everything:
        before = time.time()
        result = q.ask(body)
        limits = result["query"]
        assert [row["operation"] for row in result["resultSet"]] == ["CREATED"]
        assert result["status"] == {"results": 1, "message": "", "code": "COMPLETE"}
        assert limits["start"] == 0
        assert before + 3539.9 <= limits["end"] / 1000 <= time.time() + 3540


def test_xml(q: Searcher, s3: Any) -> None:
    put(s3, "a/k", "b/k")
    s3.delete_object(Bucket="docs", Key="a/k")
    root = q.xml(
        "<queryRequest><operation><count>-1</count><verbose>true</verbose><systemMetadata>"
        "<changeTime><start>1000</start><end>2099-12-31T00:00:00+0100</end></changeTime>"
        "<directories><directory>/a</directory><directory>/c/</directory></directories>"
        "<namespaces><namespace>docs.finance</namespace></namespaces>"
        "<transactions><transaction>create</transaction><transaction>delete</transaction>"
        "</transactions></systemMetadata></operation></queryRequest>"
    )
    query, rows, status = root
    assert dict(query.attrib) == {"start": "1000", "end": "4102354800000"}
    assert [(row.attrib["objectPath"], row.attrib["operation"]) for row in rows] == [
        ("/a/k", "DELETED")
    ]
    assert dict(status.attrib) == {"results": "1", "message": "", "code": "COMPLETE"}


def test_without_versioning_only_the_deletion_shows(q: Searcher, s3: Any) -> None:
    put(s3, "k", "left")
    created = numbers(q)[0]
    s3.delete_object(Bucket="docs", Key="k")
    assert story(q) == ["left CREATED", "k DELETED"]
    row = q.operations(verbose=True)["resultSet"][1]
    assert row["version"] > created
    assert (row["size"], row["utf8Name"], row["hash"]) == (0, "k", "")
    put(s3, "k")
    assert story(q) == ["left CREATED", "k DELETED", "k CREATED"]
    # Deleting what is not there is no operation.
    s3.delete_object(Bucket="docs", Key="nothing")
    assert len(story(q)) == 3


@pytest.mark.parametrize("markers", [False, True])
def test_with_versioning_all_versions_show(
    q: Searcher, s3: Any, tenant_admin: Client, markers: bool
) -> None:
    enable_versioning(s3, "docs")
    assert tenant_admin.post(f"{N}/versioningSettings", {"useDeleteMarkers": markers}) == 200
    put(s3, "k", body=b"1")
    put(s3, "k", body=b"22")
    s3.delete_object(Bucket="docs", Key="k")
    put(s3, "k", body=b"333")
    assert story(q) == ["k CREATED", "k CREATED", "k DELETED", "k CREATED"]
    found = numbers(q)
    assert found == sorted(set(found))
    if markers:
        assert sorted(int(row[1]) for row in versions(s3, "docs")) == found
    sizes = [row["size"] for row in q.operations(objectProperties="size")["resultSet"]]
    assert sizes == [1, 2, 0, 3]


def test_deleting_a_version(q: Searcher, s3: Any, tenant_admin: Client) -> None:
    enable_versioning(s3, "docs")
    assert tenant_admin.post(f"{N}/versioningSettings", {"useDeleteMarkers": True}) == 200
    put(s3, "k", body=b"1")
    put(s3, "k", body=b"22")
    first, second = numbers(q)
    s3.delete_object(Bucket="docs", Key="k", VersionId=str(first))
    rows = q.operations()["resultSet"]
    assert [(row["version"], row["operation"]) for row in rows] == [
        (second, "CREATED"),
        (first, "DELETED"),
    ]


def test_records_of_deletions_can_be_off(q: Searcher, s3: Any, tenant_admin: Client) -> None:
    put(s3, "k")
    assert tenant_admin.post(f"{N}/versioningSettings", {"keepDeletionRecords": False}) == 200
    s3.delete_object(Bucket="docs", Key="k")
    assert story(q) == []


def test_pruning(q: Searcher, s3: Any, tenant_admin: Client, mock: Mock) -> None:
    enable_versioning(s3, "docs")
    assert tenant_admin.post(f"{N}/versioningSettings", {"prune": True, "pruneDays": 5}) == 200
    put(s3, "k", body=b"1")
    put(s3, "k", body=b"22")
    old = numbers(q)[0]
    assert story(q, "prune") == []
    mock.control("POST", "/clock", {"advance": 6 * DAY})
    # Only seen when asked for.
    assert story(q) == ["k CREATED"]
    assert story(q, "prune") == ["k PRUNED"]
    row = q.operations(systemMetadata={"transactions": {"transaction": ["prune"]}})["resultSet"][0]
    assert row["version"] == old
    # Five days after the newer version came, to the hundredth of a millisecond.
    newer = Decimal(q.operations()["resultSet"][0]["changeTimeMilliseconds"])
    assert Decimal(row["changeTimeMilliseconds"]) == newer + 5 * DAY * 1000


@pytest.mark.parametrize("versioned", [False, True])
def test_disposition(
    q: Searcher, s3: Any, tenant_admin: Client, mock: Mock, versioned: bool
) -> None:
    classes = [
        {"name": "Gone", "value": "A+1d", "allowDisposition": True},
        {"name": "Kept", "value": "A+1d", "allowDisposition": False},
    ]
    mock.seed_namespace("docs", retentionClasses=classes)
    if versioned:
        enable_versioning(s3, "docs")
    for key in ("Gone", "Kept"):
        assert tenant_admin.post(f"{N}/complianceSettings", {"retentionDefault": f"C+{key}"}) == 200
        put(s3, key)
    assert tenant_admin.post(f"{N}/complianceSettings", {"retentionDefault": "0"}) == 200
    put(s3, "free")
    mock.control("POST", "/clock", {"advance": 2 * DAY})
    assert q.found("*:*") == {"Gone", "Kept", "free"}
    assert tenant_admin.post(f"{N}/complianceSettings", {"dispositionEnabled": True}) == 200
    assert q.found("*:*") == {"Kept", "free"}
    assert "Gone DISPOSED" not in story(q)
    assert story(q, "dispose") == ["Gone DISPOSED"]
    assert [row["Key"] for row in s3.list_objects(Bucket="docs")["Contents"]] == ["Kept", "free"]
    assert len(versions(s3, "docs")) == (3 if versioned else 2)


def test_seeded_records(q: Searcher, s3: Any, mock: Mock) -> None:
    removals = [
        {"key": "old/a", "operation": "PURGED", "time": "2024-03-01T12:00:00Z"},
        {"key": "old/b", "operation": "DISPOSED", "time": "2024-03-02T12:00:00+01:00"},
        {"key": "new", "operation": "DELETED"},
    ]
    mock.seed_namespace("docs", removals=removals)
    assert story(q) == ["old/a PURGED", "new DELETED"]
    assert story(q, "dispose", "purge") == ["old/a PURGED", "old/b DISPOSED"]
    row = q.operations()["resultSet"][0]
    assert row["changeTimeMilliseconds"] == "1709294400000.00"
    named = mock.control("GET", "/state").json()["tenants"][0]["namespaces"]
    shown = next(n for n in named if n["name"] == "docs")["removals"]
    assert [(r["key"], r["operation"]) for r in shown][:2] == [
        ("old/a", "PURGED"),
        ("old/b", "DISPOSED"),
    ]
    mock.control("POST", "/reset")
    searchable(mock)
    assert story(q) == []
    bad = {"name": "docs", "removals": [{"key": "x", "operation": "CREATED"}]}
    seed = {"tenants": [{"name": "finance", "namespaces": [bad]}]}
    assert mock.control("POST", "/seed", seed).status_code == 400


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (0, 10**13, "abc"),
        (1709294400000, 10**13, "abc"),
        (1709294400001, 10**13, "bc"),
        (0, 1709294400000, ""),
        (0, 1709294400001, "a"),
        ("2024-03-01T12:00:00+0000", "2024-03-01T13:00:01+0000", "ab"),
        ("2024-03-01T07:00:01-0500", "2024-03-01T13:00:00+0000", ""),
        ("1709294400000", "1709298000000", "a"),
    ],
)
def test_the_start_counts_and_the_end_does_not(
    q: Searcher, mock: Mock, start: Any, end: Any, found: str
) -> None:
    removals = [
        {"key": key, "operation": "DELETED", "time": f"2024-03-01T{hour}:00:00Z"}
        for key, hour in (("a", 12), ("b", 13), ("c", 14))
    ]
    mock.seed_namespace("docs", removals=removals)
    rows = story(q, changeTime={"start": start, "end": end})
    assert [row[0] for row in rows] == list(found)


def test_directories(q: Searcher, s3: Any) -> None:
    put(s3, "a/1", "a/b/2", "ab/3", "4")
    for folder in ("/a", "/a/"):
        assert story(q, directories={"directory": [folder]}) == ["a/1 CREATED", "a/b/2 CREATED"]
    assert story(q, directories={"directory": ["/a/b", "/ab"]}) == ["a/b/2 CREATED", "ab/3 CREATED"]
    assert story(q, directories={"directory": ["/A"]}) == []
    assert len(story(q, directories={"directory": ["/"]})) == 4


def test_indexable_means_the_setting_of_the_object(
    q: Searcher, s3: Any, tenant_admin: Client
) -> None:
    put(s3, "yes")
    assert tenant_admin.post(N, {"indexingDefault": False}) == 200
    put(s3, "no")
    s3.delete_object(Bucket="docs", Key="no")
    assert story(q, indexable=True) == ["yes CREATED"]
    assert story(q, indexable="false") == ["no DELETED"]


def test_collisions(q: Searcher, s3: Any) -> None:
    put(s3, "k")
    assert story(q, replicationCollision=False) == ["k CREATED"]
    assert story(q, replicationCollision="true") == []


def test_namespaces(q: Searcher, mock: Mock, s3: Any) -> None:
    searchable(mock, "letters", objects={"x": ""})
    put(s3, "k")
    chosen = {"namespaces": {"namespace": ["LETTERS.Finance"]}}
    assert story(q, **chosen) == ["x CREATED"]
    assert len(story(q)) == 2
    for names, status in (
        (["docs.finance", "nothing.finance"], 400),
        (["docs.nobody"], 400),
        (["docs"], 400),
        (["docs.finance", "cloud.finance"], 403),
        (["one.basic"], 403),
    ):
        body = {"operation": {"systemMetadata": {"namespaces": {"namespace": names}}}}
        assert q.status(body) == status, names


def test_pages(q: Searcher, s3: Any, mock: Mock) -> None:
    mock.seed_namespace("docs", objects={f"p/{n:02}": "" for n in range(25)})
    for n in range(5):
        s3.delete_object(Bucket="docs", Key=f"p/{n:02}")
    everything = q.operations()["resultSet"]
    assert len(everything) == 25
    assert q.operations(count=25)["status"]["code"] == "COMPLETE"
    assert q.operations(count=-1)["status"]["code"] == "COMPLETE"
    pages: list[dict[str, Any]] = []
    more: dict[str, Any] = {}
    while True:
        page = q.operations(count=7, **more)
        assert page["status"]["results"] == len(page["resultSet"]) <= 7
        assert "totalResults" not in page["status"]
        pages += page["resultSet"]
        if page["status"]["code"] == "COMPLETE":
            break
        last = page["resultSet"][-1]
        names = ("urlName", "changeTimeMilliseconds", "version")
        more = {"lastResult": {name: last[name] for name in names}}
    assert pages == everything
    times = [float(row["changeTimeMilliseconds"]) for row in pages]
    assert times == sorted(times)
    # All three values of the last result may be texts.
    more["lastResult"] = {name: str(value) for name, value in more["lastResult"].items()}
    assert q.operations(count=7, **more)["resultSet"] == everything[21:]


def test_a_count_of_zero(q: Searcher, s3: Any) -> None:
    empty = q.operations(count=0)
    assert (empty["resultSet"], empty["status"]["code"]) == ([], "COMPLETE")
    put(s3, "k")
    some = q.operations(count=0)
    assert (some["resultSet"], some["status"]["code"]) == ([], "INCOMPLETE")
