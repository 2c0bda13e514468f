"""The state of erasure coding as plain data."""

from __future__ import annotations

from typing import Any

from ....state.erasure_coding import ErasureCodingState, KnownLink
from .plain import plain


def _link(link: KnownLink) -> dict[str, Any]:
    return {
        "name": link.name,
        "uuid": link.uuid,
        "hcpSystems": sorted(link.systems),
        "state": link.state.value,
        "pausedTenantsCount": link.paused,
    }


def dump_erasure_coding(state: ErasureCodingState) -> dict[str, Any]:
    return {
        "distantLinks": [_link(link) for link in state.distant_links.values()],
        "ecTopologies": [
            {
                **plain(topology.settings),
                "id": topology.id,
                "replicationLinks": [link.name for link in topology.links],
                "retiring": topology.retiring_since is not None,
                "retired": topology.retired,
                "tenants": topology.tenants.names(),
            }
            for topology in state.topologies
        ],
    }
