"""Routes of statistics and chargeback reports."""

from __future__ import annotations

from ....models.usage import CSV_COLUMNS, ChargebackReport
from ....services.access import A, M, access
from ....services.container import Services
from ....services.usage.statistics import statistics
from ...media import CSV, DOCUMENTS
from ..routing import Answer, Call, Route
from .namespaces import ONE as NAMESPACE
from .namespaces import Found

TENANT = "/tenants/{tenant}"
REPORT = "chargebackReport"
TABLES = (*DOCUMENTS, CSV)


def _report(document: ChargebackReport) -> Answer:
    return Answer(document, REPORT, CSV_COLUMNS)


def routes(s: Services) -> list[Route]:
    found = Found(s)

    def of_namespace(call: Call) -> Answer:
        return Answer(statistics([found(call)], s.clock.now()), "statistics")

    def of_tenant(call: Call) -> Answer:
        return Answer(statistics(call.tenant.namespaces, s.clock.now()), "statistics")

    def charge_namespace(call: Call) -> Answer:
        return _report(s.chargeback.of_namespace(call.tenant, found(call), call.query))

    def charge_tenant(call: Call) -> Answer:
        return _report(s.chargeback.of_tenant(call.tenant, call.query))

    see = access(A, M)
    # What a tenant used is for system-level accounts even without its consent.
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
