"""The response to OPTIONS. MAPI reference: OPTIONS and WADL."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from ..encode import PROLOG
from ..media import JSON, XML

_ORDER = ("OPTIONS", "HEAD", "POST", "GET", "PUT", "DELETE")


def allowed_methods(methods: set[str]) -> list[str]:
    """Return the methods of the Allow header: OPTIONS always, HEAD wherever GET exists."""
    extra = {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())
    return [method for method in _ORDER if method in methods | extra]


def describe(path: str, methods: list[str]) -> bytes:
    root = Element("application", {"xmlns": "http://research.sun.com/wadl/2006/10"})
    resources = SubElement(root, "resources", {"base": "/mapi"})
    resource = SubElement(resources, "resource", {"path": path})
    for name in methods:
        method = SubElement(resource, "method", {"name": name, "id": name.lower()})
        if name in ("GET", "HEAD"):
            response = SubElement(method, "response")
            for media_type in (XML, JSON):
                SubElement(response, "representation", {"mediaType": media_type})
    return f"{PROLOG}{tostring(root, encoding='unicode')}".encode()
