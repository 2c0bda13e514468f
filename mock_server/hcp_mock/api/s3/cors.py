"""Operations on the CORS configuration of a bucket, and preflight requests."""

from __future__ import annotations

from ...models.accounts import Role
from ...services.s3 import cors
from ...services.s3.errors import S3Error, denied
from .context import RequestContext
from .responses import Pairs, Response, empty


async def get_cors(context: RequestContext) -> Response:
    """Return the configuration, which has no XML declaration and no namespace."""
    return Response(200, [("Content-Type", "application/xml")], cors.read(context.bucket).encode())


async def put_cors(context: RequestContext) -> Response:
    bucket = context.bucket
    cors.require_role(bucket, Role.ADMINISTRATOR)
    require_md5(context)
    cors.replace(bucket, await context.body.document(cors.MAX_DOCUMENT))
    return empty()


async def delete_cors(context: RequestContext) -> Response:
    bucket = context.bucket
    cors.require_role(bucket, Role.ADMINISTRATOR)
    cors.remove(bucket)
    return empty(204)


def require_md5(context: RequestContext) -> None:
    """Content-MD5 is required; checksums do not replace it. The error code is inferred."""
    if "content-md5" not in context.request.headers:
        text = "Missing required header for this request: Content-MD5"
        raise S3Error("MissingSecurityHeader", text)


def preflight(context: RequestContext) -> Response:
    """Answer a preflight request without authentication. A missing bucket has no rules."""
    headers = context.request.headers
    origin = headers.get("origin")
    method = headers.get("access-control-request-method")
    namespace = context.tenant.namespaces.get(context.bucket_name)
    if origin is None or method is None or namespace is None or not namespace.http.hs3Enabled:
        raise denied()
    text = headers.text("access-control-request-headers")
    requested = [word.strip().lower() for word in text.split(",") if word.strip()]
    for rule in cors.rules(cors.effective(context.tenant, namespace)):
        if rule.matches(origin, method, requested):
            return empty(200, *cors.cors_headers(rule, origin, requested))
    raise denied("No CORS rule allows the request.")


def response_headers(context: RequestContext) -> Pairs:
    """Return the CORS headers of the response to an actual request."""
    origin = context.request.headers.get("origin")
    namespace = context.tenant.namespaces.get(context.bucket_name)
    if origin is None or namespace is None:
        return []
    for rule in cors.rules(cors.effective(context.tenant, namespace)):
        if rule.matches(origin, context.request.method, []):
            return cors.cors_headers(rule, origin, None)
    return []
