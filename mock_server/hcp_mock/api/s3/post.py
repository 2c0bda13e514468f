"""Upload of an object with an HTML form."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from ...models.permissions import DataPermission as P
from ...services.s3 import keys, policy, retention
from ...services.s3.authentication import Verified
from ...services.s3.callers import Caller, Kind
from ...services.s3.digests import new_md5
from ...services.s3.errors import S3Error, denied, malformed
from ...services.s3.objects import ObjectDraft
from ...services.s3.request import Headers
from ...state.blobs import Data
from ...state.objects import EMPTY_MD5, Version
from .context import RequestContext
from .form import Form, parse_boundary
from .objects import encryption_header, object_acl, version_header
from .responses import XML, Pairs, Response, empty
from .xml import Node, write_xml

_AS_HEADERS = ("x-amz-", "x-hcp-", "content-type")


async def post_object(context: RequestContext) -> Response:
    """The form or an AWS Authorization header is signed. Other schemes are refused."""
    digests = context.body.digests()
    form = Form(
        context.body.stream(digests), parse_boundary(context.request.headers.get("content-type"))
    )
    await form.parse_fields()
    if not form.fields.get("key") or not form.has_file:
        raise S3Error("UserKeyMustBeSpecified")
    limits = _login(context, form)
    key = form.fields["key"].replace("${filename}", form.filename)
    keys.check_key(key)
    if keys.is_folder(key):
        raise malformed("A form cannot create folders.")
    bucket = context.bucket
    bucket.require(P.WRITE)
    _add_form_headers(context, form.fields)
    headers, services = context.request.headers, context.services
    draft = ObjectDraft(
        key=key,
        data=Data(),
        etag=EMPTY_MD5,
        content_type=form.fields.get("content-type"),
        metadata=keys.metadata(headers),
        acl=object_acl(context, bucket),
        retention=retention.initial_retention(bucket, headers, services.objects.now()),
        encryption="x-amz-server-side-encryption" in headers,
    )
    services.objects.check_storable(bucket, key)
    draft.data, draft.etag = await _store(context, form, limits)
    version = services.objects.store(bucket, draft)
    pairs = [*version_header(bucket, version), *encryption_header(draft.encryption)]
    return _success(context, form.fields, version, pairs, key)


def _login(context: RequestContext, form: Form) -> policy.Policy:
    services = context.services
    caller = policy.authenticate_form(services.authenticator, context.tenant, form.fields)
    if caller is not None:
        context.verified = Verified(caller)
    elif "authorization" not in context.request.headers:
        raise denied("The form is not signed.")
    _check_kind(context.caller)
    if caller is None and "policy" not in form.fields:
        return policy.Policy()
    return policy.check_policy(form.fields, context.bucket_name, services.objects.now())


def _check_kind(caller: Caller) -> None:
    if caller.kind not in (Kind.LOCAL, Kind.ANONYMOUS):
        raise denied("This kind of account cannot use forms.")


def _add_form_headers(context: RequestContext, fields: dict[str, str]) -> None:
    """Add the fields that are headers of a PUT. The canned ACL is the field ``acl``."""
    pairs = [
        pair for pair in context.request.headers.pairs if not pair[0].startswith(_AS_HEADERS[:2])
    ]
    pairs += [pair for pair in fields.items() if pair[0].startswith(_AS_HEADERS)]
    if "acl" in fields:
        pairs.append(("x-amz-acl", fields["acl"]))
    context.request.headers = Headers(pairs)


async def _store(context: RequestContext, form: Form, limits: policy.Policy) -> tuple[Data, str]:
    """Store the file with a digest of its own: the body's digests cover the whole form."""
    writer, digest = context.services.spool.writer(), new_md5()
    bucket, objects = context.bucket, context.services.objects
    try:
        async for content in form.file():
            writer.write(content)
            digest.update(content)
            objects.check_quota(bucket, writer.size)
        limits.check_size(writer.size)
    except BaseException:
        writer.discard()
        raise
    return writer.finish(), digest.digest().hex()


def _success(
    context: RequestContext, fields: dict[str, str], version: Version, pairs: Pairs, key: str
) -> Response:
    bucket, etag = context.bucket, f'"{version.etag}"'
    host = f"{bucket.name}.{bucket.tenant.settings.fullyQualifiedName}"
    location = f"https://{host}/hs3/{quote(key)}"
    pairs = [("ETag", etag), ("Location", location), *pairs]
    redirect = fields.get("success_action_redirect")
    if redirect and redirect.startswith(("http://", "https://")):
        query = urlencode({"bucket": bucket.name, "key": key, "etag": etag})
        target = f"{redirect}{'&' if '?' in redirect else '?'}{query}"
        return empty(303, ("Location", target), *(p for p in pairs if p[0] != "Location"))
    status = fields.get("success_action_status", "")
    if status == "201":
        content = Node(
            "PostResponse",
            Node("Location", location),
            Node("Bucket", bucket.name),
            Node("Key", key),
            Node("ETag", etag),
        )
        return Response(201, [("Content-Type", XML), *pairs], write_xml(content, context.pretty))
    return empty(200 if status == "200" else 204, *pairs)
