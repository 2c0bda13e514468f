"""New tenants with HCP's defaults."""

from __future__ import annotations

import uuid

from ...models.network import default_ip_settings
from ...models.permissions import MaskPermission
from ...models.tenants.console import ConsoleSecurity
from ...models.tenants.tenant import AuthenticationType, Tenant
from ...state.records import TenantRecord
from ...state.usage import hour_of
from ..clock import Clock
from .namespaces import default_namespace_defaults


def default_console_security() -> ConsoleSecurity:
    """The reference states no defaults for some properties; these are those of its sample."""
    return ConsoleSecurity(
        automaticUserAccountUnlockSetting=False,
        automaticUserAccoutUnlockDuration=5,
        blockCommonPassword=False,
        blockPasswordReUse=False,
        coolDownPeriodDuration=5,
        coolDownPeriodSettings=False,
        disableAfterAttempts=5,
        disableAfterInactiveDays=180,
        forcePasswordChangeDays=180,
        ipSettings=default_ip_settings(),
        loginMessage="",
        logoutOnInactive=10,
        lowerCaseLetterCount=1,
        minimumPasswordLength=6,
        numericCharacterCount=1,
        passwordCombination=False,
        passwordContainsUsername=True,
        passwordReuseDepth=5,
        specialCharacterCount=1,
        upperCaseLetterCount=1,
    )


def new_tenant(settings: Tenant, clock: Clock, domain: str) -> TenantRecord:
    """Create a tenant with the given settings and defaults for all others."""
    base = Tenant(
        administrationAllowed=False,
        authenticationTypes=[AuthenticationType.LOCAL, AuthenticationType.RADIUS],
        complianceConfigurationEnabled=False,
        dataNetwork="[hcp_system]",
        erasureCodingSelectionEnabled=False,
        managementNetwork="[hcp_system]",
        maxNamespacesPerUser=100,
        namespaceQuota="None",
        replicationConfigurationEnabled=False,
        snmpLoggingEnabled=False,
        searchConfigurationEnabled=False,
        servicePlan="Default",
        servicePlanSelectionEnabled=False,
        softQuota=85,
        syslogLoggingEnabled=False,
        systemVisibleDescription="",
        tags=[],
        tenantVisibleDescription="",
        versioningConfigurationEnabled=False,
    ).changed_by(settings)
    base.id = str(uuid.uuid4())
    base.creationTime = clock.timestamp()
    base.fullyQualifiedName = f"{(settings.name or '').lower()}.{domain}"
    return TenantRecord(
        settings=base,
        defaults=default_namespace_defaults(),
        console=default_console_security(),
        mask=list(MaskPermission),
        created_hour=hour_of(clock.now()),
    )
