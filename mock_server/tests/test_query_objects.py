"""Object queries: expressions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .conftest import Client, Mock
from .query import Searcher, searchable
from .s3 import enable_versioning

N = "/tenants/finance/namespaces/docs"
FULL: dict[str, Any] = {
    "customMetadataIndexingEnabled": True,
    "customMetadataIndexingSettings": {"fullIndexingEnabled": True},
}


def put(s3: Any, *keys: str, body: bytes = b"x", **more: Any) -> None:
    for key in keys:
        s3.put_object(Bucket="docs", Key=key, Body=body, **more)


@pytest.fixture
def sizes(s3: Any, searcher: Searcher) -> None:
    """Three objects of 1, 10 and 100 bytes."""
    for key, size in (("one", 1), ("ten", 10), ("hundred", 100)):
        put(s3, key, body=b"x" * size)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("*:*", "one ten hundred"),
        ("size:10", "ten"),
        ('size:"10"', "ten"),
        ("size:(1 100)", "one hundred"),
        ("size:10 size:1", "one ten"),
        ("+size:10 +size:1", ""),
        ("+size:10 size:1", "ten"),
        ("-size:10 *:*", "one hundred"),
        # Without a criterion that is not negative no object matches.
        ("-size:10", ""),
        ("+*:* -size:10", "one hundred"),
        ("+(size:1 size:10) -utf8Name:one", "ten"),
        ("-(size:1 size:10) +*:*", "hundred"),
        ("+size:( 1 10 )", "one ten"),
        ("size:(+1 +10)", ""),
        ("size:(1 10 -1)", "ten"),
        ("size:[10 TO 100]", "ten hundred"),
        ("size:{10 TO 100]", "hundred"),
        ("size:[10 TO 100}", "ten"),
        ("size:{1 TO *]", "ten hundred"),
        ("size:[* TO 10}", "one"),
        ("+size:[5 TO *] -size:[50 TO *]", "ten"),
        ('size:["10" TO *]', "ten hundred"),
        ("utf8Name:o*", "one"),
        ("utf8Name:O*", ""),
        ("utf8Name:t?n", "ten"),
        ("utf8Name:t**n", "ten"),
        ('utf8Name:"t?n"', ""),
        ("utf8Name:[o TO u]", "one ten"),
        ("  size:1   size:10  ", "one ten"),
        ("((((size:1))))", "one"),
        (" ".join(["(size:1)"] * 200), "one"),
        ("hold:false", "one ten hundred"),
        ("hold:true", ""),
        ("index:1", "one ten hundred"),
        ('namespace:"DOCS.Finance"', "one ten hundred"),
        ("namespace:docs.finance", "one ten hundred"),
        ('namespace:"other.finance"', ""),
        ("dpl:[1 TO 4]", "one ten hundred"),
        ("hashScheme:SHA-256", "one ten hundred"),
        ("hashScheme:SHA*", "one ten hundred"),
        ("hashScheme:sha-256", ""),
        ('retention:"-1"', ""),
        ('retention:["-1" TO 0]', "one ten hundred"),
        ('retentionString:"Deletion Allowed"', "one ten hundred"),
        ('retentionString:"deletion allowed"', ""),
        ("customMetadata:false", "one ten hundred"),
        ("replicationCollision:false", "one ten hundred"),
        ("shred:true", ""),
    ],
)
@pytest.mark.usefixtures("sizes")
def test_expressions(searcher: Searcher, expression: str, found: str) -> None:
    assert searcher.found(expression) == set(found.split())


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "   ",
        "size:",
        "size:ten",
        "size:-1",
        "size:[1 TO]",
        "size:[1 10]",
        "size:[-1 TO 10]",
        "size:[1 TO 10",
        "size:+[1 TO 10]",
        "(size:1",
        "size:1)",
        '"open',
        "+ size:1",
        "*",
        "*one",
        "?ne",
        "utf8Name:*",
        "utf8Name:?e?",
        "a:b:c",
        "size:1*",
        "hold:yes",
        "hold:1",
        "hold:t*",
        "hold:[false TO true]",
        "nonsense:1",
        "Size:1",
        "urlName:x",
        "operation:CREATED",
        "type:object",
        "uid:0",
        "version:[1 TO *]",
        "version:x",
        "objectPath:[a TO b]",
        "namespace:[a TO b]",
        "namespace:d*",
        "ingestTimeString:yesterday",
        "ingestTimeString:2024-02-30T00:00:00-0000",
        'owner:"USER,finance"',
        'owner:"NOBODY,finance,boss"',
        'aclGrant:"rR"',
        'aclGrant:"x"',
        "aclGrant:r",
        'aclGrant:"r,USER,finance"',
        "(" * 4000 + "a" + ")" * 4000,
    ],
)
def test_bad_expressions(searcher: Searcher, expression: str) -> None:
    assert searcher.refuses(expression)


def test_text_looks_for_words_of_paths(searcher: Searcher, s3: Any) -> None:
    put(s3, "Reports/2024/north-wind.txt", "reports/abc123", "test1", "Straße/ä")
    assert searcher.found("reports") == {"Reports/2024/north-wind.txt", "reports/abc123"}
    assert searcher.found("NORTH") == {"Reports/2024/north-wind.txt"}
    assert searcher.found("nort") == set()
    assert searcher.found("nort*") == {"Reports/2024/north-wind.txt"}
    assert searcher.found("n?rth") == {"Reports/2024/north-wind.txt"}
    assert searcher.found("strasse") == {"Straße/ä"}
    # Letters and digits are separate words, any of which matches.
    assert searcher.found("abc999") == {"reports/abc123"}
    assert searcher.found("+abc999") == {"reports/abc123"}
    assert searcher.found("+test -abc123") == {"test1"}
    assert searcher.found("+reports -abc2024") == set()
    assert searcher.found("tes*1") == set()
    assert searcher.found("tes*") == {"test1"}
    # A phrase keeps the order.
    assert searcher.found('"north wind"') == {"Reports/2024/north-wind.txt"}
    assert searcher.found('"wind north"') == set()
    assert searcher.found('"abc123"') == {"reports/abc123"}
    assert searcher.found('"nort*"') == set()
    assert searcher.found(r"2024\-north") == {"Reports/2024/north-wind.txt"}


def test_object_paths(searcher: Searcher, s3: Any) -> None:
    put(s3, "drafts/a.txt", "drafts/b/c.txt", "final/a.txt")
    for text in ('"/drafts"', '"drafts"', '"/DRAFTS"', "/drafts", "draft*"):
        assert searcher.found(f"objectPath:{text}") == {"drafts/a.txt", "drafts/b/c.txt"}
    assert searcher.found('+*:* -objectPath:"/drafts"') == {"final/a.txt"}
    assert searcher.found('objectPath:"/drafts/b"') == {"drafts/b/c.txt"}
    assert searcher.found("utf8Name:a.txt") == {"drafts/a.txt", "final/a.txt"}


def test_names_that_need_a_backslash(searcher: Searcher, s3: Any) -> None:
    put(s3, "a:b (1)", "star*", "start", 'say "hi"')
    assert searcher.found(r"utf8Name:star\*") == {"star*"}
    assert searcher.found("utf8Name:star*") == {"star*", "start"}
    assert searcher.found('utf8Name:"star*"') == {"star*"}
    assert searcher.found(r"utf8Name:a\:b\ \(1\)") == {"a:b (1)"}
    assert searcher.found(r'utf8Name:"say \"hi\""') == {'say "hi"'}


def test_folders_are_no_objects(searcher: Searcher, s3: Any) -> None:
    put(s3, "a/b/c")
    s3.put_object(Bucket="docs", Key="empty/")
    assert searcher.found("*:*") == {"a/b/c"}
    assert len(searcher.operations()["resultSet"]) == 1


def test_open_uploads_are_no_objects(searcher: Searcher, s3: Any) -> None:
    upload = s3.create_multipart_upload(Bucket="docs", Key="big")["UploadId"]
    part = s3.upload_part(Bucket="docs", Key="big", UploadId=upload, PartNumber=1, Body=b"x")
    assert searcher.found("*:*") == set()
    parts = [{"PartNumber": 1, "ETag": part["ETag"]}]
    s3.complete_multipart_upload(
        Bucket="docs", Key="big", UploadId=upload, MultipartUpload={"Parts": parts}
    )
    assert searcher.found("+size:1 +big") == {"big"}


def test_hashes(searcher: Searcher, s3: Any) -> None:
    put(s3, "k", body=b"abc")
    sha = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"
    row = searcher.objects("*:*", objectProperties="hash,hashScheme")["resultSet"][0]
    assert (row["hash"], row["hashScheme"]) == (f"SHA-256 {sha}", "SHA-256")
    assert searcher.found(f'hash:"SHA-256 {sha}"') == {"k"}
    assert searcher.found(f"hash:SHA-256*{sha[5:20]}*") == {"k"}
    assert searcher.found(f'hash:"SHA-256 {sha.lower()}"') == set()


@pytest.mark.parametrize(
    ("scheme", "length"), [("MD5", 32), ("SHA-1", 40), ("SHA-512", 128), ("RIPEMD-160", 40)]
)
def test_every_hash_scheme(mock: Mock, s3: Any, scheme: str, length: int) -> None:
    searchable(mock, hashScheme=scheme)
    put(s3, "k")
    row = Searcher(mock).objects("*:*", objectProperties="hash")["resultSet"][0]
    assert row["hash"].startswith(f"{scheme} ")
    assert len(row["hash"].split()[1]) == length


def test_times(searcher: Searcher, s3: Any, mock: Mock) -> None:
    put(s3, "early")
    mock.control("POST", "/clock", {"advance": 7200})
    put(s3, "late")
    hour = timedelta(hours=1)
    between = (datetime.now(UTC) + hour).strftime("%Y-%m-%dT%H:%M:%S+0000")
    assert searcher.found(f"ingestTimeString:[{between} TO *]") == {"late"}
    assert searcher.found(f"+updateTimeString:[* TO {between}}}") == {"early"}
    # Without an offset the time zone is UTC.
    assert searcher.found(f"accessTimeString:[{between[:-5]} TO *]") == {"late"}
    seconds = int((datetime.now(UTC) + hour).timestamp())
    assert searcher.found(f"ingestTime:[{seconds} TO *]") == {"late"}
    assert searcher.found(f"changeTimeMilliseconds:[{seconds * 1000}.00 TO *]") == {"late"}
    row = searcher.objects("+late", objectProperties="ingestTimeString")["resultSet"][0]
    # The stored time has fractions of a second.
    assert searcher.found(f'ingestTimeString:"{row["ingestTimeString"]}"') == set()
    assert searcher.found(f"changeTimeMilliseconds:{row['changeTimeMilliseconds']}") == {"late"}


def test_a_change_of_metadata_moves_the_change_time(
    searcher: Searcher, s3: Any, mock: Mock
) -> None:
    put(s3, "k")
    before = searcher.objects("*:*", verbose=True)["resultSet"][0]
    mock.control("POST", "/clock", {"advance": 60})
    s3.put_object_acl(Bucket="docs", Key="k", ACL="public-read")
    after = searcher.objects("*:*", verbose=True)["resultSet"][0]
    moved = float(after["changeTimeMilliseconds"]) - float(before["changeTimeMilliseconds"])
    assert moved >= 60_000
    assert before["ingestTime"] == after["ingestTime"]
    assert (before["acl"], after["acl"]) == (False, True)


def test_retention(searcher: Searcher, s3: Any, mock: Mock, tenant_admin: Client) -> None:
    mock.seed_namespace("docs", retentionClasses=[{"name": "Keep-5y", "value": "A+5y"}])
    events = s3.meta.events

    def keep(key: str, **headers: str) -> None:
        def add(params: dict[str, Any], **_unused: Any) -> None:
            params["headers"].update(headers)

        events.register("before-call.s3.PutObject", add)
        put(s3, key)
        events.unregister("before-call.s3.PutObject", add)

    keep("free")
    keep("never", **{"x-hcp-retention": "-1"})
    keep("later", **{"x-hcp-retention": "-2"})
    keep("dated", **{"x-hcp-retention": "2040-01-01T00:00:00+0000"})
    keep("class", **{"x-hcp-retention": "C+Keep-5y"})
    keep("held", **{"x-hcp-retentionhold": "true"})
    stamp = int(datetime(2040, 1, 1, tzinfo=UTC).timestamp())
    assert searcher.found("retention:0") == {"free", "held"}
    assert searcher.found('retention:("-1" "-2")') == {"never", "later"}
    assert searcher.found(f"retention:{stamp}") == {"dated"}
    assert searcher.found("retention:[1 TO *]") == {"dated", "class"}
    assert searcher.found("retentionClass:Keep-5y") == {"class"}
    assert searcher.found("retentionClass:Keep*") == {"class"}
    assert searcher.found("retentionClass:keep*") == set()
    assert searcher.found("hold:true") == {"held"}
    assert searcher.found('retentionString:"Initial Unspecified"') == {"later"}
    assert searcher.found('retentionString:"Deletion Prohibited"') == {"never"}
    assert searcher.found("retentionString:[2039-12-31T23:59:59+0000 TO *]") == {"dated"}
    rows = {
        row["objectPath"]: (row["retention"], row["retentionString"], row["retentionClass"])
        for row in searcher.objects(
            "*:*", objectProperties="objectPath,retention,retentionString,retentionClass"
        )["resultSet"]
    }
    assert rows["/dated"] == (stamp, "2040-01-01T00:00:00+0000", "")
    assert rows["/later"] == (-2, "Initial Unspecified", "")
    assert rows["/class"][2] == "Keep-5y"
    facets = searcher.objects("*:*", count=0, facets="hold,retention,retentionClass")["facets"][
        "facet"
    ]
    counted = {
        facet["property"]: [(row["value"], row["count"]) for row in facet["frequency"]]
        for facet in facets
    }
    assert counted == {
        "hold": [("false", 5), ("true", 1)],
        "retention": [
            ("expired", 2),
            ("not expired", 2),
            ("initialUnspecified", 1),
            ("neverDeletable", 1),
        ],
        "retentionClass": [("Keep-5y", 1)],
    }


def test_owners(searcher: Searcher, s3: Any, mock: Mock) -> None:
    put(s3, "mine")
    rows = [{"namespaceName": "docs", "permissions": ["SEARCH", "WRITE"]}]
    mock.seed_tenant(users=[{"username": "n", "dataAccessPermissions": rows}])
    mock.s3("n").put_object(Bucket="docs", Key="his", Body=b"x")
    assert searcher.found('owner:"USER,finance,n"') == {"his"}
    assert searcher.found('owner:"USER,FINANCE,N"') == {"his"}
    assert searcher.found("owner:USER") == {"mine"}
    assert Searcher(mock, user="n").found("owner:USER") == {"his"}
    assert searcher.found("owner:nobody") == set()
    assert searcher.found('owner:"GROUP,finance,all_users"') == set()
    assert Searcher(mock, "finance", "sys-none").refuses("owner:USER")
    row = searcher.objects("utf8Name:his", objectProperties="owner")["resultSet"][0]
    assert row["owner"] == "USER,finance,n"


def test_acls(searcher: Searcher, s3: Any) -> None:
    put(s3, "plain")
    put(s3, "read", ACL="public-read")
    put(s3, "users", ACL="authenticated-read")
    put(s3, "user")
    who = "emailAddress=n"
    s3.put_object_acl(Bucket="docs", Key="user", GrantWrite=who, GrantRead=who)
    put(s3, "full", GrantFullControl="emailAddress=m")
    assert searcher.found("acl:true") == {"read", "users", "user", "full"}
    assert searcher.found('aclGrant:"r"') == {"read", "users"}
    assert searcher.found('aclGrant:"*r*"') == {"read", "users", "user", "full"}
    assert searcher.found('aclGrant:"rwd"') == {"user"}
    assert searcher.found('aclGrant:"RrWwd"') == {"full"}
    assert searcher.found('aclGrant:"r,GROUP,finance,all_users"') == {"read"}
    assert searcher.found('aclGrant:"r,GROUP,finance,authenticated"') == {"users"}
    assert searcher.found('aclGrant:"*w*,USER,finance,N"') == {"user"}
    assert searcher.found('aclGrant:"*,USER,finance,nobody"') == set()


def test_acls_of_what_is_not_indexed(mock: Mock, s3: Any) -> None:
    searchable(mock, indexingDefault=False, **FULL)
    put(s3, "k", ACL="public-read", Metadata={"dept": "Legal"})
    searcher = Searcher(mock)
    assert searcher.found("+index:false +acl:true +customMetadata:true") == {"k"}
    assert searcher.found('aclGrant:"r"') == set()
    assert searcher.found("legal") == set()


def test_only_current_versions(searcher: Searcher, s3: Any) -> None:
    enable_versioning(s3, "docs")
    put(s3, "k", body=b"1")
    old = searcher.objects("*:*")["resultSet"][0]["version"]
    put(s3, "k", body=b"22")
    result = searcher.objects("*:*", objectProperties="size")
    assert [row["size"] for row in result["resultSet"]] == [2]
    # An old version ID finds the current version.
    found = searcher.objects(f"version:{old}", objectProperties="size")["resultSet"]
    assert [(row["version"] > old, row["size"]) for row in found] == [(True, 2)]
    s3.delete_object(Bucket="docs", Key="k")
    assert searcher.found("*:*") == set()
    assert searcher.found(f"version:{old}") == set()


def test_custom_metadata(mock: Mock, s3: Any, tenant_admin: Client) -> None:
    searchable(mock, **FULL)
    searcher = Searcher(mock)
    put(s3, "a", Metadata={"dept": "Legal Affairs", "box": "17"})
    put(s3, "b", Metadata={"dept": "Sales"})
    put(s3, "legal/c")
    assert searcher.found("customMetadata:true") == {"a", "b"}
    assert searcher.found("legal") == {"a", "legal/c"}
    assert searcher.found("customMetadataContent:legal") == {"a"}
    assert searcher.found("customMetadataContent:LEG*") == {"a"}
    assert searcher.found("customMetadataContent:(legal sales)") == {"a", "b"}
    assert searcher.found('customMetadataContent:"legal affairs"') == {"a"}
    assert searcher.found('customMetadataContent:"affairs legal"') == set()
    assert searcher.found('customMetadataContent:"meta-dept.Sales.meta-dept"') == {"b"}
    assert searcher.found('customMetadataContent:"<meta-box>17</meta-box>"') == {"a"}
    assert searcher.found('customMetadataContent:"metapairs.version.600"') == {"a", "b"}
    assert searcher.found("customMetadataAnnotation:.metapairs") == {"a", "b"}
    row = searcher.objects("utf8Name:a", objectProperties="customMetadataAnnotation")["resultSet"][
        0
    ]
    assert row["customMetadataAnnotation"] == ".metapairs"
    indexing = f"{N}/customMetadataIndexingSettings"
    assert tenant_admin.post(indexing, {"excludedAnnotations": "other, .meta*"}) == 200
    assert searcher.found("legal") == {"legal/c"}
    assert tenant_admin.post(indexing, {"excludedAnnotations": "other"}) == 200
    assert searcher.found("legal") == {"a", "legal/c"}
    assert tenant_admin.post(indexing, {"fullIndexingEnabled": False}) == 200
    assert searcher.found("legal") == {"legal/c"}


def test_the_index_may_lag(mock: Mock, searcher: Searcher, s3: Any) -> None:
    mock.seed(rules={"indexDelay": 300})
    put(s3, "k")
    assert searcher.found("*:*") == set()
    assert len(searcher.operations()["resultSet"]) == 1
    mock.control("POST", "/clock", {"advance": 301})
    assert searcher.found("*:*") == {"k"}
    s3.delete_object(Bucket="docs", Key="k")
    assert searcher.objects("*:*")["resultSet"] == []
    lost = searcher.objects("*:*", verbose=True)
    assert lost["status"]["totalResults"] == 1
    row = lost["resultSet"][0]
    assert (row["operation"], row["objectPath"]) == ("NOT_FOUND", "/k")
    assert "version" not in row
    assert "changeTimeMilliseconds" not in row
    mock.control("POST", "/clock", {"advance": 301})
    assert searcher.objects("*:*", verbose=True)["resultSet"] == []
