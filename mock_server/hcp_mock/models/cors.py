"""CORS rules. MAPI reference: cors."""

from __future__ import annotations

from .base import DataType, Text, Use, prop


class Cors(DataType):
    """A document of CORS rules, as text."""

    cors: Text | None = prop(put=Use.REQUIRED)
