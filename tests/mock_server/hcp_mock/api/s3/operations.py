"""Which operation a request asks for: a table of methods and sub-resources."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ...services.s3.asked import Asked, Place
from ...services.s3.errors import S3Error, not_implemented
from . import lists, objects, service
from .answers import Answer
from .call import Call

Handler = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    handler: Handler
    # The query parameter that chooses the operation; none for the plain method.
    part: str = ""


SERVICE = (Operation("ListBuckets", "GET", service.list_buckets),)
BUCKET: tuple[Operation, ...] = (
    Operation("ListObjects", "GET", lists.list_objects),
    Operation("CreateBucket", "PUT", service.create_bucket),
    Operation("HeadBucket", "HEAD", service.head_bucket),
    Operation("DeleteBucket", "DELETE", service.delete_bucket),
    Operation("GetBucketVersioning", "GET", service.get_versioning, "versioning"),
    Operation("PutBucketVersioning", "PUT", service.put_versioning, "versioning"),
    Operation("ListObjectVersions", "GET", lists.list_versions, "versions"),
    Operation("ListMultipartUploads", "GET", lists.list_uploads, "uploads"),
)
OBJECT: tuple[Operation, ...] = (
    Operation("GetObject", "GET", objects.get_object),
    Operation("HeadObject", "HEAD", objects.head_object),
    Operation("PutObject", "PUT", objects.put_object),
    Operation("DeleteObject", "DELETE", objects.delete_object),
)

# Names that are found whatever their case; all others are case-sensitive.
_ANY_CASE = frozenset({"acl", "versioning", "versions"})
# Amazon's sub-resources that HCP does not have. That parameters it does not know are ignored is
# stated as well; refusing these keeps a client from deleting a bucket with DELETE ?policy.
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


def choose(asked: Asked, place: Place) -> Operation:
    level = "service" if place.bucket is None else "bucket" if place.key is None else "object"
    for name, _unused in asked.query.pairs:
        if name in NOT_IMPLEMENTED[level]:
            raise not_implemented(name)
    table = _TABLES[level]
    part = _part(asked, table)
    for operation in table:
        if operation.method == asked.method and operation.part == part:
            return operation
    raise S3Error("MethodNotAllowed")


def _part(asked: Asked, table: tuple[Operation, ...]) -> str:
    """The first sub-resource of the table that the query names."""
    for operation in table:
        name = operation.part
        query = asked.query
        if name and (query.any_case(name) is not None if name in _ANY_CASE else name in query):
            return name
    return ""
