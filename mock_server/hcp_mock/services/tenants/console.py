"""Console security of a tenant. MAPI reference: consoleSecurity."""

from __future__ import annotations

from ...models.tenants.console import ConsoleSecurity
from ...state.records import TenantRecord


class ConsoleService:
    @staticmethod
    def modify(tenant: TenantRecord, body: ConsoleSecurity) -> None:
        new = tenant.console.changed_by(body)
        if body.ipSettings is not None and tenant.console.ipSettings is not None:
            new.ipSettings = tenant.console.ipSettings.changed_by(body.ipSettings)
        tenant.console = new
