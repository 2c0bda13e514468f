"""Retention classes of a namespace. MAPI reference: retentionClasses, retentionClass."""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import AlreadyExists, NotFound, Refused, missing_property, not_settable
from ...models.namespaces.retention import RetentionClass, is_offset, offset_days
from ...state.records import NamespaceRecord
from ..listing import Listing


def _is_shorter(old: str, new: str) -> bool:
    """Return whether objects of the class could be deleted earlier than before."""
    if old in (new, "-2"):
        return False
    if new == "-2":
        return old != "0"
    if old == "-1" or new == "0":
        return old != "0"
    return is_offset(old) and is_offset(new) and offset_days(new) < offset_days(old)


@dataclass
class RetentionClassService:
    listing: Listing

    def names(self, namespace: NamespaceRecord) -> list[str]:
        return self.listing.shuffled(namespace.retention_classes.names())

    @staticmethod
    def find(namespace: NamespaceRecord, name: str) -> RetentionClass:
        retention_class = namespace.retention_classes.get(name)
        if retention_class is None:
            raise NotFound(f"The retention class '{name}' does not exist.")
        return retention_class

    @staticmethod
    def create(namespace: NamespaceRecord, body: RetentionClass) -> None:
        value = body.value or ""
        if is_offset(value) and body.allowDisposition is None:
            raise missing_property("allowDisposition")
        name = body.name or ""
        if name in namespace.retention_classes:
            raise AlreadyExists(name)
        base = RetentionClass(description="", allowDisposition=False).changed_by(body)
        if not is_offset(value):
            base.allowDisposition = False
        namespace.retention_classes.put(name, base)

    @staticmethod
    def modify(namespace: NamespaceRecord, stored: RetentionClass, body: RetentionClass) -> None:
        new = stored.changed_by(body)
        old_value, new_value = stored.value or "", new.value or ""
        if is_offset(new_value) and not is_offset(old_value) and body.allowDisposition is None:
            raise missing_property("allowDisposition")
        if not namespace.settings.enterpriseMode and _is_shorter(old_value, new_value):
            raise not_settable("value")
        if not is_offset(new_value):
            new.allowDisposition = False
        namespace.retention_classes.put(new.name or "", new)

    @staticmethod
    def delete(namespace: NamespaceRecord, stored: RetentionClass) -> None:
        if not namespace.settings.enterpriseMode:
            raise Refused("Retention classes cannot be deleted in compliance mode.")
        namespace.retention_classes.remove(stored.name or "")
