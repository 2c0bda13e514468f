"""Operation queries: stored, deleted, pruned and disposed objects."""

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


def operations_of(searcher: Searcher, *transactions: str, **criteria: Any) -> list[str]:
    """Return the records as ``key OPERATION``, oldest first."""
    if transactions:
        criteria["transactions"] = {"transaction": list(transactions)}
    result = searcher.operations(objectProperties="objectPath", systemMetadata=criteria)
    return [f"{row['objectPath'][1:]} {row['operation']}" for row in result["resultSet"]]


def numbers(searcher: Searcher) -> list[int]:
    return [row["version"] for row in searcher.operations()["resultSet"]]


def test_an_empty_query_returns_everything(searcher: Searcher, s3: Any, mock: Mock) -> None:
    put(s3, "k")
    everything: tuple[Any, ...] = ({}, {"operation": {}}, "<queryRequest/>", EMPTY)
    # The last minute is excluded, unless an end is given.
    for body in everything:
        assert searcher.ask(body)["resultSet"] == []
    mock.control("POST", "/clock", {"advance": 3600})
    for body in everything:
        before = time.time()
        result = searcher.ask(body)
        limits = result["query"]
        assert [row["operation"] for row in result["resultSet"]] == ["CREATED"]
        assert result["status"] == {"results": 1, "message": "", "code": "COMPLETE"}
        assert limits["start"] == 0
        assert before + 3539.9 <= limits["end"] / 1000 <= time.time() + 3540


