"""Lists of names."""

from __future__ import annotations

from .base import DataType, prop


class Names(DataType):
    """A list of tenants, namespaces, classes or plans."""

    name: list[str] | None = prop()


class Usernames(DataType):
    username: list[str] | None = prop()


class Groupnames(DataType):
    groupname: list[str] | None = prop()
