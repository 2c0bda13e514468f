"""Response documents: a data type is written as XML or JSON.

A data type in, XML or JSON out. MAPI reference: XML and JSON shapes, verbose.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring
from xml.sax.saxutils import escape

from ..models.base import DataType, Shown
from ..models.shape import Kind, Shape, shapes
from .media import JAVASCRIPT, JSON

PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def write_document(
    document: DataType, root: str, media_type: str, verbose: bool, pretty: bool
) -> bytes:
    if media_type in (JSON, JAVASCRIPT):
        text = json.dumps(
            _json_object(document, verbose), ensure_ascii=False, indent=2 if pretty else None
        )
        # The name of the callback is not documented anywhere.
        return (f"callback({text})" if media_type == JAVASCRIPT else text).encode("utf-8")
    if list(shapes(type(document))) == [root]:
        return f"{PROLOG}<{root}>{_cdata(str(getattr(document, root)))}</{root}>".encode()
    element = Element(root)
    _xml_object(element, document, verbose)
    if pretty:
        indent(element, "    ")
    return f"{PROLOG}{tostring(element, encoding='unicode', short_empty_elements=True)}".encode()


def write_table(document: DataType, columns: tuple[str, ...]) -> bytes:
    """Write the one list of a document as CSV with a header line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    name = next(iter(shapes(type(document))))
    for row in getattr(document, name):
        writer.writerow([_text(getattr(row, column)) for column in columns])
    return out.getvalue().encode("utf-8")


def _cdata(text: str) -> str:
    return escape(text) if "]]>" in text else f"<![CDATA[{text}]]>"


def _visible(document: DataType, verbose: bool) -> list[tuple[Shape, Any]]:
    result = []
    for name, shape in shapes(type(document)).items():
        value = getattr(document, name)
        shown = type(document).describe(name).get
        if value is None or shown is Shown.NEVER or (shown is Shown.VERBOSE and not verbose):
            continue
        result.append((shape, value))
    return result


def _json_object(document: DataType, verbose: bool) -> dict[str, Any]:
    shown = _visible(document, verbose)
    return {shape.name: _json_value(shape, value, verbose) for shape, value in shown}


def _json_value(shape: Shape, value: Any, verbose: bool) -> Any:
    if shape.kind is Kind.SCALAR:
        return value
    if shape.kind is Kind.OBJECT:
        return _json_object(value, verbose)
    members = [_json_object(member, verbose) if shape.data_type else member for member in value]
    return {shape.item: members} if shape.item else members


def _xml_object(parent: Element, document: DataType, verbose: bool) -> None:
    for shape, value in _visible(document, verbose):
        if shape.kind is Kind.SCALAR:
            SubElement(parent, shape.name).text = _text(value)
        elif shape.kind is Kind.OBJECT:
            _xml_object(SubElement(parent, shape.name), value, verbose)
        else:
            holder = SubElement(parent, shape.name) if shape.item else parent
            for member in value:
                child = SubElement(holder, shape.item or shape.name)
                if shape.data_type:
                    _xml_object(child, member, verbose)
                else:
                    child.text = _text(member)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
