"""The state of the system itself as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ....state.packages import PackageState
from ....state.system import SystemState
from .plain import plain


def dump_system(system: SystemState, packages: PackageState) -> dict[str, Any]:
    return {
        "downstreamDNSMode": system.dns_mode.value,
        "nodes": [
            {**plain(node.settings), "available": node.available} for node in system.nodes.values()
        ],
        "services": [plain(service) for service in system.services.values()],
        "licenses": [plain(item) for item in system.licenses],
        "packaging": {
            "seconds": packages.seconds,
            "fails": packages.fails,
            "padding": packages.padding,
        },
        "sNodes": list(packages.s_nodes),
        "logMarks": [{"time": m.when.isoformat(), "text": m.text} for m in packages.marks],
        "packages": {
            kind.value: {"done": package.ready_at.isoformat(), "fails": package.fails}
            for kind, package in packages.packages.items()
        },
        "supportKey": asdict(system.support_key) if system.support_key else None,
    }
