"""CORS of a bucket, and what browsers ask before they send a request."""

from __future__ import annotations

from ...models.accounts import Role
from ...services.s3 import cors
from ...services.s3.errors import S3Error, denied
from .answers import Answer, Pairs, empty
from .call import Call


async def get_cors(call: Call) -> Answer:
    """Unlike other documents without declaration and namespace."""
    return Answer(200, [("Content-Type", "application/xml")], cors.read(call.bucket).encode())


async def put_cors(call: Call) -> Answer:
    bucket = call.bucket
    cors.need_role(bucket, Role.ADMINISTRATOR)
    need_md5(call)
    cors.replace(bucket, await call.body.document(cors.MAX_DOCUMENT))
    return empty()


async def delete_cors(call: Call) -> Answer:
    bucket = call.bucket
    cors.need_role(bucket, Role.ADMINISTRATOR)
    cors.remove(bucket)
    return empty(204)


def need_md5(call: Call) -> None:
    """Which code the missing header has is inferred; checksums do not replace it."""
    if "content-md5" not in call.asked.headers:
        text = "Missing required header for this request: Content-MD5"
        raise S3Error("MissingSecurityHeader", text)


def preflight(call: Call) -> Answer:
    """Nobody is logged in here. A bucket that is not there looks like one without rules."""
    headers = call.asked.headers
    origin = headers.get("origin")
    method = headers.get("access-control-request-method")
    namespace = call.tenant.namespaces.get(call.bucket_name)
    if origin is None or method is None or namespace is None or not namespace.http.hs3Enabled:
        raise denied()
    text = headers.text("access-control-request-headers")
    asked = [word.strip().lower() for word in text.split(",") if word.strip()]
    for rule in cors.rules(cors.effective(call.tenant, namespace)):
        if rule.fits(origin, method, asked):
            return empty(200, *cors.answer_headers(rule, origin, asked))
    raise denied("No CORS rule allows the request.")


def response_headers(call: Call) -> Pairs:
    """What goes with the answer to a browser's own request."""
    origin = call.asked.headers.get("origin")
    namespace = call.tenant.namespaces.get(call.bucket_name)
    if origin is None or namespace is None:
        return []
    for rule in cors.rules(cors.effective(call.tenant, namespace)):
        if rule.fits(origin, call.asked.method, []):
            return cors.answer_headers(rule, origin, None)
    return []
