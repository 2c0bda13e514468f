"""S3 Object Lock: the configuration of a bucket, retention and legal hold of versions."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from ...models.permissions import DataPermission as P
from ...services.s3 import retention
from ...services.s3.buckets import Bucket
from ...services.s3.errors import S3Error, denied, malformed, no_such_key
from ...services.s3.objects import ObjectVersion
from ...state.objects import Kind
from ...state.records import LockRule
from .context import RequestContext
from .responses import Response, empty
from .xml import Node, children, parse_document, root, text_of

# MAPI has no permissions for these operations: READ and WRITE are required (unconfirmed).


def _require_object_lock(context: RequestContext) -> Bucket:
    bucket = context.bucket
    bucket.require_authenticated()
    if not bucket.locks:
        raise S3Error("InvalidBucketState", "The bucket does not have S3 Object Lock.")
    return bucket


async def get_configuration(context: RequestContext) -> Response:
    bucket = _require_object_lock(context)
    bucket.require(P.READ)
    content = [Node("ObjectLockEnabled", "Enabled")]
    rule = bucket.namespace.lock_rule
    if rule is not None:
        period = Node("Days", str(rule.days)) if rule.days else Node("Years", str(rule.years))
        content.append(Node("Rule", Node("DefaultRetention", Node("Mode", rule.mode), period)))
    return context.document(root("ObjectLockConfiguration", *content))


async def put_configuration(context: RequestContext) -> Response:
    """Set the default retention of new objects. Without a rule there is none."""
    bucket = _require_object_lock(context)
    bucket.require_owner()
    document = parse_document(await context.body.document(), "ObjectLockConfiguration")
    elements = children(document, "ObjectLockEnabled", "Rule")
    if text_of(elements["ObjectLockEnabled"]) != "Enabled" or len(elements["Rule"]) > 1:
        raise malformed()
    bucket.namespace.lock_rule = _rule(elements["Rule"][0]) if elements["Rule"] else None
    return empty()


def _rule(element: Element) -> LockRule:
    defaults = children(element, "DefaultRetention")["DefaultRetention"]
    if len(defaults) != 1:
        raise malformed()
    elements = children(defaults[0], "Mode", "Days", "Years")
    mode, days, years = (text_of(elements[name]) for name in ("Mode", "Days", "Years"))
    period = days if days is not None else years
    if mode not in retention.MODES or (days is None) == (years is None):
        raise malformed()
    if period is None or not re.fullmatch(r"[1-9][0-9]{0,4}", period):
        raise malformed()
    return LockRule(mode, int(days or 0), int(years or 0))


def _find_version(context: RequestContext, bucket: Bucket, require: P) -> ObjectVersion:
    number = context.request.query.get("versionId")
    result = context.services.objects.find(bucket, context.key, number, require)
    if result.version.kind is Kind.FOLDER:
        raise no_such_key(context.key)
    return result


async def get_retention(context: RequestContext) -> Response:
    bucket = _require_object_lock(context)
    current = _find_version(context, bucket, P.READ).version.retention
    content: list[Node] = []
    if current.mode is not None and current.until is not None:
        until = current.until.strftime("%Y-%m-%dT%H:%M:%SZ")
        content = [Node("Mode", current.mode), Node("RetainUntilDate", until)]
    return context.document(root("Retention", *content))


async def put_retention(context: RequestContext) -> Response:
    """Retention in compliance mode only gets longer. Governance mode can be bypassed."""
    bucket = _require_object_lock(context)
    version = _find_version(context, bucket, P.WRITE).version
    elements = children(
        parse_document(await context.body.document(), "Retention"), "Mode", "RetainUntilDate"
    )
    mode, date = text_of(elements["Mode"]), text_of(elements["RetainUntilDate"])
    if mode not in retention.MODES or date is None:
        raise malformed()
    now, current = context.services.objects.now(), version.retention
    try:
        until = retention.parse_lock_date(re.sub(r"\.\d+", "", date), now)
    except S3Error:
        raise malformed() from None
    if current.mode is not None and current.until is not None and current.until > now:
        weaker = until < current.until or (current.mode == "COMPLIANCE" and mode != "COMPLIANCE")
        free = current.mode == "GOVERNANCE" and retention.bypasses_governance(
            bucket, context.request.headers
        )
        if weaker and not free:
            raise denied("Retention can only be made longer.")
    current.mode, current.until = mode, until
    version.changed = now
    return empty()


async def get_legal_hold(context: RequestContext) -> Response:
    bucket = _require_object_lock(context)
    current = _find_version(context, bucket, P.READ).version.retention
    return context.document(
        root("LegalHold", Node("Status", "ON" if current.legal_hold else "OFF"))
    )


async def put_legal_hold(context: RequestContext) -> Response:
    bucket = _require_object_lock(context)
    version = _find_version(context, bucket, P.WRITE).version
    elements = children(parse_document(await context.body.document(), "LegalHold"), "Status")
    status = text_of(elements["Status"])
    if status not in ("ON", "OFF"):
        raise malformed()
    version.retention.legal_hold, version.retention.legal_hold_set = status == "ON", True
    version.changed = context.services.objects.now()
    return empty()
