"""ACLs and permissions: who may grant what, and the effect of grants."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from botocore.exceptions import ClientError

from .conftest import Client, Mock
from .s3 import Wire, code_of, keys, refused

T = "/tenants/finance"
GROUPS = "http://acs.amazonaws.com/groups/global/"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
NS = "http://s3.amazonaws.com/doc/2006-03-01/"


def grants(answer: Any) -> set[tuple[str, str]]:
    return {
        (row["Grantee"].get("DisplayName") or row["Grantee"]["URI"], row["Permission"])
        for row in answer["Grants"]
    }


OWN = ("boss", "FULL_CONTROL")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("private", set()),
        ("public-read", {(f"{GROUPS}AllUsers", "READ")}),
        ("public-read-write", {(f"{GROUPS}AllUsers", "READ"), (f"{GROUPS}AllUsers", "WRITE")}),
        ("authenticated-read", {(f"{GROUPS}AuthenticatedUsers", "READ")}),
    ],
)
def test_canned_acls(s3: Any, bucket: str, name: str, wanted: set[tuple[str, str]]) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    s3.put_bucket_acl(Bucket=bucket, ACL=name)
    s3.put_object_acl(Bucket=bucket, Key="k", ACL=name)
    for found in (s3.get_bucket_acl(Bucket=bucket), s3.get_object_acl(Bucket=bucket, Key="k")):
        assert grants(found) == {OWN} | wanted
        assert found["Owner"]["DisplayName"] == "boss"
    s3.create_bucket(Bucket="second", ACL=name)
    assert grants(s3.get_bucket_acl(Bucket="second")) == {OWN} | wanted


def test_grants_in_headers(s3: Any, bucket: str, tenant_admin: Client) -> None:
    guid = tenant_admin.read(f"{T}/userAccounts/n", verbose="true")["userGUID"]
    s3.put_bucket_acl(
        Bucket=bucket,
        GrantRead=f'id={guid}, emailAddress="m"',
        GrantReadACP="emailAddress=authenticated",
        GrantWrite=f"uri={GROUPS}AllUsers",
        GrantWriteACP="emailAddress=all%5Fusers",
        GrantFullControl="emailAddress=A",
    )
    assert grants(s3.get_bucket_acl(Bucket=bucket)) == {
        OWN,
        ("n", "READ"),
        ("m", "READ"),
        (f"{GROUPS}AuthenticatedUsers", "READ_ACP"),
        (f"{GROUPS}AllUsers", "WRITE"),
        (f"{GROUPS}AllUsers", "WRITE_ACP"),
        ("a", "FULL_CONTROL"),
    }


def test_what_is_read_can_be_sent_back(s3: Any, bucket: str) -> None:
    s3.put_bucket_acl(Bucket=bucket, GrantRead="emailAddress=n")
    found = s3.get_bucket_acl(Bucket=bucket)
    policy = {"Owner": found["Owner"], "Grants": found["Grants"]}
    s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=policy)
    assert grants(s3.get_bucket_acl(Bucket=bucket)) == {OWN, ("n", "READ")}
    s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy={"Owner": found["Owner"], "Grants": []})
    assert grants(s3.get_bucket_acl(Bucket=bucket)) == {OWN}


def test_grants_that_are_refused(mock: Mock, s3: Any, bucket: str) -> None:
    many = ",".join(f"emailAddress=u{n}" for n in range(101))
    mock.seed_tenant(users=[{"username": f"u{n}", "password": "Abc-123"} for n in range(101)])
    wire, query = Wire(mock), {"acl": ""}
    for headers, code in (
        ({"x-amz-grant-read": "emailAddress=stranger"}, "400 InvalidArgument"),
        ({"x-amz-grant-read": "id=1"}, "400 InvalidArgument"),
        ({"x-amz-grant-read": f"uri={GROUPS}LogDelivery"}, "400 InvalidArgument"),
        ({"x-amz-grant-read": "EmailAddress=n"}, "400 InvalidArgument"),
        ({"x-amz-grant-read": "n"}, "400 InvalidArgument"),
        ({"x-amz-grant-read": "emailAddress=n,emailAddress=N"}, "400 InvalidArgument"),
        ({"x-amz-grant-read": "emailAddress=kim@ad.example.com"}, "400 InvalidArgument"),
        ({"x-amz-grant-read": many}, "400 InvalidArgument"),
        ({"x-amz-acl": "Private"}, "400 InvalidArgument"),
        ({"x-amz-acl": "bucket-owner-read"}, "400 InvalidArgument"),
        ({"x-amz-acl": "private", "x-amz-grant-read": "emailAddress=n"}, "400 MalformedXML"),
        ({}, "400 MissingRequestBodyError"),
    ):
        assert code_of(wire.send("PUT", f"/{bucket}", query, headers)) == code, headers
    answer = wire.send("PUT", f"/{bucket}", query, {"x-amz-acl": "private"}, b"<x/>")
    assert code_of(answer) == "400 MalformedXML"
    assert grants(s3.get_bucket_acl(Bucket=bucket)) == {OWN}
    assert len(s3.get_bucket_acl(Bucket=bucket)["Grants"]) == 1


def document(grant: str, owner: str = "", ns: str = NS) -> bytes:
    control = f"<AccessControlList>{grant}</AccessControlList>"
    return f'<AccessControlPolicy xmlns="{ns}">{owner}{control}</AccessControlPolicy>'.encode()


def entry(kind: str, inner: str, permission: str = "READ") -> str:
    grantee = f'<Grantee {XSI} xsi:type="{kind}">{inner}</Grantee>'
    return f"<Grant>{grantee}<Permission>{permission}</Permission></Grant>"


def test_documents(mock: Mock, s3: Any, bucket: str) -> None:
    wire, query = Wire(mock), {"ACL": ""}
    by_name = entry("AmazonCustomerByEmail", "<EmailAddress>n</EmailAddress>")
    for body, code in (
        (document(by_name + by_name), "400 InvalidArgument"),
        (document(entry("Canonical", "<ID>x</ID>")), "400 InvalidArgument"),
        (document(entry("CanonicalUser", "<ID>x</ID>")), "400 InvalidArgument"),
        (document(entry("Group", "<URI>x</URI>")), "400 InvalidArgument"),
        (document(entry("Group", "<ID>x</ID>")), "400 MalformedXML"),
        (document(by_name.replace("READ", "Read")), "400 MalformedXML"),
        (document("<Other/>"), "400 MalformedXML"),
        (document(by_name, "<Owner/>"), "400 MalformedXML"),
        (document(by_name, "<Owner><ID>stranger</ID></Owner>"), "400 InvalidArgument"),
        (document(by_name, ns="urn:other"), "400 MalformedXML"),
        (b"<AccessControlPolicy/>", "400 MalformedXML"),
    ):
        assert code_of(wire.send("PUT", f"/{bucket}", query, {}, body)) == code, body
    assert wire.send("PUT", f"/{bucket}", query, {}, document(by_name)).status_code == 200
    assert grants(s3.get_bucket_acl(Bucket=bucket)) == {OWN, ("n", "READ")}


def is_refused(call: Any) -> bool:
    try:
        call()
    except ClientError as error:
        return bool(error.response["ResponseMetadata"]["HTTPStatusCode"] == 403)
    return False


def test_what_a_grant_gives(mock: Mock, s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    place, theirs = {"Bucket": bucket, "Key": "k"}, mock.s3("none")

    def read() -> None:
        theirs.get_object(**place)["Body"].close()

    def attempts() -> dict[str, Any]:
        return {
            "list": partial(theirs.list_objects, Bucket=bucket),
            "read": read,
            "head": partial(theirs.head_bucket, Bucket=bucket),
            "write": partial(theirs.put_object, Bucket=bucket, Key="new", Body=b"y"),
            "delete": partial(theirs.delete_object, Bucket=bucket, Key="new"),
            "acl": partial(theirs.get_bucket_acl, Bucket=bucket),
            "set": partial(theirs.put_object_acl, **place, ACL="private"),
        }

    def can() -> set[str]:
        return {name for name, call in attempts().items() if not is_refused(call)}

    assert can() == set()
    for option, wanted in (
        ("GrantRead", {"list", "read", "head"}),
        ("GrantWrite", {"write", "delete"}),
        ("GrantReadACP", {"acl"}),
        ("GrantWriteACP", {"set"}),
        ("GrantFullControl", {"list", "read", "head", "write", "delete", "acl", "set"}),
    ):
        s3.put_bucket_acl(Bucket=bucket, **{option: "emailAddress=none"})
        assert can() == wanted
    s3.put_bucket_acl(Bucket=bucket, ACL="private")
    assert can() == set()


def test_objects_have_owners(mock: Mock, s3: Any, bucket: str) -> None:
    s3.put_bucket_acl(Bucket=bucket, GrantWrite="emailAddress=none")
    theirs = mock.s3("none")
    theirs.put_object(Bucket=bucket, Key="theirs", Body=b"x")
    s3.put_bucket_acl(Bucket=bucket, ACL="private")
    assert theirs.get_object(Bucket=bucket, Key="theirs")["Body"].read() == b"x"
    assert theirs.get_object_acl(Bucket=bucket, Key="theirs")["Owner"]["DisplayName"] == "none"
    theirs.put_object_acl(Bucket=bucket, Key="theirs", ACL="bucket-owner-full-control")
    found = theirs.get_object_acl(Bucket=bucket, Key="theirs")
    assert grants(found) == {("none", "FULL_CONTROL"), OWN}
    theirs.delete_object(Bucket=bucket, Key="theirs")
    with refused("AccessDenied"):
        theirs.put_object(Bucket=bucket, Key="more", Body=b"x")


def test_object_acls_count_only_where_they_are_enforced(
    mock: Mock, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", GrantRead="emailAddress=none")
    theirs = mock.s3("none")
    assert theirs.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"
    assert tenant_admin.post(f"{T}/namespaces/{bucket}", {"aclsUsage": "NOT_ENFORCED"}) == 200
    with refused("AccessDenied", 403):
        theirs.get_object(Bucket=bucket, Key="k")
    # Those of the bucket always apply.
    s3.put_bucket_acl(Bucket=bucket, GrantRead="emailAddress=none")
    assert theirs.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"


def test_acls_of_new_objects(mock: Mock, s3: Any, bucket: str) -> None:
    with refused("NotImplemented", 501):
        s3.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="aws-exec-read")
    with refused("InvalidArgument", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=b"x", GrantRead="emailAddress=stranger")
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", GrantRead="emailAddress=kim@ad.example.com")
    found = s3.get_object_acl(Bucket=bucket, Key="k")
    assert grants(found) == {OWN, ("kim@ad.example.com", "READ")}
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k")
    assert grants(s3.get_object_acl(Bucket=bucket, Key="copy")) == {OWN}


def test_only_own_permissions_can_be_granted(mock: Mock, s3: Any, bucket: str) -> None:
    s3.put_bucket_acl(
        Bucket=bucket, GrantWriteACP="emailAddress=none", GrantRead="emailAddress=none"
    )
    theirs = mock.s3("none")
    with refused("AccessDenied", 403):
        theirs.put_bucket_acl(Bucket=bucket, GrantWrite="emailAddress=m")
    theirs.put_bucket_acl(Bucket=bucket, GrantRead="emailAddress=m")
    assert grants(s3.get_bucket_acl(Bucket=bucket)) == {OWN, ("m", "READ")}


def test_a_new_owner(mock: Mock, s3: Any, bucket: str, tenant_admin: Client) -> None:
    found = s3.get_bucket_acl(Bucket=bucket)
    guid = tenant_admin.read(f"{T}/userAccounts/n", verbose="true")["userGUID"]
    policy = {"Owner": {"ID": guid}, "Grants": found["Grants"]}
    with refused("AccessDenied", 403):
        s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=policy)
    held = ["BROWSE", "READ", "READ_ACL", "WRITE", "WRITE_ACL", "DELETE", "CHOWN"]
    grant = [{"namespaceName": bucket, "permissions": held}]
    mock.seed_tenant(users=[{"username": "boss", "dataAccessPermissions": grant}])
    s3.put_bucket_acl(Bucket=bucket, AccessControlPolicy=policy)
    assert tenant_admin.read(f"{T}/namespaces/{bucket}")["owner"] == "n"
    assert mock.s3("n").list_buckets()["Buckets"][0]["Name"] == bucket
    with refused("AccessDenied", 403):
        s3.get_bucket_versioning(Bucket=bucket)
    assert ("boss", "FULL_CONTROL") in grants(s3.get_bucket_acl(Bucket=bucket))


def test_masks_and_minimum_permissions(
    mock: Mock, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    path, theirs = f"{T}/namespaces/{bucket}", mock.s3("none")
    assert tenant_admin.post(path, {"authMinimumPermissions": {"permission": ["READ"]}}) == 200
    assert keys(theirs.list_objects(Bucket=bucket)) == ["k"]
    for holder in (f"{path}/permissions", f"{T}/permissions"):
        allowed = ["READ", "WRITE", "PURGE", "SEARCH", "PRIVILEGED", "DELETE"]
        assert tenant_admin.post(holder, {"permission": ["WRITE"]}) == 200
        for caller in (s3, theirs):
            with refused("AccessDenied", 403):
                caller.get_object(Bucket=bucket, Key="k")
        with refused("AccessDenied", 403):
            s3.delete_object(Bucket=bucket, Key="k")
        assert tenant_admin.post(holder, {"permission": allowed}) == 200
    assert tenant_admin.post(path, {"authMinimumPermissions": {"permission": []}}) == 200
    both = {"authAndAnonymousMinimumPermissions": {"permission": ["READ"]}}
    assert tenant_admin.post(path, both) == 200
    assert keys(theirs.list_objects(Bucket=bucket)) == ["k"]
    assert tenant_admin.post(path, {"authUsersAlwaysGrantedAllPermissions": False}) == 200
    with refused("AccessDenied", 403):
        theirs.list_objects(Bucket=bucket)