def test_xml(searcher: Searcher, s3: Any) -> None:
    put(s3, "a/k", "b/k")
    s3.delete_object(Bucket="docs", Key="a/k")
    root = searcher.xml(
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


def test_without_versioning_only_the_deletion_shows(searcher: Searcher, s3: Any) -> None:
    put(s3, "k", "left")
    created = numbers(searcher)[0]
    s3.delete_object(Bucket="docs", Key="k")
    assert operations_of(searcher) == ["left CREATED", "k DELETED"]
    row = searcher.operations(verbose=True)["resultSet"][1]
    assert row["version"] > created
    assert (row["size"], row["utf8Name"], row["hash"]) == (0, "k", "")
    put(s3, "k")
    assert operations_of(searcher) == ["left CREATED", "k DELETED", "k CREATED"]
    # Deleting a missing object is not recorded.
    s3.delete_object(Bucket="docs", Key="nothing")
    assert len(operations_of(searcher)) == 3


@pytest.mark.parametrize("markers", [False, True])
def test_with_versioning_all_versions_show(
    searcher: Searcher, s3: Any, tenant_admin: Client, markers: bool
) -> None:
    enable_versioning(s3, "docs")
    assert tenant_admin.post(f"{N}/versioningSettings", {"useDeleteMarkers": markers}) == 200
    put(s3, "k", body=b"1")
    put(s3, "k", body=b"22")
    s3.delete_object(Bucket="docs", Key="k")
    put(s3, "k", body=b"333")
    assert operations_of(searcher) == ["k CREATED", "k CREATED", "k DELETED", "k CREATED"]
    found = numbers(searcher)
    assert found == sorted(set(found))
    if markers:
        assert sorted(int(row[1]) for row in versions(s3, "docs")) == found
    sizes = [row["size"] for row in searcher.operations(objectProperties="size")["resultSet"]]
    assert sizes == [1, 2, 0, 3]


def test_deleting_a_version(searcher: Searcher, s3: Any, tenant_admin: Client) -> None:
    enable_versioning(s3, "docs")
    assert tenant_admin.post(f"{N}/versioningSettings", {"useDeleteMarkers": True}) == 200
    put(s3, "k", body=b"1")
    put(s3, "k", body=b"22")
    first, second = numbers(searcher)
    s3.delete_object(Bucket="docs", Key="k", VersionId=str(first))
    rows = searcher.operations()["resultSet"]
    assert [(row["version"], row["operation"]) for row in rows] == [
        (second, "CREATED"),
        (first, "DELETED"),
    ]


def test_records_of_deletions_can_be_off(searcher: Searcher, s3: Any, tenant_admin: Client) -> None:
    put(s3, "k")
    assert tenant_admin.post(f"{N}/versioningSettings", {"keepDeletionRecords": False}) == 200
    s3.delete_object(Bucket="docs", Key="k")
    assert operations_of(searcher) == []


def test_pruning(searcher: Searcher, s3: Any, tenant_admin: Client, mock: Mock) -> None:
    enable_versioning(s3, "docs")
    assert tenant_admin.post(f"{N}/versioningSettings", {"prune": True, "pruneDays": 5}) == 200
    put(s3, "k", body=b"1")
    put(s3, "k", body=b"22")
    old = numbers(searcher)[0]
    assert operations_of(searcher, "prune") == []
    mock.control("POST", "/clock", {"advance": 6 * DAY})
    # Returned only on request.
    assert operations_of(searcher) == ["k CREATED"]
    assert operations_of(searcher, "prune") == ["k PRUNED"]
    row = searcher.operations(systemMetadata={"transactions": {"transaction": ["prune"]}})[
        "resultSet"
    ][0]
    assert row["version"] == old
    # Five days after the newer version, to the hundredth of a millisecond.
    newer = Decimal(searcher.operations()["resultSet"][0]["changeTimeMilliseconds"])
    assert Decimal(row["changeTimeMilliseconds"]) == newer + 5 * DAY * 1000


@pytest.mark.parametrize("versioned", [False, True])
def test_disposition(
    searcher: Searcher, s3: Any, tenant_admin: Client, mock: Mock, versioned: bool
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
    assert searcher.found("*:*") == {"Gone", "Kept", "free"}
    assert tenant_admin.post(f"{N}/complianceSettings", {"dispositionEnabled": True}) == 200
    assert searcher.found("*:*") == {"Kept", "free"}
    assert "Gone DISPOSED" not in operations_of(searcher)
    assert operations_of(searcher, "dispose") == ["Gone DISPOSED"]
    assert [row["Key"] for row in s3.list_objects(Bucket="docs")["Contents"]] == ["Kept", "free"]
    assert len(versions(s3, "docs")) == (3 if versioned else 2)


def test_seeded_records(searcher: Searcher, s3: Any, mock: Mock) -> None:
    removals = [
        {"key": "old/a", "operation": "PURGED", "time": "2024-03-01T12:00:00Z"},
        {"key": "old/b", "operation": "DISPOSED", "time": "2024-03-02T12:00:00+01:00"},
        {"key": "new", "operation": "DELETED"},
    ]
    mock.seed_namespace("docs", removals=removals)
    assert operations_of(searcher) == ["old/a PURGED", "new DELETED"]
    assert operations_of(searcher, "dispose", "purge") == ["old/a PURGED", "old/b DISPOSED"]
    row = searcher.operations()["resultSet"][0]
    assert row["changeTimeMilliseconds"] == "1709294400000.00"
    named = mock.control("GET", "/state").json()["tenants"][0]["namespaces"]
    shown = next(n for n in named if n["name"] == "docs")["removals"]
    assert [(r["key"], r["operation"]) for r in shown][:2] == [
        ("old/a", "PURGED"),
        ("old/b", "DISPOSED"),
    ]
    mock.control("POST", "/reset")
    searchable(mock)
    assert operations_of(searcher) == []
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
    searcher: Searcher, mock: Mock, start: Any, end: Any, found: str
) -> None:
    removals = [
        {"key": key, "operation": "DELETED", "time": f"2024-03-01T{hour}:00:00Z"}
        for key, hour in (("a", 12), ("b", 13), ("c", 14))
    ]
    mock.seed_namespace("docs", removals=removals)
    rows = operations_of(searcher, changeTime={"start": start, "end": end})
    assert [row[0] for row in rows] == list(found)


def test_directories(searcher: Searcher, s3: Any) -> None:
    put(s3, "a/1", "a/b/2", "ab/3", "4")
    for folder in ("/a", "/a/"):
        assert operations_of(searcher, directories={"directory": [folder]}) == [
            "a/1 CREATED",
            "a/b/2 CREATED",
        ]
    assert operations_of(searcher, directories={"directory": ["/a/b", "/ab"]}) == [
        "a/b/2 CREATED",
        "ab/3 CREATED",
    ]
    assert operations_of(searcher, directories={"directory": ["/A"]}) == []
    assert len(operations_of(searcher, directories={"directory": ["/"]})) == 4


def test_indexable_means_the_setting_of_the_object(
    searcher: Searcher, s3: Any, tenant_admin: Client
) -> None:
    put(s3, "yes")
    assert tenant_admin.post(N, {"indexingDefault": False}) == 200
    put(s3, "no")
    s3.delete_object(Bucket="docs", Key="no")
    assert operations_of(searcher, indexable=True) == ["yes CREATED"]
    assert operations_of(searcher, indexable="false") == ["no DELETED"]


def test_collisions(searcher: Searcher, s3: Any) -> None:
    put(s3, "k")
    assert operations_of(searcher, replicationCollision=False) == ["k CREATED"]
    assert operations_of(searcher, replicationCollision="true") == []


def test_namespaces(searcher: Searcher, mock: Mock, s3: Any) -> None:
    searchable(mock, "letters", objects={"x": ""})
    put(s3, "k")
    chosen = {"namespaces": {"namespace": ["LETTERS.Finance"]}}
    assert operations_of(searcher, **chosen) == ["x CREATED"]
    assert len(operations_of(searcher)) == 2
    for names, status in (
        (["docs.finance", "nothing.finance"], 400),
        (["docs.nobody"], 400),
        (["docs"], 400),
        (["docs.finance", "cloud.finance"], 403),
        (["one.basic"], 403),
    ):
        body = {"operation": {"systemMetadata": {"namespaces": {"namespace": names}}}}
        assert searcher.status(body) == status, names


def test_pages(searcher: Searcher, s3: Any, mock: Mock) -> None:
    mock.seed_namespace("docs", objects={f"p/{n:02}": "" for n in range(25)})
    for n in range(5):
        s3.delete_object(Bucket="docs", Key=f"p/{n:02}")
    everything = searcher.operations()["resultSet"]
    assert len(everything) == 25
    assert searcher.operations(count=25)["status"]["code"] == "COMPLETE"
    assert searcher.operations(count=-1)["status"]["code"] == "COMPLETE"
    pages: list[dict[str, Any]] = []
    more: dict[str, Any] = {}
    while True:
        page = searcher.operations(count=7, **more)
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
    assert searcher.operations(count=7, **more)["resultSet"] == everything[21:]


def test_a_count_of_zero(searcher: Searcher, s3: Any) -> None:
    empty = searcher.operations(count=0)
    assert (empty["resultSet"], empty["status"]["code"]) == ([], "COMPLETE")
    put(s3, "k")
    some = searcher.operations(count=0)
    assert (some["resultSet"], some["status"]["code"]) == ([], "INCOMPLETE")
