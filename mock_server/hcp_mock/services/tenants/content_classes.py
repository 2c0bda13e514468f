"""Content classes: which custom metadata is indexed, and in which namespaces.

The customMetadataIndexingSettings of namespaces store the association, which both resources show
and change.

MAPI reference: contentClasses, contentClass, contentProperty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...errors import AlreadyExists, NotFound, Refused, bad_property, missing_property, not_settable
from ...models.tenants.content_classes import ContentClass, ContentProperty, ContentPropertyType
from ...state.records import NamespaceRecord, TenantRecord
from ..listing import Listing

_FORMATTED = (ContentPropertyType.DATE, ContentPropertyType.FLOAT, ContentPropertyType.INTEGER)


def namespaces_using(tenant: TenantRecord, name: str) -> list[NamespaceRecord]:
    return [n for n in tenant.namespaces if name in (n.indexing.contentClasses or [])]


def associate(tenant: TenantRecord, name: str, wanted: Iterable[NamespaceRecord]) -> None:
    """Make exactly these namespaces use the class."""
    ids = {namespace.id for namespace in wanted}
    for namespace in tenant.namespaces:
        held = [other for other in namespace.indexing.contentClasses or [] if other != name]
        if namespace.id in ids:
            held.append(name)
        namespace.indexing = namespace.indexing.model_copy(update={"contentClasses": held})


def searchable_namespaces(tenant: TenantRecord, names: Iterable[str]) -> list[NamespaceRecord]:
    """Return the named namespaces. They must exist and have search."""
    namespaces = [tenant.namespaces.get(name) for name in names]
    result = [n for n in namespaces if n is not None and n.settings.searchEnabled]
    if len(result) != len(namespaces):
        raise bad_property("namespaces")
    return result


@dataclass
class ContentClassService:
    listing: Listing

    def names(self, tenant: TenantRecord) -> list[str]:
        _check_tenant(tenant)
        return self.listing.shuffled(tenant.content_classes.names())

    @staticmethod
    def find(tenant: TenantRecord, name: str) -> ContentClass:
        _check_tenant(tenant)
        content_class = tenant.content_classes.get(name)
        if content_class is None:
            raise NotFound(f"The content class '{name}' does not exist.")
        return content_class

    def view(self, tenant: TenantRecord, stored: ContentClass) -> ContentClass:
        names = [namespace.name for namespace in namespaces_using(tenant, stored.name or "")]
        return stored.model_copy(update={"namespaces": self.listing.shuffled(names)})

    @staticmethod
    def create(tenant: TenantRecord, body: ContentClass) -> None:
        _check_tenant(tenant)
        name = body.name or ""
        properties = validated_properties(body.contentProperties or [])
        namespaces = searchable_namespaces(tenant, body.namespaces or [])
        if name in tenant.content_classes:
            raise AlreadyExists(name)
        tenant.content_classes.put(name, ContentClass(name=name, contentProperties=properties))
        associate(tenant, name, namespaces)

    @staticmethod
    def modify(tenant: TenantRecord, stored: ContentClass, body: ContentClass) -> None:
        """Replace the lists that are sent.

        Renaming is not documented: the name may be repeated but not changed (unconfirmed).
        """
        name = stored.name or ""
        if body.name is not None and body.name.casefold() != name.casefold():
            raise not_settable("name")
        properties = stored.contentProperties or []
        if body.contentProperties is not None:
            properties = validated_properties(body.contentProperties)
        if body.namespaces is not None:
            associate(tenant, name, searchable_namespaces(tenant, body.namespaces))
        tenant.content_classes.put(name, ContentClass(name=name, contentProperties=properties))

    @staticmethod
    def delete(tenant: TenantRecord, stored: ContentClass) -> None:
        if stored.contentProperties:
            raise Refused("The content class contains one or more content properties.")
        associate(tenant, stored.name or "", [])
        tenant.content_classes.remove(stored.name or "")


def _check_tenant(tenant: TenantRecord) -> None:
    # The status is unconfirmed.
    if not tenant.settings.searchConfigurationEnabled:
        raise Refused("Search is not enabled for the tenant.")


def validated_properties(properties: list[ContentProperty]) -> list[ContentProperty]:
    """Return the properties with their defaults. Names are unique and case-sensitive."""
    for sent in properties:
        for name in ("name", "expression", "type"):
            if getattr(sent, name) is None:
                raise missing_property(name)
        if not sent.expression:
            raise bad_property("expression")
        if sent.format and sent.type not in _FORMATTED:
            raise bad_property("format")
    if len({sent.name for sent in properties}) != len(properties):
        raise bad_property("contentProperties")
    base = ContentProperty(multivalued=False, format="")
    return [base.changed_by(sent) for sent in properties]
