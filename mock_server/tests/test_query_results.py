"""Object queries: properties, order, pages, facets and content properties of results."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import DOMAIN, Client, Mock
from .query import Searcher, searchable

BASIC = {"version", "urlName", "operation", "changeTimeMilliseconds"}
MORE = """
    utf8Name updateTimeString updateTime uid type size shred retentionString retentionClass
    retention replicated permissions owner namespace ingestTimeString ingestTime index hold
    hashScheme hash gid objectPath dpl customMetadata changeTimeString accessTimeString
    accessTime acl
"""
SCANS = {
    "name": "Scans",
    "contentProperties": [
        {"name": "dept", "expression": "/metapairs/meta-dept", "type": "STRING"},
        {"name": "box", "expression": "//meta-box", "type": "INTEGER"},
        {"name": "price", "expression": "@.metapairs:/metapairs/meta-price", "type": "FLOAT"},
        {"name": "born", "expression": "/metapairs/meta-born", "type": "DATE"},
        {
            "name": "seen",
            "expression": "/metapairs/meta-seen",
            "type": "DATE",
            "format": "dd.MM.yyyy",
        },
        {"name": "urgent", "expression": "/metapairs/meta-urgent", "type": "BOOLEAN"},
        {"name": "words", "expression": "/metapairs/meta-words", "type": "FULLTEXT"},
        {
            "name": "every",
            "expression": "/metapairs/*",
            "type": "STRING",
            "multivalued": True,
        },
        {"name": "broken", "expression": "/metapairs/[", "type": "STRING"},
        {"name": "other", "expression": "@notes:/metapairs/meta-dept", "type": "STRING"},
        {"name": "made", "expression": "string(/metapairs/@version)", "type": "INTEGER"},
    ],
}


@pytest.fixture
def searcher(mock: Mock) -> Searcher:
    searchable(mock, objects={"b/two": "22", "a/one": "1", "c/three": "333"})
    return Searcher(mock)


def test_properties_of_results(searcher: Searcher) -> None:
    assert set(searcher.objects("*:*")["resultSet"][0]) == BASIC
    assert set(searcher.objects("*:*", verbose="false")["resultSet"][0]) == BASIC
    row = searcher.objects("+one", verbose="true")["resultSet"][0]
    assert set(row) == BASIC | set(MORE.split())
    assert row["urlName"] == f"https://docs.finance.{DOMAIN}/rest/a/one"
    assert (row["namespace"], row["objectPath"], row["utf8Name"]) == (
        "docs.finance",
        "/a/one",
        "one",
    )
    assert (row["type"], row["size"], row["hold"], row["dpl"]) == ("object", 1, False, 2)
    # Named properties take precedence over verbose. Four are always returned.
    named = searcher.objects(
        "*:*", verbose=True, objectProperties="size, replicationCollision,version"
    )
    assert set(named["resultSet"][0]) == BASIC | {"size", "replicationCollision"}


def test_the_change_time_is_a_text_with_two_decimals(searcher: Searcher) -> None:
    row = searcher.objects("*:*")["resultSet"][0]
    milliseconds, dot, rest = row["changeTimeMilliseconds"].partition(".")
    assert (len(milliseconds), dot, len(rest)) == (13, ".", 2)
    assert isinstance(row["version"], int)


def test_names_in_urls_are_encoded(mock: Mock, searcher: Searcher, s3: Any) -> None:
    s3.put_object(Bucket="docs", Key="ä & b/c?d", Body=b"")
    row = searcher.objects("ä", verbose=True)["resultSet"][0]
    assert row["urlName"].endswith("/rest/%C3%A4%20%26%20b/c%3Fd")
    assert row["objectPath"] == "/ä & b/c?d"
    assert searcher.xml(
        "<queryRequest><object><query>ä</query><verbose>true</verbose></object></queryRequest>"
    )[1][0].attrib["objectPath"] == ("/ä & b/c?d")


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        ("size", "one two three"),
        ("size+asc", "one two three"),
        ("size+desc", "three two one"),
        ("utf8Name", "one three two"),
        ("hold,objectPath", "one two three"),
        ("namespace+desc, utf8Name+desc", "two three one"),
        ("version+desc", "three one two"),
    ],
)
def test_order(searcher: Searcher, sort: str, keys: str) -> None:
    assert [key[2:] for key in searcher.keys("*:*", sort=sort)] == keys.split()


def test_better_matches_come_first(searcher: Searcher) -> None:
    assert searcher.keys("three size:3 one")[0] == "c/three"
    assert searcher.keys("+*:* two")[0] == "b/two"
    assert searcher.keys("size:1 (size:2 two)") == ["b/two", "a/one"]


@pytest.mark.parametrize(
    "sort", ["urlName", "operation", "uid", "aclGrant", "x", "size+up", "size+", "size desc", "+"]
)
def test_what_results_cannot_be_sorted_by(searcher: Searcher, sort: str) -> None:
    assert searcher.refuses("*:*", sort=sort)


def test_pages(mock: Mock, searcher: Searcher) -> None:
    mock.seed_namespace("docs", objects={f"p/{n:03}": "" for n in range(150)})
    first = searcher.objects("+p", sort="objectPath")
    assert first["status"] == {
        "totalResults": 150,
        "results": 100,
        "message": "",
        "code": "INCOMPLETE",
    }
    rest = searcher.objects("+p", sort="objectPath", offset=100)
    assert (rest["status"]["results"], rest["status"]["code"]) == (50, "COMPLETE")
    assert not {r["urlName"] for r in first["resultSet"]} & {
        r["urlName"] for r in rest["resultSet"]
    }
    everything = searcher.objects("+p", count=-1)
    assert (everything["status"]["results"], everything["status"]["code"]) == (150, "COMPLETE")
    exact = searcher.objects("+p", count=50, offset=100)["status"]
    assert (exact["results"], exact["code"]) == (50, "COMPLETE")
    beyond = searcher.objects("+p", offset=100_000)["status"]
    assert (beyond["results"], beyond["totalResults"], beyond["code"]) == (0, 150, "COMPLETE")
    totals = searcher.objects("+p", count=0)
    assert (totals["resultSet"], totals["status"]["totalResults"]) == ([], 150)
    assert totals["status"]["code"] == "INCOMPLETE"
    assert searcher.objects("nothing", count=0)["status"]["code"] == "COMPLETE"


def test_slices_by_change_time(mock: Mock, searcher: Searcher) -> None:
    rows = searcher.objects("*:*", sort="changeTimeMilliseconds")["resultSet"]
    middle = rows[1]["changeTimeMilliseconds"]
    below = searcher.objects(
        f"changeTimeMilliseconds:[0 TO {middle}]", sort="changeTimeMilliseconds"
    )
    above = searcher.objects(
        f"changeTimeMilliseconds:{{{middle} TO *]", sort="changeTimeMilliseconds"
    )
    assert below["resultSet"] + above["resultSet"] == rows


def test_facets(mock: Mock, searcher: Searcher) -> None:
    searchable(mock, "letters", objects={"x": ""})
    result = searcher.objects("*:*", facets="namespace", count=1)
    rows = [{"value": "docs.finance", "count": 3}, {"value": "letters.finance", "count": 1}]
    assert result["facets"] == {"facet": [{"property": "namespace", "frequency": rows}]}
    assert "facets" not in searcher.objects("*:*")
    root = searcher.xml(
        "<queryRequest><object><query>*:*</query><facets>namespace,hold</facets></object>"
        "</queryRequest>"
    )
    assert [
        (facet.attrib["property"], [dict(row.attrib) for row in facet])
        for facet in root.findall("facets/facet")
    ] == [
        (
            "namespace",
            [{"value": "docs.finance", "count": "3"}, {"value": "letters.finance", "count": "1"}],
        ),
        ("hold", [{"value": "false", "count": "4"}]),
    ]


@pytest.mark.parametrize("facets", ["size", "Hold", "hold,,namespace", "hold(1;2;3)", "x(1;2;3)"])
def test_what_is_no_facet(searcher: Searcher, facets: str) -> None:
    assert searcher.refuses("*:*", facets=facets)


@pytest.fixture
def scans(mock: Mock, s3: Any) -> Searcher:
    """A namespace with a content class, and three objects with metadata."""
    mock.seed_tenant(contentClasses=[SCANS])
    settings = {"contentClasses": ["Scans"]}
    searchable(mock, customMetadataIndexingEnabled=True, customMetadataIndexingSettings=settings)
    people = [
        {"dept": "Legal", "box": "7", "price": "1.50", "born": "2001-05-01", "urgent": "true"},
        {"dept": "Sales", "box": "70", "price": "20", "born": "05/31/2002", "seen": "24.12.2020"},
        {"dept": "Legal", "box": "many", "words": "North wind 12"},
    ]
    for key, metadata in zip("abc", people, strict=True):
        s3.put_object(Bucket="docs", Key=key, Body=b"", Metadata=metadata)
    return Searcher(mock)


@pytest.mark.parametrize(
    ("expression", "keys"),
    [
        ("dept:Legal", "ac"),
        ("dept:legal", ""),
        ("dept:L*", "ac"),
        ("dept:[M TO *]", "b"),
        ("box:7", "a"),
        ("box:[1 TO 100]", "ab"),
        ("box:[* TO *]", "ab"),
        ("price:1.5", "a"),
        ("price:[2 TO *]", "b"),
        ("born:[2002-01-01T00:00:00 TO *]", "b"),
        ("born:[2001-05-01T00:00:00Z TO 2001-05-01T00:00:00Z]", "a"),
        ("seen:[2020-12-24T00:00:00 TO 2020-12-25T00:00:00}", "b"),
        ("urgent:true", "a"),
        ("words:wind", "c"),
        ('words:"north wind"', "c"),
        ('words:"wind north"', ""),
        ("every:Sales", "b"),
        ("every:20", "b"),
        ("broken:x", ""),
        ("other:Legal", ""),
        ("made:600", "abc"),
    ],
)
def test_content_properties(scans: Searcher, expression: str, keys: str) -> None:
    assert scans.found(expression) == set(keys)


@pytest.mark.parametrize(
    "expression",
    ["box:x", "born:soon", "urgent:[false TO true]", "words:[a TO b]", "box:[1* TO 2]"],
)
def test_values_that_content_properties_do_not_have(scans: Searcher, expression: str) -> None:
    assert scans.refuses(expression)


def test_definitions_of_content_properties(scans: Searcher) -> None:
    listed = scans.objects("*:*", count=0, contentProperties="true")["contentProperties"]
    known = {row["contentProperty"]["name"]: row["contentProperty"] for row in listed}
    assert len(known) == len(SCANS["contentProperties"])
    assert known["words"] == {
        "name": "words",
        "expression": "/metapairs/meta-words",
        "type": "TOKENIZED",
        "multivalued": False,
    }
    assert known["seen"]["format"] == "dd.MM.yyyy"
    root = scans.xml(
        "<queryRequest><object><query>*:*</query><contentProperties>true</contentProperties>"
        "</object></queryRequest>"
    )
    names = [e.findtext("name") for e in root.findall("contentProperties/contentProperty")]
    assert set(names) == set(known)


def test_content_properties_belong_to_namespaces(
    mock: Mock, scans: Searcher, tenant_admin: Client
) -> None:
    path = "/tenants/finance/contentClasses/Scans"
    assert tenant_admin.post(path, {"namespaces": {"name": []}}) == 200
    assert scans.refuses("dept:Legal")
    assert scans.objects("*:*", contentProperties=True)["contentProperties"] == []
    assert tenant_admin.post(path, {"namespaces": {"name": ["docs"]}}) == 200
    assert scans.found("dept:Legal") == {"a", "c"}
    mock.seed_namespace("docs", customMetadataIndexingEnabled=False)
    assert scans.found("dept:Legal") == set()


def test_order_by_content_properties(scans: Searcher) -> None:
    assert scans.keys("*:*", sort="box+desc") == ["b", "a", "c"]
    assert scans.keys("*:*", sort="dept,box") == ["a", "c", "b"]
    assert scans.refuses("*:*", sort="every")
    assert scans.refuses("*:*", objectProperties="dept")


@pytest.mark.parametrize(
    ("facet", "counts"),
    [
        ("dept", [("Legal", 2), ("Sales", 1)]),
        ("urgent", [("true", 1)]),
        ("box(0;100;50)", [("0", 1), ("50", 1)]),
        ("box(0;70;+35)", [("0", 1), ("35", 1)]),
        # The last interval is not shortened.
        ("box(0;60;+50)", [("0", 1), ("50", 1)]),
        ("box(8;69;100)", [("8", 1)]),
        (
            "born(2001-01-01T00:00:00Z;NOW;+1YEAR)",
            [("2001-01-01T00:00:00Z", 1), ("2002-01-01T00:00:00Z", 1)],
        ),
        ("born(2001-01-01T00:00:00Z;*;+10YEARS)", [("2001-01-01T00:00:00Z", 2)]),
        (
            "born(2001-01-01T00:00:00Z;2003-01-01T00:00:00Z;+1YEAR+4MONTHS+29DAYS)",
            [("2001-01-01T00:00:00Z", 1), ("2002-05-30T00:00:00Z", 1)],
        ),
    ],
)
def test_facets_of_content_properties(
    scans: Searcher, facet: str, counts: list[tuple[str, int]]
) -> None:
    found = scans.objects("*:*", facets=facet)["facets"]["facet"][0]
    assert found["property"] == facet.partition("(")[0]
    assert [(row["value"], row["count"]) for row in found["frequency"]] == counts


@pytest.mark.parametrize(
    "facet",
    [
        "box",
        "born",
        "words",
        "dept(1;2;3)",
        "box(0;1)",
        "box(a;b;c)",
        "box(0;1;0)",
        "box(0;1000000;0.001)",
        "born(2001-01-01;NOW;+1YEAR)",
        "born(2001-01-01T00:00:00Z;NOW;1)",
        "born(2001-01-01T00:00:00Z;NOW;-1YEAR)",
    ],
)
def test_facets_that_content_properties_do_not_have(scans: Searcher, facet: str) -> None:
    assert scans.refuses("*:*", facets=facet)
