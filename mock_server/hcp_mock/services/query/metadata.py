"""Indexed custom metadata: full text, and the content properties of tenants.

S3 metadata is one annotation. Query reference: customMetadataContent, content properties; S3
reference: metadata; MAPI reference: contentClass, customMetadataIndexingSettings.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from ...models.tenants.content_classes import ContentClass, ContentProperty, ContentPropertyType
from ...state.objects import Version
from ...state.records import NamespaceRecord
from .searchers import NamespaceScope
from .terms import terms

ANNOTATION = ".metapairs"
_DATES = ("%m/%d/%Y", "%m-%d-%Y", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z")
_JAVA = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S", "Z": "%z"}
_JAVA_PART = re.compile(r"'([^']*)'|([A-Za-z])\2*|.")


def document(version: Version) -> Element:
    root = Element("metapairs", version="600")
    for name, value in version.metadata.items():
        SubElement(root, f"meta-{name}").text = value
    return root


def _pieces(element: Element) -> Iterator[str]:
    """Yield the texts in document order, with the element name at both ends of an element."""
    yield str(element.tag)
    for name, value in element.attrib.items():
        yield name
        yield value
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield str(element.tag)


def _indexed(namespace: NamespaceRecord, version: Version) -> bool:
    settings = namespace.settings
    if not (settings.indexingEnabled and settings.customMetadataIndexingEnabled):
        return False
    excluded = (namespace.indexing.excludedAnnotations or "").split(",")
    hidden = any(fnmatch.fnmatchcase(ANNOTATION, _glob(name.strip())) for name in excluded)
    return version.index and bool(version.metadata) and not hidden


def _glob(name: str) -> str:
    """Escape all wildcards except the asterisk."""
    return name.replace("[", "[[]").replace("?", "[?]")


def full_text(namespace: NamespaceRecord, version: Version) -> list[str]:
    """Return the terms of the custom metadata, if the namespace indexes its full text."""
    if not namespace.indexing.fullIndexingEnabled or not _indexed(namespace, version):
        return []
    return terms(" ".join(_pieces(document(version))))


@dataclass(frozen=True)
class IndexedProperty:
    """A content property with its definition."""

    definition: ContentProperty

    @property
    def name(self) -> str:
        return self.definition.name or ""

    @property
    def type(self) -> ContentPropertyType:
        return self.definition.type or ContentPropertyType.STRING

    def values(self, scope: NamespaceScope, version: Version) -> list[Any]:
        namespace = scope.namespace
        if not _indexed(namespace, version) or not any(
            self.definition in (c.contentProperties or []) for c in _classes(scope)
        ):
            return []
        values = [self.read(text.strip()) for text in self._select(document(version))]
        values = [value for value in values if value is not None]
        return values if self.definition.multivalued else values[:1]

    def _select(self, root: Element) -> list[str]:
        # A slow import, and few mocks have content classes.
        import elementpath  # noqa: PLC0415

        path = self.definition.expression or ""
        if path.startswith("@"):
            annotation, colon, rest = path[1:].partition(":")
            path = rest if colon and annotation == ANNOTATION else ""
        if not path:
            return []
        try:
            selected: Any = elementpath.select(root, path)
        except (elementpath.ElementPathError, ValueError):
            return []
        items = selected if isinstance(selected, list) else [selected]
        return [
            "".join(item.itertext()) if isinstance(item, Element) else str(item) for item in items
        ]

    def read(self, text: str) -> Any:
        """Return the value of a text, or ``None`` if the text does not have the type."""
        kinds = ContentPropertyType
        if self.type in (kinds.INTEGER, kinds.FLOAT):
            return self._number(text)
        if self.type is kinds.DATE:
            return self._date(text)
        if self.type is kinds.BOOLEAN:
            return {"true": True, "false": False}.get(text.lower())
        return text or None

    def _number(self, text: str) -> Decimal | None:
        if "," in (self.definition.format or ""):
            text = text.replace(",", "")
        whole = self.type is ContentPropertyType.INTEGER
        wanted = r"-?[0-9]{1,18}" if whole else r"-?[0-9]{1,18}(\.[0-9]{1,18})?"
        return Decimal(text) if re.fullmatch(wanted, text) else None

    def _date(self, text: str) -> datetime | None:
        pattern = self.definition.format
        for form in (_from_java(pattern),) if pattern else _DATES:
            try:
                when = datetime.strptime(text, form)  # noqa: DTZ007  (UTC follows below)
            except ValueError:
                continue
            return when if when.tzinfo else when.replace(tzinfo=UTC)
        return None


def _from_java(pattern: str) -> str:
    def part(match: re.Match[str]) -> str:
        if match[1] is not None:
            return match[1].replace("%", "%%")
        return _JAVA.get(match[0], match[0].replace("%", "%%"))

    return _JAVA_PART.sub(part, pattern)


def _classes(scope: NamespaceScope) -> list[ContentClass]:
    used = scope.namespace.indexing.contentClasses or []
    return [
        content_class
        for content_class in scope.tenant.content_classes
        if content_class.name in used
    ]


def content_properties(scopes: list[NamespaceScope]) -> dict[str, IndexedProperty]:
    """Return the content properties of the namespaces by name."""
    return {
        definition.name or "": IndexedProperty(definition)
        for scope in scopes
        for content_class in _classes(scope)
        for definition in content_class.contentProperties or []
    }
