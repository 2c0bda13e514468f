"""Query results as XML and JSON. Query reference: response."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...models.tenants.content_classes import ContentPropertyType
from ...services.query.facets import Facet
from ...services.query.metadata import IndexedProperty
from ...services.query.queries import Result
from ..media import JSON

_PROLOG = "<?xml version='1.0' encoding='UTF-8'?>\n"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "/static/xsd/query-result-9.0.xsd"


def write_result(result: Result, media_type: str, *, pretty: bool) -> bytes:
    if media_type == JSON:
        document = {"queryResult": _json(result)}
        text = json.dumps(document, ensure_ascii=False, indent=2 if pretty else None)
        return text.encode("utf-8", "replace")
    root = _xml(result)
    if pretty:
        indent(root, "  ")
    return (_PROLOG + tostring(root, encoding="unicode")).encode("utf-8", "replace")


def _status(result: Result) -> dict[str, Any]:
    totals = {} if result.total is None else {"totalResults": result.total}
    code = "COMPLETE" if result.complete else "INCOMPLETE"
    return {**totals, "results": len(result.rows), "message": "", "code": code}


def _definition(content: IndexedProperty) -> dict[str, Any]:
    """FULLTEXT is called TOKENIZED here. Only numbers and dates have a format."""
    own, kinds = content.definition, ContentPropertyType
    tokenized = own.type is kinds.FULLTEXT
    result: dict[str, Any] = {
        "expression": own.expression or "",
        "name": content.name,
        "type": "TOKENIZED" if tokenized else content.type.value,
        "multivalued": bool(own.multivalued),
    }
    if content.type in (kinds.INTEGER, kinds.FLOAT, kinds.DATE):
        result["format"] = own.format or ""
    return result


def _json(result: Result) -> dict[str, Any]:
    query: dict[str, Any] = {"expression": result.expression}
    if result.limits is not None:
        query = {"start": result.limits[0], "end": result.limits[1]}
    document = {"query": query, "resultSet": result.rows, "status": _status(result)}
    if result.content_properties is not None:
        document["contentProperties"] = [
            {"contentProperty": _definition(content)} for content in result.content_properties
        ]
    if result.facets is not None:
        document["facets"] = {"facet": [_json_facet(facet) for facet in result.facets]}
    return document


def _json_facet(facet: Facet) -> dict[str, Any]:
    rows = [{"value": value, "count": count} for value, count in facet.frequency]
    return {"property": facet.property, "frequency": rows}


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _add(parent: Element, name: str, attributes: dict[str, Any]) -> Element:
    return SubElement(parent, name, {key: _text(value) for key, value in attributes.items()})


def _xml(result: Result) -> Element:
    root = Element("queryResult", {"xmlns:xsi": _XSI, "xsi:noNamespaceSchemaLocation": _SCHEMA})
    if result.limits is not None:
        _add(root, "query", {"start": result.limits[0], "end": result.limits[1]})
    else:
        SubElement(SubElement(root, "query"), "expression").text = result.expression
    rows = SubElement(root, "resultSet")
    for row in result.rows:
        _add(rows, "object", row)
    _add(root, "status", _status(result))
    if result.content_properties is not None:
        # That these are elements, unlike the properties of objects, is unconfirmed.
        holder = SubElement(root, "contentProperties")
        for content in result.content_properties:
            element = SubElement(holder, "contentProperty")
            for name, value in _definition(content).items():
                SubElement(element, name).text = _text(value)
    if result.facets is not None:
        holder = SubElement(root, "facets")
        for facet in result.facets:
            element = _add(holder, "facet", {"property": facet.property})
            for value, count in facet.frequency:
                _add(element, "frequency", {"value": value, "count": count})
    return root
