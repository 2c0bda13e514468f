"""The context of one S3 request, as passed to the handlers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ...services.s3.authentication import Verified
from ...services.s3.buckets import Bucket
from ...services.s3.callers import Caller
from ...services.s3.container import S3Services
from ...services.s3.request import S3Request, Target
from ...state.records import TenantRecord
from .body import Body
from .responses import Response, document
from .xml import Node


@dataclass
class RequestContext:
    services: S3Services
    request: S3Request
    target: Target
    tenant: TenantRecord
    verified: Verified
    body: Body

    @property
    def caller(self) -> Caller:
        return self.verified.caller

    @property
    def bucket_name(self) -> str:
        return self.target.bucket or ""

    @property
    def key(self) -> str:
        return self.target.key or ""

    @cached_property
    def bucket(self) -> Bucket:
        return self.open(self.bucket_name)

    def open(self, name: str) -> Bucket:
        return self.services.buckets.open(
            self.tenant, self.caller, name, self.request.address, self.request.secure
        )

    def require_mapi(self) -> None:
        self.services.buckets.require_mapi(self.tenant)

    @property
    def pretty(self) -> bool:
        return self.request.headers.text("x-hcp-pretty-print").strip().lower() == "true"

    def document(self, root: Node, *headers: tuple[str, str]) -> Response:
        return document(root, self.pretty, *headers)
