"""Listings of keys: prefixes, delimiters, markers, pages, encoding."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Mock
from .s3 import Wire, code_of, keys, refused

TREE = ["a/1", "a/2", "b", "mktg/x/1", "mktg/y", "z ü+/&<k>"]
ALL = ["a/", "a/1", "a/2", "b", "mktg/", "mktg/x/", "mktg/x/1", "mktg/y", "z ü+/", "z ü+/&<k>"]


@pytest.fixture
def tree(mock: Mock, s3: Any, bucket: str) -> str:
    mock.seed_namespace(bucket, objects=dict.fromkeys(TREE, "text"))
    return bucket


def prefixes(answer: Any) -> list[str]:
    return [row["Prefix"] for row in answer.get("CommonPrefixes", [])]


def test_everything(s3: Any, tree: str) -> None:
    for listed in (s3.list_objects(Bucket=tree), s3.list_objects_v2(Bucket=tree)):
        assert keys(listed) == ALL
        assert listed["IsTruncated"] is False
    first = s3.list_objects(Bucket=tree)["Contents"][0]
    assert (first["Size"], first["StorageClass"]) == (0, "STANDARD")
    assert first["ETag"] == '"d41d8cd98f00b204e9800998ecf8427e"'
    assert first["Owner"] == {"ID": "nobody", "DisplayName": "nobody"}
    second = s3.list_objects(Bucket=tree)["Contents"][1]
    assert (second["Size"], second["Owner"]["DisplayName"]) == (4, "boss")
    assert "Owner" not in s3.list_objects_v2(Bucket=tree)["Contents"][1]
    owners = s3.list_objects_v2(Bucket=tree, FetchOwner=True)["Contents"]
    assert owners[1]["Owner"]["DisplayName"] == "boss"


def test_prefixes_and_delimiters(s3: Any, tree: str) -> None:
    top = s3.list_objects_v2(Bucket=tree, Delimiter="/")
    assert (keys(top), prefixes(top)) == (["b"], ["a/", "mktg/", "z ü+/"])
    assert top["KeyCount"] == 4
    below = s3.list_objects(Bucket=tree, Prefix="mktg/", Delimiter="/")
    assert (keys(below), prefixes(below)) == (["mktg/", "mktg/y"], ["mktg/x/"])
    assert keys(s3.list_objects(Bucket=tree, Prefix="mktg/x")) == ["mktg/x/", "mktg/x/1"]
    odd = s3.list_objects(Bucket=tree, Delimiter="tg")
    assert prefixes(odd) == ["mktg"]
    assert keys(s3.list_objects(Bucket=tree, Prefix="nothing")) == []


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("delimiter", ["", "/"])
@pytest.mark.parametrize("operation", ["list_objects", "list_objects_v2"])
def test_pages(s3: Any, tree: str, size: int, delimiter: str, operation: str) -> None:
    found: list[str] = []
    more = {"Delimiter": delimiter} if delimiter else {}
    pages = s3.get_paginator(operation).paginate(
        Bucket=tree, PaginationConfig={"PageSize": size}, **more
    )
    for page in pages:
        assert len(keys(page)) + len(prefixes(page)) <= size
        found += keys(page) + prefixes(page)
    wanted = sorted(["b", "a/", "mktg/", "z ü+/"]) if delimiter else ALL
    assert sorted(found) == sorted(wanted)
    assert len(found) == len(set(found))


def test_markers(s3: Any, tree: str) -> None:
    assert keys(s3.list_objects(Bucket=tree, Marker="a/1"))[0] == "a/2"
    assert keys(s3.list_objects(Bucket=tree, Marker="a/0"))[0] == "a/1"
    # A folder's name without its slash skips its content.
    assert keys(s3.list_objects(Bucket=tree, Marker="a"))[0] == "b"
    assert keys(s3.list_objects(Bucket=tree, Marker="a/"))[0] == "a/1"
    assert keys(s3.list_objects_v2(Bucket=tree, StartAfter="mktg/y"))[0] == "z ü+/"
    listed = s3.list_objects(Bucket=tree, Prefix="mktg/", Delimiter="/", Marker="mktg/x/")
    assert (keys(listed), prefixes(listed)) == (["mktg/y"], [])
    assert "NextMarker" not in s3.list_objects(Bucket=tree, MaxKeys=1)
    assert s3.list_objects(Bucket=tree, MaxKeys=1, Delimiter="/")["NextMarker"] == "a/"
    echoed = s3.list_objects_v2(Bucket=tree, StartAfter="b", MaxKeys=1)
    assert echoed["StartAfter"] == "b"
    following = s3.list_objects_v2(
        Bucket=tree, StartAfter="b", ContinuationToken=echoed["NextContinuationToken"], MaxKeys=1
    )
    assert (following["StartAfter"], keys(following)) == ("b", ["mktg/x/"])
    assert following["ContinuationToken"] == echoed["NextContinuationToken"]


def test_bad_values(mock: Mock, s3: Any, tree: str) -> None:
    wire = Wire(mock)
    for query in (
        {"max-keys": "-1"},
        {"max-keys": "many"},
        {"max-keys": "2147483648"},
        {"encoding-type": "base64"},
        {"list-type": "2", "continuation-token": "nonsense"},
        {"list-type": "2", "continuation-token": "AAAA"},
        {"versions": "", "version-id-marker": "x"},
    ):
        assert code_of(wire.send("GET", f"/{tree}", query)) == "400 InvalidArgument"
    for query in ({"max-keys": "2147483647"}, {"max-keys": ""}):
        assert b"<MaxKeys>1000</MaxKeys>" in wire.send("GET", f"/{tree}", query).content
    assert b"<Marker/>" in wire.send("GET", f"/{tree}", {"list-type": "3"}).content
    nothing = s3.list_objects(Bucket=tree, MaxKeys=0)
    assert (keys(nothing), nothing["IsTruncated"]) == ([], False)


def test_encoding(mock: Mock, tree: str) -> None:
    wire = Wire(mock)
    plain = wire.send("GET", f"/{tree}", {"prefix": "z"}).text
    assert "<Key>z ü+/&amp;&lt;k&gt;</Key>" in plain
    assert "EncodingType" not in plain
    encoded = wire.send("GET", f"/{tree}", {"prefix": "z", "encoding-type": "url"}).text
    assert "<Key>z%20%C3%BC%2B/%26%3Ck%3E</Key>" in encoded
    assert "<EncodingType>url</EncodingType>" in encoded


def test_the_order_is_that_of_bytes(mock: Mock, s3: Any, bucket: str) -> None:
    names = ["Z", "a", "é", "\uffee", "😀", "a-b", "a.b", "ab"]
    mock.seed_namespace(bucket, objects=dict.fromkeys(names, ""))
    assert keys(s3.list_objects(Bucket=bucket)) == sorted(names, key=str.encode)


def test_a_thousand_at_most(mock: Mock, s3: Any, bucket: str) -> None:
    mock.seed_namespace(bucket, objects={f"{n:05d}": "" for n in range(2101)})
    listed = s3.list_objects_v2(Bucket=bucket, MaxKeys=5000)
    assert (listed["KeyCount"], listed["MaxKeys"], listed["IsTruncated"]) == (1000, 1000, True)
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    assert [page["KeyCount"] for page in pages] == [1000, 1000, 101]


def test_who_may_look(mock: Mock, s3: Any, bucket: str) -> None:
    with refused("AccessDenied", 403):
        mock.s3("none").list_objects(Bucket=bucket)
    with refused("NoSuchBucket", 404):
        s3.list_objects_v2(Bucket="absent")
