"""What can go wrong between a module and HCP, and how tasks are to end then."""

from __future__ import annotations

from typing import Any

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import KINDS
from support.hcp import TENANT, MockHcp
from support.matrix import INFO, Case, Fault
from support.samples import for_links, for_topologies, start
from support.things import DIRECTORY, account, module_of

ANSWERS = (
    Fault("503", {"status": 503}, "unavailable"),
    Fault("500", {"status": 500}, "server_error"),
)


def prepared(hcp: MockHcp) -> None:
    """Make the mock the system that the tasks of the matrix speak of."""
    document = start()
    names = [f"group-{name}@{DIRECTORY}" for name in ("one", "two", "three", "never")]
    document["activeDirectory"]["groups"] = names
    hcp.reset(document)
    hcp.control("POST", "seed", for_links())
    hcp.control("POST", "seed", for_topologies())


def infos(hcp: MockHcp) -> list[Case]:
    """A task for each module that only reads."""
    found = [
        Case(INFO, f"{module_of(kind)}_info", account(hcp, kind))
        for kind in KINDS
        if not kind.single
    ]
    tenant, system = {**hcp.as_tenant, "tenant": TENANT}, hcp.as_system
    more: dict[str, dict[str, Any]] = {
        "hcp_certificate_info": system,
        "hcp_chargeback_info": tenant,
        "hcp_config_info": {**hcp.as_tenant, "account_level": "tenant", "tenants": [TENANT]},
        "hcp_drift_info": {
            **hcp.as_tenant,
            "account_level": "tenant",
            "config": {"tenants": [{"name": TENANT, "namespaces": [{"name": "data"}]}]},
        },
        "hcp_query_info": {**tenant, **hcp.s3, "query": "+size:0"},
        "hcp_statistics_info": tenant,
        "hcp_system_info": system,
    }
    return [*found, *(Case(INFO, module, options) for module, options in more.items())]
