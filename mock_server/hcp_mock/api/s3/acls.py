"""Operations on the ACLs of buckets and objects."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ...models.permissions import DataPermission as P
from ...services.s3 import acl
from ...services.s3.buckets import Bucket
from ...services.s3.callers import NOBODY, owner_of
from ...services.s3.errors import S3Error, denied, malformed
from ...state.objects import Grant, Identity
from .buckets import check_xml_type
from .context import RequestContext
from .responses import Response, empty
from .xml import NS, Node, children, identity_node, local, parse_document, root, text_of

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_KINDS = {
    "CanonicalUser": ("id", "ID"),
    "AmazonCustomerByEmail": ("emailAddress", "EmailAddress"),
    "Group": ("uri", "URI"),
}


def _grantee_node(grant: Grant) -> Node:
    if grant.identity is None:
        inner, kind = [Node("URI", grant.group or "")], "Group"
    else:
        identity = grant.identity
        inner, kind = [Node("ID", identity.id), Node("DisplayName", identity.name)], "CanonicalUser"
    return Node("Grantee", *inner, xmlns__xsi=_XSI, xsi__type=kind)


def _document(context: RequestContext, owner: Identity, grants: list[Grant]) -> Response:
    rows = [
        Node("Grant", _grantee_node(grant), Node("Permission", grant.permission))
        for grant in acl.visible_grants(owner, grants)
        if grant.identity != NOBODY
    ]
    control = Node("AccessControlList", *rows)
    return context.document(root("AccessControlPolicy", identity_node("Owner", owner), control))


async def get_bucket_acl(context: RequestContext) -> Response:
    context.require_mapi()
    bucket = context.bucket
    bucket.require(P.READ_ACL)
    return _document(context, owner_of(bucket.tenant, bucket.namespace), bucket.namespace.acl)


async def put_bucket_acl(context: RequestContext) -> Response:
    context.require_mapi()
    bucket = context.bucket
    bucket.require(P.WRITE_ACL)
    owner = owner_of(bucket.tenant, bucket.namespace)
    new_owner, grants = await _parse_acl(context, bucket, of_object=False)
    _check_owner_change(bucket.rights, owner, new_owner)
    acl.check_may_grant(grants, bucket.rights, owner)
    if new_owner is not None and new_owner.id != owner.id:
        context.services.acl.change_owner(bucket.tenant, bucket.namespace, new_owner)
    bucket.namespace.acl = grants
    return empty()


async def get_object_acl(context: RequestContext) -> Response:
    bucket = context.bucket
    stored = context.services.objects.find(
        bucket, context.key, context.request.query.get("versionId"), P.READ_ACL
    )
    return _document(context, stored.version.owner or NOBODY, stored.entry.acl)


async def put_object_acl(context: RequestContext) -> Response:
    """Set the ACL of an object. It applies to all versions of the key."""
    bucket, objects = context.bucket, context.services.objects
    stored = objects.find(bucket, context.key, None, P.WRITE_ACL)
    owner = stored.version.owner or NOBODY
    rights = objects.rights(bucket, stored.entry, stored.version)
    new_owner, grants = await _parse_acl(context, bucket, of_object=True)
    _check_owner_change(rights, owner, new_owner)
    acl.check_may_grant(grants, rights, owner)
    if new_owner is not None:
        stored.version.owner = new_owner
    stored.entry.acl = grants
    stored.version.changed = objects.now()
    return empty()


def _check_owner_change(rights: frozenset[P], owner: Identity, new: Identity | None) -> None:
    if new is not None and new.id != owner.id and P.CHOWN not in rights:
        raise denied("The owner can only be changed with the permission to do so.")


async def _parse_acl(
    context: RequestContext, bucket: Bucket, *, of_object: bool
) -> tuple[Identity | None, list[Grant]]:
    """Return the new owner, if given, and the grants, from the headers or the body."""
    grants = context.services.acl.from_headers(
        context.tenant,
        context.request.headers,
        owner=bucket.namespace if of_object else None,
        setting=True,
    )
    content = await context.body.document()
    if grants is not None:
        if content:
            raise malformed("An ACL comes in headers or in the body, not in both.")
        return None, grants
    check_xml_type(context)
    policy = parse_document(content, "AccessControlPolicy")
    if policy.tag != f"{{{NS}}}AccessControlPolicy":
        raise malformed("The namespace of the document is missing.")
    elements = children(policy, "Owner", "AccessControlList")
    if len(elements["AccessControlList"]) != 1 or len(elements["Owner"]) > 1:
        raise malformed()
    owner = None
    for element in elements["Owner"]:
        number = text_of(children(element, "ID", "DisplayName")["ID"])
        if not number:
            raise malformed()
        owner = _parse_owner(context, bucket, number, of_object=of_object)
    listed = children(elements["AccessControlList"][0], "Grant")["Grant"]
    return owner, acl.check_grants(
        [_parse_grant(context, entry, of_object=of_object) for entry in listed]
    )


def _parse_owner(
    context: RequestContext, bucket: Bucket, number: str, *, of_object: bool
) -> Identity | None:
    """The owner may be "nobody", as GET returned it: nothing changes then."""
    if number == NOBODY.id and (of_object or owner_of(bucket.tenant, bucket.namespace) == NOBODY):
        return None
    return context.services.acl.find_grantee(context.tenant, "id", number, of_object=of_object)


def _parse_grant(context: RequestContext, element: Element, *, of_object: bool) -> Grant:
    elements = children(element, "Grantee", "Permission")
    permission = text_of(elements["Permission"])
    if permission is None or len(elements["Grantee"]) != 1:
        raise malformed()
    grantee = elements["Grantee"][0]
    kind = (grantee.get(f"{{{_XSI}}}type") or "").rpartition(":")[2]
    if kind not in _KINDS:
        raise S3Error("InvalidArgument", "The type of a grantee is not known.")
    identifier, name = _KINDS[kind]
    values = [child for child in grantee if local(child) != "DisplayName"]
    value = text_of([child for child in values if local(child) == name])
    if not value or len(values) != 1:
        raise malformed()
    return context.services.acl.grant(
        context.tenant, permission, identifier, value, of_object=of_object
    )
