"""The state of the system itself as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..models.base import DataType
from ..state.packages import PackageState
from ..state.system import SystemState


def plain(item: DataType) -> dict[str, Any]:
    result: dict[str, Any] = item.model_dump(mode="json", exclude_none=True)
    return result


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
            kind.value: {"done": package.done.isoformat(), "fails": package.fails}
            for kind, package in packages.held.items()
        },
        "supportKey": asdict(system.support_key) if system.support_key else None,
    }
