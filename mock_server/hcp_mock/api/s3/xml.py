"""The XML documents of S3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from ...safe_xml import NotWellFormed, parse_xml
from ...services.s3.errors import S3Error, malformed
from ...state.objects import Identity

NS = "http://s3.amazonaws.com/doc/2006-03-01/"
_PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Node:
    """An element with text, child elements or neither."""

    def __init__(self, name: str, *content: Node | str, **attributes: str) -> None:
        self.name = name
        self.content = content
        self.attributes = attributes

    def write(self) -> str:
        start = self.name + "".join(
            f" {name.replace('__', ':')}={quoteattr(value)}"
            for name, value in self.attributes.items()
        )
        inner = "".join(
            item.write() if isinstance(item, Node) else _escaped(item) for item in self.content
        )
        return f"<{start}>{inner}</{self.name}>" if inner else f"<{start}/>"

    def write_indented(self, indent: str = "") -> Iterator[str]:
        if not any(isinstance(item, Node) for item in self.content):
            yield indent + self.write()
            return
        opening = Node(self.name, **self.attributes).write().removesuffix("/>")
        yield f"{indent}{opening}>"
        for item in self.content:
            if isinstance(item, Node):
                yield from item.write_indented(f"{indent}  ")
        yield f"{indent}</{self.name}>"


def _escaped(text: str) -> str:
    """Write characters that XML cannot contain as references, as S3 does."""
    return _CONTROL.sub(lambda match: f"&#x{ord(match[0]):x};", escape(text, {"\r": "&#13;"}))


def write_xml(root: Node, pretty: bool = False) -> bytes:
    text = "\n".join(root.write_indented()) + "\n" if pretty else root.write()
    return f"{_PROLOGUE}{text}".encode("utf-8", "surrogatepass")


def root(name: str, *content: Node | str) -> Node:
    """Return a root element in the S3 namespace."""
    return Node(name, *content, xmlns=NS)


def identity_node(name: str, identity: Identity) -> Node:
    return Node(name, Node("ID", identity.id), Node("DisplayName", identity.name))


def boolean(value: bool) -> str:
    return "true" if value else "false"


def local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def parse_document(content: bytes, expected: str) -> Element:
    """Return the root element. Its name is checked, its namespace is not."""
    if not content.strip():
        raise S3Error("MissingRequestBodyError")
    try:
        result = parse_xml(content.decode("utf-8-sig"))
    except (NotWellFormed, UnicodeDecodeError):
        raise malformed() from None
    if local(result) != expected:
        raise malformed()
    return result


def children(element: Element, *allowed: str) -> dict[str, list[Element]]:
    """Return the child elements by name. An element that is not allowed is an error."""
    result: dict[str, list[Element]] = {name: [] for name in allowed}
    for child in element:
        name = local(child)
        if name not in result:
            raise malformed()
        result[name].append(child)
    return result


def text_of(elements: list[Element]) -> str | None:
    """Return the text of an element that may occur once."""
    if not elements:
        return None
    if len(elements) > 1 or len(elements[0]):
        raise malformed()
    return (elements[0].text or "").strip()
