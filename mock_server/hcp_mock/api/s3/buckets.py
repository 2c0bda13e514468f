"""Operations on buckets: list, create, head, delete, versioning."""

from __future__ import annotations

from datetime import UTC, datetime

from ...models.permissions import DataPermission as P
from ...services.s3.acl import check_may_grant
from ...services.s3.errors import S3Error, denied, malformed
from ...services.s3.permissions import FULL_CONTROL
from ...state.records import NamespaceRecord
from .context import RequestContext
from .responses import Response, empty, iso_date
from .xml import Node, children, identity_node, parse_document, root, text_of


def creation_date(namespace: NamespaceRecord) -> str:
    timestamp = namespace.settings.creationTime or ""
    return iso_date(datetime.strptime(timestamp, "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC))


async def list_buckets(context: RequestContext) -> Response:
    if context.caller.anonymous:
        raise denied()
    context.require_mapi()
    rows = [
        Node("Bucket", Node("Name", n.name), Node("CreationDate", creation_date(n)))
        for n in context.services.buckets.owned_buckets(context.tenant, context.caller)
    ]
    owner = identity_node("Owner", context.caller.identity)
    return context.document(root("ListAllMyBucketsResult", owner, Node("Buckets", *rows)))


async def create_bucket(context: RequestContext) -> Response:
    """Create a bucket. The request has no body, neither a region nor an ACL document."""
    services, name = context.services, context.bucket_name
    located = ("Location", f"/{name}")
    wanted = services.buckets.check_creation(context.tenant, context.caller, name)
    if not context.body.is_absent and await context.body.document():
        # The code for a request with a body is unconfirmed.
        raise S3Error("InvalidArgument", "A bucket is created without a body.")
    acl = services.acl.from_headers(context.tenant, context.request.headers) or []
    check_may_grant(acl, FULL_CONTROL, context.caller.identity)
    if "x-amz-bucket-object-lock-enabled" in context.request.headers:
        # Not documented: object lock is enabled when a namespace is created through MAPI.
        raise S3Error("NotImplemented")
    if wanted:
        services.buckets.create(context.tenant, context.caller, name, acl)
    return empty(200, located)


async def head_bucket(context: RequestContext) -> Response:
    context.require_mapi()
    context.bucket.require(P.READ)
    return empty()


async def delete_bucket(context: RequestContext) -> Response:
    context.require_mapi()
    context.services.buckets.delete(context.bucket)
    return empty(204)


async def get_versioning(context: RequestContext) -> Response:
    context.require_mapi()
    status = context.services.buckets.versioning_status(context.bucket)
    content = [Node("Status", status)] if status else []
    return context.document(root("VersioningConfiguration", *content))


async def put_versioning(context: RequestContext) -> Response:
    context.require_mapi()
    bucket = context.bucket
    bucket.require_owner()
    check_xml_type(context)
    elements = children(
        parse_document(await context.body.document(), "VersioningConfiguration"),
        "Status",
        "MfaDelete",
    )
    status = text_of(elements["Status"])
    if status not in ("Enabled", "Suspended") or elements["MfaDelete"]:
        raise malformed()
    context.services.buckets.set_versioning(bucket, status == "Enabled")
    return empty(200, ("Location", f"/{context.bucket_name}"))


def check_xml_type(context: RequestContext) -> None:
    sent = context.request.headers.get("content-type")
    if sent is not None and sent.partition(";")[0].strip().lower() not in (
        "application/xml",
        "text/xml",
    ):
        raise S3Error("InvalidArgument", "The Content-Type is not that of XML.")
