"""CORS rules. MAPI reference: cors."""

from __future__ import annotations

from .base import DataType, Text, Use, prop


class Cors(DataType):
    """A CORS rules document, as text."""

    cors: Text | None = prop(put=Use.REQUIRED)
