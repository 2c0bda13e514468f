"""Parsing of untrusted XML: document types and entities are refused."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring


class NotWellFormed(ValueError):
    """The text is not well-formed XML, or is not safe to parse."""


def parse_xml(text: str) -> Element:
    try:
        element: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise NotWellFormed from None
    return element
