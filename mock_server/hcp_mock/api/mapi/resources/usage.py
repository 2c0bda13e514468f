"""Routes of statistics and chargeback reports."""

from __future__ import annotations

from ....models.usage import CSV_COLUMNS, ChargebackReport
from ....services.access import A, M, access
from ....services.container import Services
from ....services.usage.statistics import statistics
from ...media import CSV, DOCUMENTS
from ..routing import Document, Request, Route
from .namespaces import ONE as NAMESPACE
from .namespaces import NamespaceLookup

TENANT = "/tenants/{tenant}"
REPORT = "chargebackReport"
TABLES = (*DOCUMENTS, CSV)


def _report(document: ChargebackReport) -> Document:
    return Document(document, REPORT, CSV_COLUMNS)


def routes(s: Services) -> list[Route]:
    namespace_of = NamespaceLookup(s)

    def of_namespace(request: Request) -> Document:
        return Document(statistics([namespace_of(request)], s.clock.now()), "statistics")

    def of_tenant(request: Request) -> Document:
        return Document(statistics(request.tenant.namespaces, s.clock.now()), "statistics")

    def charge_namespace(request: Request) -> Document:
        return _report(
            s.chargeback.of_namespace(request.tenant, namespace_of(request), request.query)
        )

    def charge_tenant(request: Request) -> Document:
        return _report(s.chargeback.of_tenant(request.tenant, request.query))

    see = access(A, M)
    # System-level accounts read the usage of a tenant even if it does not admit them.
    see_tenant = access(A, M, system=(A, M), default=())
    return [
        Route("GET", f"{NAMESPACE}/statistics", see, of_namespace),
        Route("GET", f"{TENANT}/statistics", see, of_tenant),
        Route(
            "GET",
            f"{NAMESPACE}/{REPORT}",
            access(A, M, default=()),
            charge_namespace,
            offered=TABLES,
        ),
        Route("GET", f"{TENANT}/{REPORT}", see_tenant, charge_tenant, offered=TABLES),
    ]
