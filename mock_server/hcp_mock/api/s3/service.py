"""Operations on buckets as such: list, create, head, delete, versioning."""

from __future__ import annotations

from datetime import UTC, datetime

from ...models.permissions import DataPermission as P
from ...services.s3.acl import check_may_grant
from ...services.s3.errors import S3Error, denied, malformed
from ...services.s3.permissions import FULL_CONTROL
from ...state.records import NamespaceRecord
from .answers import Answer, empty, iso_date
from .call import Call
from .xml import Node, children, person, read_document, root, text_of


def creation_date(namespace: NamespaceRecord) -> str:
    stamp = namespace.settings.creationTime or ""
    return iso_date(datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC))


async def list_buckets(call: Call) -> Answer:
    if call.caller.anonymous:
        raise denied()
    call.need_mapi()
    rows = [
        Node("Bucket", Node("Name", n.name), Node("CreationDate", creation_date(n)))
        for n in call.services.buckets.owned(call.tenant, call.caller)
    ]
    owner = person("Owner", call.caller.person)
    return call.document(root("ListAllMyBucketsResult", owner, Node("Buckets", *rows)))


async def create_bucket(call: Call) -> Answer:
    """No body: neither a region nor an ACL document. Plain HTTP would do as well as HTTPS."""
    services, name = call.services, call.bucket_name
    located = ("Location", f"/{name}")
    wanted = services.buckets.check_creation(call.tenant, call.caller, name)
    if not call.body.is_absent and await call.body.document():
        # With which code a body is refused is unconfirmed.
        raise S3Error("InvalidArgument", "A bucket is created without a body.")
    acl = services.acl.from_headers(call.tenant, call.asked.headers) or []
    check_may_grant(acl, FULL_CONTROL, call.caller.person)
    if "x-amz-bucket-object-lock-enabled" in call.asked.headers:
        # Undocumented: object lock comes with a namespace made through MAPI.
        raise S3Error("NotImplemented")
    if wanted:
        services.buckets.create(call.tenant, call.caller, name, acl)
    return empty(200, located)


async def head_bucket(call: Call) -> Answer:
    call.need_mapi()
    call.bucket.need(P.READ)
    return empty()


async def delete_bucket(call: Call) -> Answer:
    call.need_mapi()
    call.services.buckets.delete(call.bucket)
    return empty(204)


async def get_versioning(call: Call) -> Answer:
    call.need_mapi()
    status = call.services.buckets.versioning_status(call.bucket)
    content = [Node("Status", status)] if status else []
    return call.document(root("VersioningConfiguration", *content))


async def put_versioning(call: Call) -> Answer:
    call.need_mapi()
    bucket = call.bucket
    bucket.need_owner()
    check_xml_type(call)
    found = children(
        read_document(await call.body.document(), "VersioningConfiguration"),
        "Status",
        "MfaDelete",
    )
    status = text_of(found["Status"])
    if status not in ("Enabled", "Suspended") or found["MfaDelete"]:
        raise malformed()
    call.services.buckets.set_versioning(bucket, status == "Enabled")
    return empty(200, ("Location", f"/{call.bucket_name}"))


def check_xml_type(call: Call) -> None:
    sent = call.asked.headers.get("content-type")
    if sent is not None and sent.partition(";")[0].strip().lower() not in (
        "application/xml",
        "text/xml",
    ):
        raise S3Error("InvalidArgument", "The Content-Type is not that of XML.")
