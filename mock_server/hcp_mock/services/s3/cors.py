"""CORS rules of buckets and the response headers they produce. S3 reference: CORS."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ...errors import HcpError, NotFound
from ...models.accounts import Role
from ...models.cors import Cors
from ...safe_xml import NotWellFormed, parse_xml
from ...state.records import NamespaceRecord, TenantRecord
from ..cors import CorsService
from .buckets import Bucket
from .callers import Kind
from .errors import S3Error, denied, malformed

MAX_DOCUMENT = 2_500_000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")


def require_role(bucket: Bucket, *roles: Role) -> None:
    """Roles of MAPI are required, not ownership."""
    if bucket.caller.kind is Kind.ANONYMOUS or not bucket.caller.roles & set(roles):
        raise denied("The user's roles do not allow this.")


def read(bucket: Bucket) -> str:
    """Return the configuration of the bucket or of its tenant, without an XML declaration."""
    require_role(bucket, Role.MONITOR, Role.ADMINISTRATOR)
    text = effective(bucket.tenant, bucket.namespace)
    if text is None:
        # The code is not in HCP's table.
        raise S3Error("NoSuchCORSConfiguration")
    return _DECLARATION.sub("", text)


def replace(bucket: Bucket, content: bytes) -> None:
    try:
        text = content.decode("utf-8")
        if len(content) > MAX_DOCUMENT:
            raise malformed("The CORS configuration is too large.")
        CorsService.replace(bucket.namespace, Cors(cors=text))
    except (UnicodeDecodeError, HcpError):
        raise malformed("The CORS configuration is not valid.") from None


def remove(bucket: Bucket) -> None:
    # The response without a configuration is not documented: the deletion succeeds here.
    try:
        CorsService.delete(bucket.namespace)
    except NotFound:
        return


def effective(tenant: TenantRecord, namespace: NamespaceRecord) -> str | None:
    return namespace.cors if namespace.cors is not None else tenant.cors


@dataclass
class Rule:
    origins: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    exposed: list[str] = field(default_factory=list)
    max_age: str | None = None

    def matches(self, origin: str, method: str, headers: list[str]) -> bool:
        allowed = [pattern.lower() for pattern in self.headers]
        return (
            any(fnmatch.fnmatchcase(origin, _literal(pattern)) for pattern in self.origins)
            and method in self.methods
            and all(any(fnmatch.fnmatchcase(h, _literal(p)) for p in allowed) for h in headers)
        )


def _literal(pattern: str) -> str:
    """Escape all wildcards except the asterisk."""
    return pattern.replace("[", "[[]").replace("?", "[?]")


def rules(text: str | None) -> list[Rule]:
    if text is None:
        return []
    try:
        return [_rule(element) for element in parse_xml(text)]
    except NotWellFormed:
        return []  # only a seed can set such a text


def _rule(element: Element) -> Rule:
    rule = Rule()
    for child in element:
        name, value = str(child.tag).rpartition("}")[2], (child.text or "").strip()
        if name == "AllowedOrigin":
            rule.origins.append(value)
        elif name == "AllowedMethod":
            rule.methods.append(value)
        elif name == "AllowedHeader":
            rule.headers.append(value)
        elif name == "ExposeHeader":
            rule.exposed.append(value)
        elif name == "MaxAgeSeconds":
            rule.max_age = value
    return rule


def cors_headers(rule: Rule, origin: str, requested: list[str] | None) -> list[tuple[str, str]]:
    """``requested``: the headers that a preflight names; ``None`` for an actual request."""
    everywhere = "*" in rule.origins
    result = [("Access-Control-Allow-Origin", "*" if everywhere else origin)]
    if not everywhere:
        result.append(("Access-Control-Allow-Credentials", "true"))
    if requested is not None:
        result.append(("Access-Control-Allow-Methods", ", ".join(rule.methods)))
        if requested:
            result.append(("Access-Control-Allow-Headers", ", ".join(requested)))
        if rule.max_age is not None:
            result.append(("Access-Control-Max-Age", rule.max_age))
    if rule.exposed:
        result.append(("Access-Control-Expose-Headers", ", ".join(rule.exposed)))
    vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
    return [*result, ("Vary", vary)]
