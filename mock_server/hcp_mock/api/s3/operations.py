"""The table of S3 operations by method and sub-resource."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ...services.s3.errors import S3Error, not_implemented
from ...services.s3.request import S3Request, Target
from . import (
    acls,
    buckets,
    copies,
    cors,
    listings,
    multidelete,
    multipart,
    object_lock,
    objects,
    post,
)
from .context import RequestContext
from .responses import Response

Handler = Callable[[RequestContext], Awaitable[Response]]


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    handler: Handler
    # The query parameter that selects the operation; empty for the plain method.
    sub_resource: str = ""
    # The request is signed in its body and needs no Authorization header.
    form: bool = False


SERVICE = (Operation("ListBuckets", "GET", buckets.list_buckets),)
BUCKET: tuple[Operation, ...] = (
    Operation("ListObjects", "GET", listings.list_objects),
    Operation("CreateBucket", "PUT", buckets.create_bucket),
    Operation("HeadBucket", "HEAD", buckets.head_bucket),
    Operation("DeleteBucket", "DELETE", buckets.delete_bucket),
    Operation("GetBucketVersioning", "GET", buckets.get_versioning, "versioning"),
    Operation("PutBucketVersioning", "PUT", buckets.put_versioning, "versioning"),
    Operation("ListObjectVersions", "GET", listings.list_versions, "versions"),
    Operation("ListMultipartUploads", "GET", listings.list_uploads, "uploads"),
    Operation("GetBucketAcl", "GET", acls.get_bucket_acl, "acl"),
    Operation("PutBucketAcl", "PUT", acls.put_bucket_acl, "acl"),
    Operation("GetBucketCors", "GET", cors.get_cors, "cors"),
    Operation("PutBucketCors", "PUT", cors.put_cors, "cors"),
    Operation("DeleteBucketCors", "DELETE", cors.delete_cors, "cors"),
    Operation("GetObjectLockConfiguration", "GET", object_lock.get_configuration, "object-lock"),
    Operation("PutObjectLockConfiguration", "PUT", object_lock.put_configuration, "object-lock"),
    Operation("DeleteObjects", "POST", multidelete.delete_objects, "delete"),
    Operation("PostObject", "POST", post.post_object, form=True),
)
OBJECT: tuple[Operation, ...] = (
    Operation("GetObject", "GET", objects.get_object),
    Operation("HeadObject", "HEAD", objects.head_object),
    Operation("PutObject", "PUT", objects.put_object),
    Operation("DeleteObject", "DELETE", objects.delete_object),
    Operation("GetObjectAcl", "GET", acls.get_object_acl, "acl"),
    Operation("PutObjectAcl", "PUT", acls.put_object_acl, "acl"),
    Operation("GetObjectRetention", "GET", object_lock.get_retention, "retention"),
    Operation("PutObjectRetention", "PUT", object_lock.put_retention, "retention"),
    Operation("GetObjectLegalHold", "GET", object_lock.get_legal_hold, "legal-hold"),
    Operation("PutObjectLegalHold", "PUT", object_lock.put_legal_hold, "legal-hold"),
    Operation("CreateMultipartUpload", "POST", multipart.create_upload, "uploads"),
    Operation("ListParts", "GET", multipart.list_parts, "uploadId"),
    Operation("CompleteMultipartUpload", "POST", multipart.complete_upload, "uploadId"),
    Operation("AbortMultipartUpload", "DELETE", multipart.abort_upload, "uploadId"),
)
# Operations without a sub-resource.
LIST_V2 = Operation("ListObjectsV2", "GET", listings.list_objects_v2)
COPY = Operation("CopyObject", "PUT", copies.copy_object)
CREATE_FOLDER = Operation("CreateFolder", "PUT", objects.put_object)
UPLOAD_PART = Operation("UploadPart", "PUT", multipart.upload_part)
UPLOAD_PART_COPY = Operation("UploadPartCopy", "PUT", multipart.upload_part_copy)
PREFLIGHT = "OptionsObject"
# Their responses count as bytes read from the namespace.
LISTS = frozenset({"ListObjects", "ListObjectsV2", "ListObjectVersions"})

# Names that ignore case; all others are case-sensitive.
_ANY_CASE = frozenset({"acl", "versioning", "versions"})
# Amazon's sub-resources that HCP does not have. The manual also states that unknown parameters
# are ignored; refusing these keeps a client from deleting a bucket with DELETE ?policy.
NOT_IMPLEMENTED = {
    "bucket": frozenset(
        {
            "accelerate",
            "analytics",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "lifecycle",
            "location",
            "logging",
            "metrics",
            "notification",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "tagging",
            "website",
        }
    ),
    "object": frozenset({"attributes", "renameObject", "restore", "select", "tagging", "torrent"}),
    "service": frozenset(),
}
_TABLES = {"service": SERVICE, "bucket": BUCKET, "object": OBJECT}


def select_operation(request: S3Request, target: Target) -> Operation:
    level = "service" if target.bucket is None else "bucket" if target.key is None else "object"
    for name, _unused in request.query.pairs:
        if name in NOT_IMPLEMENTED[level]:
            raise not_implemented(name)
    table = _TABLES[level]
    sub_resource = _sub_resource(request, table)
    for operation in table:
        if operation.method == request.method and operation.sub_resource == sub_resource:
            return _refine(operation, request, target)
    special = _part_operation(request, target)
    if special is not None:
        return special
    raise S3Error("MethodNotAllowed")


def _refine(operation: Operation, request: S3Request, target: Target) -> Operation:
    """Select operations that differ from another one only by a header or a value."""
    if operation.name == "ListObjects" and request.query.get("list-type") == "2":
        return LIST_V2
    if operation.name != "PutObject":
        return operation
    special = _part_operation(request, target)
    if special is not None:
        return special
    if copies.SOURCE in request.headers:
        return COPY
    return CREATE_FOLDER if (target.key or "").endswith("/") else operation


def _part_operation(request: S3Request, target: Target) -> Operation | None:
    """Only here ``uploadId`` and ``partNumber`` are matched in any case."""
    query = request.query
    if request.method != "PUT" or target.key is None:
        return None
    if query.any_case("uploadId") is None or query.any_case("partNumber") is None:
        return None
    return UPLOAD_PART_COPY if copies.SOURCE in request.headers else UPLOAD_PART


def _sub_resource(request: S3Request, table: tuple[Operation, ...]) -> str:
    """Return the first sub-resource of the table that the query names."""
    for operation in table:
        name = operation.sub_resource
        query = request.query
        if name and (query.any_case(name) is not None if name in _ANY_CASE else name in query):
            return name
    return ""
