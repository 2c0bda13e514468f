"""Reading and setting the ACL of a bucket or an object."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ...models.permissions import DataPermission as P
from ...services.s3 import acl
from ...services.s3.buckets import Bucket
from ...services.s3.callers import NOBODY, owner_of
from ...services.s3.errors import S3Error, denied, malformed
from ...state.objects import Grant, Person
from .answers import Answer, empty
from .call import Call
from .service import check_xml_type
from .xml import NS, Node, children, local, person, read_document, root, text_of

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_KINDS = {
    "CanonicalUser": ("id", "ID"),
    "AmazonCustomerByEmail": ("emailAddress", "EmailAddress"),
    "Group": ("uri", "URI"),
}


def _grantee(grant: Grant) -> Node:
    if grant.person is None:
        inner, kind = [Node("URI", grant.group or "")], "Group"
    else:
        who = grant.person
        inner, kind = [Node("ID", who.id), Node("DisplayName", who.name)], "CanonicalUser"
    return Node("Grantee", *inner, xmlns__xsi=_XSI, xsi__type=kind)


def _document(call: Call, owner: Person, grants: list[Grant]) -> Answer:
    rows = [
        Node("Grant", _grantee(grant), Node("Permission", grant.permission))
        for grant in acl.shown(owner, grants)
        if grant.person != NOBODY
    ]
    control = Node("AccessControlList", *rows)
    return call.document(root("AccessControlPolicy", person("Owner", owner), control))


async def get_bucket_acl(call: Call) -> Answer:
    call.need_mapi()
    bucket = call.bucket
    bucket.need(P.READ_ACL)
    return _document(call, owner_of(bucket.tenant, bucket.namespace), bucket.namespace.acl)


async def put_bucket_acl(call: Call) -> Answer:
    call.need_mapi()
    bucket = call.bucket
    bucket.need(P.WRITE_ACL)
    owner = owner_of(bucket.tenant, bucket.namespace)
    new_owner, grants = await _sent(call, bucket, of_object=False)
    _check_owner_change(bucket.rights, owner, new_owner)
    acl.check_may_grant(grants, bucket.rights, owner)
    if new_owner is not None and new_owner.id != owner.id:
        call.services.acl.change_owner(bucket.tenant, bucket.namespace, new_owner)
    bucket.namespace.acl = grants
    return empty()


async def get_object_acl(call: Call) -> Answer:
    bucket = call.bucket
    found = call.services.objects.find(
        bucket, call.key, call.asked.query.get("versionId"), P.READ_ACL
    )
    return _document(call, found.version.owner or NOBODY, found.entry.acl)


async def put_object_acl(call: Call) -> Answer:
    """Only on the current version; it counts for all of them."""
    bucket, objects = call.bucket, call.services.objects
    found = objects.find(bucket, call.key, None, P.WRITE_ACL)
    owner = found.version.owner or NOBODY
    rights = objects.rights(bucket, found.entry, found.version)
    new_owner, grants = await _sent(call, bucket, of_object=True)
    _check_owner_change(rights, owner, new_owner)
    acl.check_may_grant(grants, rights, owner)
    if new_owner is not None:
        found.version.owner = new_owner
    found.entry.acl = grants
    found.version.changed = objects.now()
    return empty()


def _check_owner_change(rights: frozenset[P], owner: Person, new: Person | None) -> None:
    if new is not None and new.id != owner.id and P.CHOWN not in rights:
        raise denied("The owner can only be changed with the permission to do so.")


async def _sent(
    call: Call, bucket: Bucket, *, of_object: bool
) -> tuple[Person | None, list[Grant]]:
    """The new owner, if one is named, and the grants: from headers or from a body."""
    grants = call.services.acl.from_headers(
        call.tenant,
        call.asked.headers,
        owner=bucket.namespace if of_object else None,
        setting=True,
    )
    content = await call.body.document()
    if grants is not None:
        if content:
            raise malformed("An ACL comes in headers or in the body, not in both.")
        return None, grants
    check_xml_type(call)
    policy = read_document(content, "AccessControlPolicy")
    if policy.tag != f"{{{NS}}}AccessControlPolicy":
        raise malformed("The namespace of the document is missing.")
    found = children(policy, "Owner", "AccessControlList")
    if len(found["AccessControlList"]) != 1 or len(found["Owner"]) > 1:
        raise malformed()
    owner = None
    for element in found["Owner"]:
        number = text_of(children(element, "ID", "DisplayName")["ID"])
        if not number:
            raise malformed()
        owner = _owner(call, bucket, number, of_object=of_object)
    listed = children(found["AccessControlList"][0], "Grant")["Grant"]
    return owner, acl.checked([_grant(call, entry, of_object=of_object) for entry in listed])


def _owner(call: Call, bucket: Bucket, number: str, *, of_object: bool) -> Person | None:
    """The owner as sent back from a GET may be nobody: that changes nothing."""
    if number == NOBODY.id and (of_object or owner_of(bucket.tenant, bucket.namespace) == NOBODY):
        return None
    return call.services.acl.person(call.tenant, "id", number, of_object=of_object)


def _grant(call: Call, element: Element, *, of_object: bool) -> Grant:
    found = children(element, "Grantee", "Permission")
    permission = text_of(found["Permission"])
    if permission is None or len(found["Grantee"]) != 1:
        raise malformed()
    grantee = found["Grantee"][0]
    kind = (grantee.get(f"{{{_XSI}}}type") or "").rpartition(":")[2]
    if kind not in _KINDS:
        raise S3Error("InvalidArgument", "The type of a grantee is not known.")
    identifier, name = _KINDS[kind]
    values = [child for child in grantee if local(child) != "DisplayName"]
    value = text_of([child for child in values if local(child) == name])
    if not value or len(values) != 1:
        raise malformed()
    return call.services.acl.grant(call.tenant, permission, identifier, value, of_object=of_object)
