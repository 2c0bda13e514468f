"""Tasks of the modules that manage no kind of resource."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from support.hcp import ROOT, TENANT, MockHcp, seed
from support.matrix import ActionTask, Rounds

ARCHIVE = "archive"
LINKS = "/services/replication/links"
CERTIFICATE = (ROOT / "tests" / "support" / "certificate.pem").read_text()
PREPARED, CLEARED = {"state": "prepared"}, {"state": "absent"}


def prepare_for_action_tasks(hcp: MockHcp) -> None:
    """Bring the mock into the state that the tasks need."""
    document = seed()
    document["tenants"].append({**document["tenants"][0], "name": ARCHIVE})
    document["system"]["packaging"] = {"seconds": 0}
    document["system"]["links"] = [
        {
            "name": name,
            "type": "ACTIVE_ACTIVE",
            "connection": {"remoteHost": f"replication.{name}.example.com"},
            "tenants": tenants,
        }
        for name, tenants in (("east", []), ("west", [TENANT]), ("north", []))
    ]
    hcp.reset(document)


def rounds(hcp: MockHcp, folder: Path) -> Rounds:
    """Return two rounds of tasks, because HCP has one package of a type at a time."""

    def action_tasks(turn: int) -> Sequence[Sequence[ActionTask]]:
        return _first(hcp, turn), _second(hcp, folder, turn)

    return action_tasks


def _first(hcp: MockHcp, turn: int) -> list[ActionTask]:
    system, tenant = hcp.as_system, {**hcp.as_tenant, "tenant": TENANT}
    number = str(50000 + turn)
    key = f"serialNumber={number};feature=Basic;localCapacity=1000;expirationDate=Dec 31, 2028"
    certificate = {**system, "content": CERTIFICATE}
    on_west = {**system, "name": "west", "tenant": TENANT}
    return [
        _package(hcp, "hcp_logs", "/logs/prepare", PREPARED, CLEARED, once=True),
        _package(hcp, "hcp_health_report", "/healthCheckReport", CLEARED, PREPARED),
        ActionTask(
            "hcp_license",
            {**system, "key": key, "serial_number": number},
            "/storage/licenses",
            shown=True,
        ),
        ActionTask(
            "hcp_certificate",
            certificate,
            "/services/replication/certificates",
            {**certificate, "state": "absent"},
        ),
        ActionTask(
            "hcp_security_reset",
            {
                **system,
                "tenant": ARCHIVE,
                "new_password": "Quiet-River-7",
                "confirm": ["new_password"],
            },
            f"/tenants/{ARCHIVE}/userAccounts",
            reads=False,
            once=True,
            unseen=True,
            always=True,
        ),
        _action(
            {**system, "name": "east", "action": "failover", "confirm": ["failover"]},
            f"{LINKS}/east",
            {**system, "name": "east", "action": "failback", "confirm": ["failback"]},
        ),
        _action(
            {**on_west, "action": "pause_tenant"},
            f"{LINKS}/west/content/tenants/{TENANT}",
            {**on_west, "action": "resume_tenant"},
        ),
        ActionTask("hcp_mapi", {**tenant, "path": f"/tenants/{TENANT}"}),
        ActionTask(
            "hcp_mapi",
            {**tenant, **_contact("one")},
            f"/tenants/{TENANT}/contactInfo",
            reads=False,
            once=True,
            unseen=True,
            always=True,
        ),
        ActionTask(
            "hcp_config",
            _config(hcp, "one", "two"),
            f"/tenants/{TENANT}/namespaces*",
            _config(hcp, "two", "one"),
            shown=True,
        ),
    ]


def _second(hcp: MockHcp, folder: Path, turn: int) -> list[ActionTask]:
    system, tenant = hcp.as_system, {**hcp.as_tenant, "tenant": TENANT}
    created = 1_777_900_000 + turn
    package = folder / f"support-{turn}.plk"
    package.write_text(json.dumps({"serialNumber": 40001, "createTimeStamp": created}))
    moment = datetime.fromtimestamp(created, UTC).isoformat()
    certificate = {**system, "content": CERTIFICATE}
    on_west = {**system, "name": "west", "tenant": TENANT}
    return [
        _package(
            hcp,
            "hcp_logs",
            "/logs/download",
            {"dest": str(folder / "logs.zip"), "keep": True, "force": True},
            PREPARED,
            once=True,
            unseen=True,
            always=True,
            streams=True,
        ),
        _package(
            hcp, "hcp_health_report", "/healthCheckReport/prepare", PREPARED, CLEARED, once=True
        ),
        ActionTask(
            "hcp_support_credentials",
            {**system, "src": str(package), "created_at": moment},
            "/supportaccesscredentials",
            shown=True,
        ),
        ActionTask(
            "hcp_certificate",
            {**certificate, "state": "absent"},
            "/services/replication/certificates/*",
            certificate,
        ),
        ActionTask(
            "hcp_security_reset",
            {**system, "tenant": ARCHIVE, "group": "storage@ad.example"},
            f"/tenants/{ARCHIVE}/groupAccounts",
            # Most tenants do not let the system look.
            unread=("forbidden",),
            once=True,
            unseen=True,
            always=True,
        ),
        _action(
            {**on_west, "action": "resume_tenant"},
            f"{LINKS}/west/content/tenants/{TENANT}",
            {**on_west, "action": "pause_tenant"},
        ),
        ActionTask(
            "hcp_replication_link_action",
            {**system, "name": "north", "action": "restore", "confirm": ["restore"]},
            f"{LINKS}/north",
            once=True,
            unseen=True,
            always=True,
        ),
        ActionTask(
            "hcp_mapi",
            {**tenant, **_contact("two"), "repeatable": True},
            f"/tenants/{TENANT}/contactInfo",
            reads=False,
            unseen=True,
            always=True,
        ),
    ]


def _package(
    hcp: MockHcp,
    module: str,
    writes: str,
    options: Mapping[str, Any],
    ready: Mapping[str, Any],
    **more: Any,
) -> ActionTask:
    system = hcp.as_system
    return ActionTask(module, {**system, **options}, writes, {**system, **ready}, **more)


def _action(options: Mapping[str, Any], writes: str, ready: Mapping[str, Any]) -> ActionTask:
    return ActionTask("hcp_replication_link_action", options, writes, ready, once=True, shown=True)


def _contact(name: str) -> dict[str, Any]:
    path = f"/tenants/{TENANT}/contactInfo"
    return {"method": "POST", "path": path, "body": {"firstName": name}}


def _config(hcp: MockHcp, new: str, old: str) -> dict[str, Any]:
    """A configuration that creates, changes and deletes."""
    namespaces = [
        {"name": f"config-{new}"},
        {"name": "config-both", "description": new},
        {"name": f"config-{old}", "state": "absent"},
    ]
    return {
        **hcp.as_tenant,
        "account_level": "tenant",
        "config": {"tenants": [{"name": TENANT, "namespaces": namespaces}]},
        "confirm": ["delete"],
        # Over one connection, for what becomes of each connection to be certain.
        "concurrency": 1,
    }
