"""The state of replication as plain data."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from ....state.replication import LinkRecord, RemoteSystem, ReplicationState
from .plain import plain


def _moment(when: datetime | None) -> str | None:
    return when.isoformat(timespec="milliseconds") if when is not None else None


def _link(link: LinkRecord) -> dict[str, Any]:
    return {
        **plain(link.settings),
        "id": link.id,
        "phase": link.phase.value,
        "since": _moment(link.since),
        "suspendedSince": _moment(link.suspended_since),
        "trouble": link.problem,
        "schedule": plain(link.schedule),
        "tenants": [
            {"name": member.name, "pausedSince": _moment(member.paused_since)}
            for member in link.tenants
        ],
        "defaultNamespaceDirectories": list(link.directories),
        "chainedLinks": link.chained.names(),
    }


def _remote(remote: RemoteSystem) -> dict[str, Any]:
    return {**asdict(remote), "down_since": _moment(remote.down_since)}


def dump_replication(state: ReplicationState) -> dict[str, Any]:
    return {
        "service": plain(state.settings),
        "shutDownSince": _moment(state.shut_down_since),
        "shutDownReason": state.shut_down_reason,
        "certificates": list(state.certificates),
        "remoteSystems": [_remote(remote) for remote in state.remotes],
        "links": [_link(link) for link in state.links],
    }
