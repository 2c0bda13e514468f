"""Routes of namespaces and their settings."""

from __future__ import annotations

from ....models.base import DataType
from ....models.names import Names
from ....models.namespaces.namespace import Namespace, VersioningSettings
from ....models.namespaces.protocols import Protocols
from ....models.namespaces.retention import ComplianceSettings, RetentionClass
from ....models.namespaces.settings import (
    CustomMetadataIndexingSettings,
    ReplicationCollisionSettings,
)
from ....models.permissions import PermissionMask
from ....services.access import A, C, M, access
from ....services.container import Services
from ....services.listing import BY_NAME
from ....services.namespaces.protocols import PROTOCOLS
from ....services.tenants import default_tenant
from ....state.records import NamespaceRecord
from ..routing import Document, Handler, Request, Route
from .cors import cors_routes

ALL = "/tenants/{tenant}/namespaces"
ONE = f"{ALL}/{{namespace}}"
READ = access(A, M)
WRITE = access(A)


class NamespaceLookup:
    """Find the namespace of a request."""

    def __init__(self, services: Services) -> None:
        self._namespaces = services.namespaces

    def __call__(self, request: Request) -> NamespaceRecord:
        return self._namespaces.find(request.tenant, request.parts["namespace"], request.admission)


def routes(s: Services) -> list[Route]:
    return [
        *_namespaces(s),
        *_versioning(s),
        *_permissions(s),
        *_compliance(s),
        *_indexing(s),
        *_collisions(s),
        *_protocols(s),
        *_retention_classes(s),
        *cors_routes(f"{ONE}/cors", s, NamespaceLookup(s)),
    ]


def _namespaces(s: Services) -> list[Route]:
    namespace_of = NamespaceLookup(s)

    def names(request: Request) -> Document:
        return Document(
            Names(
                name=s.namespaces.names(request.tenant, request.page(BY_NAME), request.admission)
            ),
            "namespaces",
        )

    def create(request: Request) -> None:
        s.namespaces.create(request.tenant, request.body, request.admission)

    def read(request: Request) -> Document:
        return Document(
            s.namespaces.view(request.tenant, namespace_of(request), request.admission), "namespace"
        )

    def exists(request: Request) -> None:
        namespace_of(request)

    def modify(request: Request) -> None:
        s.namespaces.modify(
            request.tenant,
            namespace_of(request),
            request.body,
            request.query.get("resetMQECheckpoint"),
        )

    def delete(request: Request) -> None:
        s.namespaces.delete(request.tenant, namespace_of(request))

    return [
        Route("GET", ALL, access(A, M, C, own=True, default=(A, M)), names),
        Route("PUT", ALL, access(A, own=True, default=()), create, Namespace, "namespace"),
        Route("GET", ONE, access(A, M, own=True), read),
        Route("HEAD", ONE, access(A, M, C, own=True, default=(A, M)), exists),
        Route("POST", ONE, WRITE, modify, Namespace, "namespace"),
        Route("DELETE", ONE, access(A, own=True, default=()), delete),
    ]


def _versioning(s: Services) -> list[Route]:
    namespace_of = NamespaceLookup(s)

    def read(request: Request) -> Document:
        return Document(
            s.versioning.view(namespace_of(request), request.admission), "versioningSettings"
        )

    def modify(request: Request) -> None:
        s.versioning.modify(request.tenant, namespace_of(request), request.body, request.admission)

    def delete(request: Request) -> None:
        s.versioning.delete(namespace_of(request))

    path = f"{ONE}/versioningSettings"
    return [
        Route("GET", path, access(A, M, own=True, default=()), read),
        Route(
            "POST",
            path,
            access(A, own=True, default=()),
            modify,
            VersioningSettings,
            "versioningSettings",
        ),
        # The table of roles lets MONITOR delete.
        Route("DELETE", path, access(A, M, own=True, default=()), delete),
    ]


def _permissions(s: Services) -> list[Route]:
    namespace_of = NamespaceLookup(s)

    def read(request: Request) -> Document:
        return Document(s.grants.mask(namespace_of(request)), "permissions")

    def replace(request: Request) -> None:
        s.grants.set_mask(namespace_of(request), request.body)

    path = f"{ONE}/permissions"
    return [
        Route("GET", path, READ, read),
        Route("POST", path, WRITE, replace, PermissionMask, "permissions"),
    ]


