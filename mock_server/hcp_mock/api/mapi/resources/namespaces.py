"""Routes of namespaces and their parts."""

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
from ..routing import Answer, Call, Handler, Route
from .cors import cors_routes

ALL = "/tenants/{tenant}/namespaces"
ONE = f"{ALL}/{{namespace}}"
READ = access(A, M)
WRITE = access(A)


class Found:
    """Finds the namespace of a call."""

    def __init__(self, services: Services) -> None:
        self._namespaces = services.namespaces

    def __call__(self, call: Call) -> NamespaceRecord:
        return self._namespaces.find(call.tenant, call.parts["namespace"], call.admission)


def routes(s: Services) -> list[Route]:
    return [
        *_namespaces(s),
        *_versioning(s),
        *_permissions(s),
        *_parts(s),
        *_protocols(s),
        *_retention_classes(s),
        *cors_routes(f"{ONE}/cors", s, Found(s)),
    ]


def _namespaces(s: Services) -> list[Route]:
    found = Found(s)

    def names(call: Call) -> Answer:
        return Answer(
            Names(name=s.namespaces.names(call.tenant, call.page(BY_NAME), call.admission)),
            "namespaces",
        )

    def create(call: Call) -> None:
        s.namespaces.create(call.tenant, call.body, call.admission)

    def read(call: Call) -> Answer:
        return Answer(s.namespaces.view(call.tenant, found(call), call.admission), "namespace")

    def exists(call: Call) -> None:
        found(call)

    def modify(call: Call) -> None:
        s.namespaces.modify(
            call.tenant, found(call), call.body, call.query.get("resetMQECheckpoint")
        )

    def delete(call: Call) -> None:
        s.namespaces.delete(call.tenant, found(call))

    return [
        Route("GET", ALL, access(A, M, C, own=True, default=(A, M)), names),
        Route("PUT", ALL, access(A, own=True, default=()), create, Namespace, "namespace"),
        Route("GET", ONE, access(A, M, own=True), read),
        Route("HEAD", ONE, access(A, M, C, own=True, default=(A, M)), exists),
        Route("POST", ONE, WRITE, modify, Namespace, "namespace"),
        Route("DELETE", ONE, access(A, own=True, default=()), delete),
    ]


def _versioning(s: Services) -> list[Route]:
    found = Found(s)

    def read(call: Call) -> Answer:
        return Answer(s.versioning.view(found(call), call.admission), "versioningSettings")

    def modify(call: Call) -> None:
        s.versioning.modify(call.tenant, found(call), call.body, call.admission)

    def delete(call: Call) -> None:
        s.versioning.delete(found(call))

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
        # That MONITOR may delete is how the table is printed.
        Route("DELETE", path, access(A, M, own=True, default=()), delete),
    ]


def _permissions(s: Services) -> list[Route]:
    found = Found(s)

    def read(call: Call) -> Answer:
        return Answer(s.grants.mask(found(call)), "permissions")

    def replace(call: Call) -> None:
        s.grants.set_mask(found(call), call.body)

    path = f"{ONE}/permissions"
    return [
        Route("GET", path, READ, read),
        Route("POST", path, WRITE, replace, PermissionMask, "permissions"),
    ]


def _parts(s: Services) -> list[Route]:
    found = Found(s)

    def read_compliance(call: Call) -> Answer:
        shown = default_tenant.compliance(call.tenant, found(call))
        return Answer(shown, "complianceSettings")

    def modify_compliance(call: Call) -> None:
        s.compliance.modify(call.tenant, found(call), call.body)

    def read_indexing(call: Call) -> Answer:
        return Answer(s.indexing.view(found(call)), "customMetadataIndexingSettings")

    def modify_indexing(call: Call) -> None:
        s.indexing.modify(call.tenant, found(call), call.body)

    def read_collisions(call: Call) -> Answer:
        return Answer(found(call).collisions, "replicationCollisionSettings")

    def modify_collisions(call: Call) -> None:
        s.collisions.modify(found(call), call.body)

    def pair(name: str, data_type: type[DataType], read: Handler, modify: Handler) -> list[Route]:
        return [
            Route("GET", f"{ONE}/{name}", READ, read),
            Route("POST", f"{ONE}/{name}", WRITE, modify, data_type, name),
        ]

    compliance = f"{ONE}/complianceSettings"
    return [
        Route("GET", compliance, access(A, M, C), read_compliance),
        Route(
            "POST",
            compliance,
            access(C),
            modify_compliance,
            ComplianceSettings,
            "complianceSettings",
        ),
        *pair(
            "customMetadataIndexingSettings",
            CustomMetadataIndexingSettings,
            read_indexing,
            modify_indexing,
        ),
        *pair(
            "replicationCollisionSettings",
            ReplicationCollisionSettings,
            read_collisions,
            modify_collisions,
        ),
    ]


def _protocols(s: Services) -> list[Route]:
    found = Found(s)

    def pair(name: str, data_type: type[DataType]) -> list[Route]:
        def read(call: Call) -> Answer:
            return Answer(s.protocols.view(found(call), name), f"{name}Protocol")

        def modify(call: Call) -> None:
            s.protocols.modify(call.tenant, found(call), name, call.body)

        path = f"{ONE}/protocols/{name}"
        return [
            Route("GET", path, access(A, M, default=()), read),
            Route("POST", path, access(A, default=()), modify, data_type, f"{name}Protocol"),
        ]

    def read_both(call: Call) -> Answer:
        return Answer(default_tenant.protocols(found(call)), "protocols")

    def modify_both(call: Call) -> None:
        default_tenant.set_protocols(found(call), call.body)

    both = f"{ONE}/protocols"
    return [
        *(route for name, data_type in PROTOCOLS.items() for route in pair(name, data_type)),
        Route("GET", both, access(default=(A, M)), read_both),
        Route("POST", both, access(default=(A,)), modify_both, Protocols, "protocols"),
    ]


def _retention_classes(s: Services) -> list[Route]:
    found = Found(s)
    classes = s.retention_classes

    def names(call: Call) -> Answer:
        return Answer(Names(name=classes.names(found(call))), "retentionClasses")

    def create(call: Call) -> None:
        classes.create(found(call), call.body)

    def read(call: Call) -> Answer:
        return Answer(classes.find(found(call), call.parts["retentionClass"]), "retentionClass")

    def modify(call: Call) -> None:
        namespace = found(call)
        classes.modify(namespace, classes.find(namespace, call.parts["retentionClass"]), call.body)

    def delete(call: Call) -> None:
        namespace = found(call)
        classes.delete(namespace, classes.find(namespace, call.parts["retentionClass"]))

    everything, one = f"{ONE}/retentionClasses", f"{ONE}/retentionClasses/{{retentionClass}}"
    see, write = access(A, M, C), access(C)
    return [
        Route("GET", everything, see, names),
        Route("PUT", everything, write, create, RetentionClass, "retentionClass"),
        Route("GET", one, see, read),
        Route("POST", one, write, modify, RetentionClass, "retentionClass"),
        Route("DELETE", one, write, delete),
    ]
