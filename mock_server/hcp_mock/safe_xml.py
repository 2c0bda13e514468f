"""Reading XML that strangers send: no document types, no entities."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring


class NotWellFormed(ValueError):
    """The text is not XML, or not XML that can be trusted."""


def parse_xml(text: str) -> Element:
    try:
        element: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise NotWellFormed from None
    return element
