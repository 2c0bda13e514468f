"""CORS rules of tenants and namespaces. MAPI reference: cors."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from ..errors import NotFound, bad_property
from ..models.cors import Cors
from ..safe_xml import NotWellFormed, parse_xml
from ..state.records import NamespaceRecord, TenantRecord

_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "HEAD"})
_RULE_PARTS = frozenset(
    {"ID", "AllowedOrigin", "AllowedMethod", "AllowedHeader", "ExposeHeader", "MaxAgeSeconds"}
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_rule(element: Element) -> bool:
    if _local(element) != "CORSRule" or not _RULE_PARTS.issuperset(map(_local, element)):
        return False
    texts: dict[str, list[str]] = {}
    for child in element:
        texts.setdefault(_local(child), []).append((child.text or "").strip())
    age = texts.get("MaxAgeSeconds", ["0"])
    return (
        all(texts.get("AllowedOrigin", [""]))
        and _METHODS.issuperset(texts.get("AllowedMethod", ["?"]))
        and len(age) == 1
        and age[0].isdecimal()
    )


def _check_cors(text: str) -> None:
    """Check an S3 CORS configuration: at least one rule, each with an origin and a method."""
    try:
        root = parse_xml(text.strip())
    except NotWellFormed:
        raise bad_property("cors") from None
    rules = list(root)
    if (
        _local(root) != "CORSConfiguration"
        or not 1 <= len(rules) <= 100
        or not all(map(_is_rule, rules))
    ):
        raise bad_property("cors")


class CorsService:
    @staticmethod
    def view(holder: TenantRecord | NamespaceRecord) -> Cors:
        if holder.cors is None:
            raise NotFound("No CORS configuration is set.")
        return Cors(cors=holder.cors)

    @staticmethod
    def replace(holder: TenantRecord | NamespaceRecord, body: Cors) -> None:
        text = (body.cors or "").strip()
        _check_cors(text)
        # HCP puts an XML declaration before what it stores.
        holder.cors = text if re.match(r"<\?xml\s", text) else f"{_DECLARATION}{text}"

    @staticmethod
    def delete(holder: TenantRecord | NamespaceRecord) -> None:
        if holder.cors is None:
            raise NotFound("No CORS configuration is set.")
        holder.cors = None