def _setting(name: str, data_type: type[DataType], read: Handler, modify: Handler) -> list[Route]:
    """Return the routes of a setting of a namespace that is a resource of its own."""
    return [
        Route("GET", f"{ONE}/{name}", READ, read),
        Route("POST", f"{ONE}/{name}", WRITE, modify, data_type, name),
    ]


def _compliance(s: Services) -> list[Route]:
    namespace_of = NamespaceLookup(s)

    def read(request: Request) -> Document:
        shown = default_tenant.compliance(request.tenant, namespace_of(request))
        return Document(shown, "complianceSettings")

    def modify(request: Request) -> None:
        s.compliance.modify(request.tenant, namespace_of(request), request.body)

    path = f"{ONE}/complianceSettings"
    return [
        Route("GET", path, access(A, M, C), read),
        Route("POST", path, access(C), modify, ComplianceSettings, "complianceSettings"),
    ]


def _indexing(s: Services) -> list[Route]:
    namespace_of = NamespaceLookup(s)
    name = "customMetadataIndexingSettings"

    def read(request: Request) -> Document:
        return Document(s.indexing.view(namespace_of(request)), name)

    def modify(request: Request) -> None:
        s.indexing.modify(request.tenant, namespace_of(request), request.body)

    return _setting(name, CustomMetadataIndexingSettings, read, modify)


def _collisions(s: Services) -> list[Route]:
    namespace_of = NamespaceLookup(s)
    name = "replicationCollisionSettings"

    def read(request: Request) -> Document:
        return Document(namespace_of(request).collisions, name)

    def modify(request: Request) -> None:
        s.collisions.modify(namespace_of(request), request.body)

    return _setting(name, ReplicationCollisionSettings, read, modify)


def _protocols(s: Services) -> list[Route]:
    namespace_of = NamespaceLookup(s)

    def pair(name: str, data_type: type[DataType]) -> list[Route]:
        def read(request: Request) -> Document:
            return Document(s.protocols.view(namespace_of(request), name), f"{name}Protocol")

        def modify(request: Request) -> None:
            s.protocols.modify(request.tenant, namespace_of(request), name, request.body)

        path = f"{ONE}/protocols/{name}"
        return [
            Route("GET", path, access(A, M, default=()), read),
            Route("POST", path, access(A, default=()), modify, data_type, f"{name}Protocol"),
        ]

    def read_both(request: Request) -> Document:
        return Document(default_tenant.protocols(namespace_of(request)), "protocols")

    def modify_both(request: Request) -> None:
        default_tenant.set_protocols(namespace_of(request), request.body)

    both = f"{ONE}/protocols"
    return [
        *(route for name, data_type in PROTOCOLS.items() for route in pair(name, data_type)),
        Route("GET", both, access(default=(A, M)), read_both),
        Route("POST", both, access(default=(A,)), modify_both, Protocols, "protocols"),
    ]


def _retention_classes(s: Services) -> list[Route]:
    namespace_of = NamespaceLookup(s)
    classes = s.retention_classes

    def names(request: Request) -> Document:
        return Document(Names(name=classes.names(namespace_of(request))), "retentionClasses")

    def create(request: Request) -> None:
        classes.create(namespace_of(request), request.body)

    def read(request: Request) -> Document:
        return Document(
            classes.find(namespace_of(request), request.parts["retentionClass"]), "retentionClass"
        )

    def modify(request: Request) -> None:
        namespace = namespace_of(request)
        classes.modify(
            namespace, classes.find(namespace, request.parts["retentionClass"]), request.body
        )

    def delete(request: Request) -> None:
        namespace = namespace_of(request)
        classes.delete(namespace, classes.find(namespace, request.parts["retentionClass"]))

    everything, one = f"{ONE}/retentionClasses", f"{ONE}/retentionClasses/{{retentionClass}}"
    see, write = access(A, M, C), access(C)
    return [
        Route("GET", everything, see, names),
        Route("PUT", everything, write, create, RetentionClass, "retentionClass"),
        Route("GET", one, see, read),
        Route("POST", one, write, modify, RetentionClass, "retentionClass"),
        Route("DELETE", one, write, delete),
    ]
