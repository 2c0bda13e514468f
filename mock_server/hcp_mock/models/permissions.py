"""Permission lists, and the permissions that each permission implies.

MAPI reference: permission lists, dataAccessPermissions and the permission masks.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import AfterValidator

from .base import AnyCase, DataType, Text, prop


class DataPermission(AnyCase):
    BROWSE = "BROWSE"
    CHOWN = "CHOWN"
    DELETE = "DELETE"
    PRIVILEGED = "PRIVILEGED"
    PURGE = "PURGE"
    READ = "READ"
    READ_ACL = "READ_ACL"
    SEARCH = "SEARCH"
    WRITE = "WRITE"
    WRITE_ACL = "WRITE_ACL"


class MinimumPermission(AnyCase):
    BROWSE = "BROWSE"
    DELETE = "DELETE"
    PURGE = "PURGE"
    READ = "READ"
    READ_ACL = "READ_ACL"
    WRITE = "WRITE"
    WRITE_ACL = "WRITE_ACL"


class MaskPermission(StrEnum):
    """The values of a mask. They are case-sensitive, unlike other permission lists."""

    DELETE = "DELETE"
    PRIVILEGED = "PRIVILEGED"
    PURGE = "PURGE"
    READ = "READ"
    SEARCH = "SEARCH"
    WRITE = "WRITE"


_ACCOUNT_IMPLIES = {"PURGE": ("DELETE",), "READ": ("BROWSE",), "SEARCH": ("READ", "BROWSE")}
_MASK_IMPLIES = {"PURGE": ("DELETE",), "SEARCH": ("READ",)}

P = TypeVar("P", bound=StrEnum)


def _expand(values: list[P], implies: Mapping[str, tuple[str, ...]]) -> list[P]:
    result = list(dict.fromkeys(values))
    for value in values:
        for implied in implies.get(value.value, ()):
            member = type(value)(implied)
            if member not in result:
                result.append(member)
    return result


def with_implied(values: list[P]) -> list[P]:
    return _expand(values, _ACCOUNT_IMPLIES)


def with_implied_mask(values: list[MaskPermission]) -> list[MaskPermission]:
    return _expand(values, _MASK_IMPLIES)


DataPermissions = Annotated[list[DataPermission], AfterValidator(with_implied)]
MinimumPermissions = Annotated[list[MinimumPermission], AfterValidator(with_implied)]
MaskPermissions = Annotated[list[MaskPermission], AfterValidator(with_implied_mask)]

OWNER_PERMISSIONS = (
    DataPermission.BROWSE,
    DataPermission.READ,
    DataPermission.WRITE,
    DataPermission.READ_ACL,
    DataPermission.WRITE_ACL,
)


class PermissionMask(DataType):
    """Type permissions: the data access permission mask of a tenant or a namespace."""

    permission: MaskPermissions | None = prop()


class NamespacePermission(DataType):
    namespaceName: Text | None = prop()
    permissions: DataPermissions | None = prop(item="permission")


class DataAccessPermissions(DataType):
    namespacePermission: list[NamespacePermission] | None = prop()
