"""Request documents: XML or JSON is parsed into a checked data type.

MAPI reference: XML and JSON shapes, status codes 400 and 403 for properties. The order of the
checks: well-formed, known, settable by this operation, valid, complete.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from pydantic import ValidationError

from ..errors import InvalidRequest, bad_property, missing_property, not_settable, unknown_property
from ..models.base import DataType, Use
from ..models.shape import Kind, Shape, shapes
from ..safe_xml import parse_xml
from .media import JSON

D = TypeVar("D", bound=DataType)
MALFORMED = "The request body is not well-formed."


def parse_document(
    body: bytes,
    media_type: str,
    data_type: type[D],
    root: str,
    operation: str,
    alternative_root: str | None = None,
) -> D:
    """Parse a document. ``alternative_root`` is a second name of the root element."""
    if media_type == JSON:
        raw = _parse_json(body, data_type)
    else:
        raw = _parse_xml(body, data_type, root, alternative_root)
    return _checked(raw, data_type, operation)


def _parse_json(body: bytes, data_type: type[DataType]) -> dict[str, Any]:
    try:
        document = json.loads(
            body.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise InvalidRequest(MALFORMED) from None
    if not isinstance(document, dict):
        raise InvalidRequest(MALFORMED)
    return _json_object(document, data_type)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("duplicate property")
    return result


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _json_object(document: dict[str, Any], data_type: type[DataType]) -> dict[str, Any]:
    known = shapes(data_type)
    result: dict[str, Any] = {}
    for name, value in document.items():
        if name not in known:
            raise unknown_property(name)
        result[name] = _json_value(value, known[name])
    return result


def _json_value(value: Any, shape: Shape) -> Any:
    """A JSON list needs its wrapper. A shorter form and null are refused (unconfirmed)."""
    if shape.kind is Kind.SCALAR:
        if value is None or isinstance(value, dict | list):
            raise bad_property(shape.name)
        return value
    if shape.kind is Kind.OBJECT and shape.data_type is not None:
        if not isinstance(value, dict):
            raise bad_property(shape.name)
        return _json_object(value, shape.data_type)
    if shape.item is not None:
        if not isinstance(value, dict):
            raise bad_property(shape.name)
        for name in value:
            if name != shape.item:
                raise unknown_property(name)
        value = value.get(shape.item)
    if not isinstance(value, list):
        raise bad_property(shape.name)
    return [_json_member(member, shape) for member in value]


def _json_member(member: Any, shape: Shape) -> Any:
    if shape.data_type is not None:
        if not isinstance(member, dict):
            raise bad_property(shape.name)
        return _json_object(member, shape.data_type)
    if not isinstance(member, str):
        raise bad_property(shape.name)
    return member


def _parse_xml(
    body: bytes, data_type: type[DataType], root: str, alternative_root: str | None
) -> dict[str, Any]:
    try:
        element = parse_xml(body.decode("utf-8-sig"))
    except ValueError:
        raise InvalidRequest(MALFORMED) from None
    if element.tag not in (root, alternative_root):
        raise unknown_property(str(element.tag))
    if list(shapes(data_type)) == [root]:
        return _xml_text_document(element, root)
    return _xml_object(element, data_type)


def _xml_text_document(element: Element, root: str) -> dict[str, Any]:
    """Parse a document that consists of one text, such as cors."""
    if len(element):
        raise unknown_property(str(element[0].tag))
    return {root: element.text or ""}


def _xml_object(element: Element, data_type: type[DataType]) -> dict[str, Any]:
    known = shapes(data_type)
    result: dict[str, Any] = {}
    _refuse_text_and_attributes(element)
    for child in element:
        name = str(child.tag)
        if name not in known:
            raise unknown_property(name)
        shape = known[name]
        if shape.kind is Kind.LIST and shape.item is None:
            result.setdefault(name, []).append(_xml_member(child, shape))
            continue
        if name in result:
            raise bad_property(name)
        result[name] = _xml_value(child, shape)
    return result


def _refuse_text_and_attributes(element: Element) -> None:
    """Refuse text between elements, and any attribute (unconfirmed)."""
    if element.attrib:
        raise InvalidRequest(MALFORMED)
    texts = [element.text, *(child.tail for child in element)]
    if any(text and text.strip() for text in texts):
        raise InvalidRequest(MALFORMED)


def _xml_value(element: Element, shape: Shape) -> Any:
    if shape.kind is Kind.OBJECT and shape.data_type is not None:
        return _xml_object(element, shape.data_type)
    if shape.kind is Kind.LIST:
        _refuse_text_and_attributes(element)
        for child in element:
            if child.tag != shape.item:
                raise unknown_property(str(child.tag))
        return [_xml_member(child, shape) for child in element]
    if len(element):
        raise bad_property(shape.name)
    return element.text or ""


def _xml_member(element: Element, shape: Shape) -> Any:
    if shape.data_type is not None:
        return _xml_object(element, shape.data_type)
    if len(element):
        raise bad_property(shape.name)
    return element.text or ""


def _checked(raw: dict[str, Any], data_type: type[D], operation: str) -> D:
    usable = _settable(raw, data_type, operation)
    try:
        document = data_type.model_validate(usable)
    except ValidationError as error:
        where = [part for part in error.errors()[0]["loc"] if isinstance(part, str)]
        raise bad_property(where[-1] if where else "") from None
    for name in data_type.model_fields:
        if getattr(data_type.describe(name), operation) == Use.REQUIRED and name not in usable:
            raise missing_property(name)
    return document


def _settable(raw: dict[str, Any], data_type: type[DataType], operation: str) -> dict[str, Any]:
    result: dict[str, Any] = {}
    known = shapes(data_type)
    for name, value in raw.items():
        use = getattr(data_type.describe(name), operation)
        if use == Use.NO:
            raise not_settable(name)
        if use == Use.IGNORED:
            continue
        of = known[name].data_type
        nested = known[name].kind is Kind.OBJECT and of is not None
        result[name] = _settable(value, of, "post") if nested and of else value
    return result
