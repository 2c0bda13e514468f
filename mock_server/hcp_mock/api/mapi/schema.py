"""The XML schema of MAPI's documents, generated from the data types.

Elements have the order of responses; the server accepts any order in requests. Values that are
matched without regard to case are plain text in the schema.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...models.base import AnyCase, DataType
from ...models.shape import Kind, Shape, shapes
from ..encode import PROLOG

_SCALARS: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "long"),
    (float, "double"),
    (str, "string"),
)
Documents = Mapping[str, tuple[type[DataType], ...]]


def schema(documents: Documents) -> bytes:
    """Generate the schema. ``documents`` maps root elements to their data types."""
    writer = _Writer()
    for root, data_types in sorted(documents.items()):
        writer.document(root, data_types)
    indent(writer.root, "  ")
    return f"{PROLOG}\n{tostring(writer.root, encoding='unicode')}\n".encode()


def _name(short: str) -> str:
    return f"xs:{short}"


class _Writer:
    def __init__(self) -> None:
        # Prefixes are written out: values refer to them as well.
        attributes = {"xmlns:xs": "http://www.w3.org/2001/XMLSchema"}
        self.root = Element(_name("schema"), attributes)
        self._known: dict[str, type] = {}

    def document(self, root: str, data_types: tuple[type[DataType], ...]) -> None:
        """Add one global element, which may contain any of its types."""
        first, *others = data_types
        if list(shapes(first)) == [root]:
            self._element(self.root, root, _name("string"))
        elif not others:
            self._element(self.root, root, self._type_of(first))
        else:
            element = SubElement(self.root, _name("element"), name=root)
            merged = {
                n: shape for each in reversed(data_types) for n, shape in shapes(each).items()
            }
            self._content(SubElement(element, _name("complexType")), merged.values())

    @staticmethod
    def _element(parent: Element, name: str, type_name: str, **occurs: str) -> None:
        SubElement(parent, _name("element"), {"name": name, "type": type_name, **occurs})

    def _first_use(self, source: type) -> bool:
        """Return whether a type has not been described yet. No two types share a name."""
        known = self._known.setdefault(source.__name__, source)
        if known is not source:
            raise ValueError(f"There are two types called {source.__name__}.")
        return not any(
            child.get("name") == source.__name__
            for child in self.root
            if child.tag != _name("element")
        )

    def _type_of(self, data_type: type[DataType]) -> str:
        if self._first_use(data_type):
            described = SubElement(self.root, _name("complexType"), name=data_type.__name__)
            self._content(described, shapes(data_type).values())
        return data_type.__name__

    def _content(self, parent: Element, members: Iterable[Shape]) -> None:
        sequence = SubElement(parent, _name("sequence"))
        for shape in members:
            if shape.kind is not Kind.LIST:
                self._element(sequence, shape.name, self._member(shape), minOccurs="0")
            elif shape.item is None:
                self._repeat(sequence, shape.name, shape)
            else:
                holder = SubElement(sequence, _name("element"), name=shape.name, minOccurs="0")
                inner = SubElement(holder, _name("complexType"))
                self._repeat(SubElement(inner, _name("sequence")), shape.item, shape)

    def _repeat(self, parent: Element, name: str, shape: Shape) -> None:
        self._element(parent, name, self._member(shape), minOccurs="0", maxOccurs="unbounded")

    def _member(self, shape: Shape) -> str:
        return (
            self._type_of(shape.data_type)
            if shape.data_type is not None
            else self._scalar(shape.scalar)
        )

    def _scalar(self, source: type) -> str:
        if issubclass(source, StrEnum) and not issubclass(source, AnyCase):
            return self._enumeration(source)
        return _name(next(name for kind, name in _SCALARS if issubclass(source, kind)))

    def _enumeration(self, source: type[StrEnum]) -> str:
        if self._first_use(source):
            described = SubElement(self.root, _name("simpleType"), name=source.__name__)
            values = SubElement(described, _name("restriction"), base=_name("string"))
            for member in source:
                SubElement(values, _name("enumeration"), value=member.value)
        return source.__name__
