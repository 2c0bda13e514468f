"""Content classes. MAPI reference: contentClass, contentProperties, contentProperty."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..base import AnyCase, DataType, Flag, Text, Use, prop


class ContentPropertyType(AnyCase):
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    FLOAT = "FLOAT"
    FULLTEXT = "FULLTEXT"
    INTEGER = "INTEGER"
    STRING = "STRING"


class ContentProperty(DataType):
    name: Annotated[Text, Field(pattern=r"^[A-Za-z0-9_]{1,25}$")] | None = prop()
    expression: Text | None = prop()
    type: ContentPropertyType | None = prop()
    multivalued: Flag | None = prop()
    format: Text | None = prop()


class ContentClass(DataType):
    name: Annotated[Text, Field(min_length=1, max_length=64)] | None = prop(put=Use.REQUIRED)
    contentProperties: list[ContentProperty] | None = prop(item="contentProperty")
    namespaces: list[Text] | None = prop(item="name")
