"""What is exported is what was configured: applied again it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from support.hcp import TENANT, MockHcp
from support.module import run
from support.samples import (
    OF_CONTENT_CLASSES,
    OF_NAMESPACES,
    OF_RETENTION_CLASSES,
    OF_TENANTS,
    OF_USERS,
    Sample,
    start,
    with_option,
)

EVERY_ROLE = ["ADMINISTRATOR", "COMPLIANCE", "MONITOR", "SECURITY"]
FIRST = {"username": "first", "password": "First-Pass-1"}


def variants(samples: dict[str, Sample], prefix: str, **base: Any) -> Iterator[dict[str, Any]]:
    """A resource for each of the two values of each option."""
    for number, (option, sample) in enumerate(samples.items()):
        values = [sample.first] if sample.fixed else [sample.first, sample.second]
        for which, value in enumerate(values):
            name = f"{prefix}{number:03}{'ab'[which]}"
            options = {**base, **with_option(option, value, sample.sent_along)}
            confirm = {"confirm": list(sample.confirm)} if sample.confirm else {}
            yield {**options, **confirm, "name": name}


def write_files() -> dict[str, Any]:
    """More than five hundred resources in which every option is used."""
    account = [{"name": "first", "roles": EVERY_ROLE}]
    given = {option: each for option, each in OF_TENANTS.items() if each.confirm == (option,)}
    features = dict.fromkeys(given, True)
    # HCP has a plan for the tenant only where the tenant does not choose one itself.
    given["service_plan"] = OF_TENANTS["service_plan"]
    others = {option: each for option, each in OF_TENANTS.items() if option not in given}
    tenants = [
        {"hard_quota": "5 TB", "initial_user": FIRST, "users": account, **tenant}
        for tenant in (*variants(given, "f"), *variants(others, "t", **features))
    ]
    classes = list(variants(OF_RETENTION_CLASSES, "c", value="A+1y"))
    namespaces = [
        *variants(OF_NAMESPACES, "n", hard_quota="1 GB"),
        *({"name": f"plain{number:03}", "hard_quota": "1 GB"} for number in range(120)),
        {"name": "data", "retention_classes": classes},
    ]
    research = {
        "name": TENANT,
        "users": list(variants(OF_USERS, "u", user_password="Thing-Pass-1")),
        "groups": [{"name": "storage@ad.example", "roles": ["MONITOR"]}],
        "content_classes": list(variants(OF_CONTENT_CLASSES, "s")),
        "namespaces": namespaces,
    }
    return {"tenants": [*tenants, research]}


def test_an_export_applied_again_changes_nothing(hcp: MockHcp) -> None:
    hcp.reset(start())
    accounts = [
        {"tenant": TENANT, "username": "storage-admin", "password": "Storage-Admin-1"},
        {"tenant": "*", **FIRST},
    ]
    options = {**hcp.as_system, **hcp.s3, "accounts": accounts}
    made = run("hcp_config", {**options, "config": write_files()})
    assert sum(each["created"] + each["updated"] for each in made["summary"].values()) > 500
    hcp.clear_journal()
    found = run("hcp_config_info", options)
    assert sum(found["counts"].values()) > 500
    assert hcp.writes() == []
    assert "Pass-1" not in str(found)
    again = run("hcp_config", {**options, "config": found["config"]}, check=True)
    assert again["plan"] == []
    drift = run("hcp_drift_info", {**options, "config": found["config"]})
    assert drift["findings"] == []
    # And what was wanted at first is there.
    wanted = run("hcp_drift_info", {**options, "config": write_files()})
    assert wanted["findings"] == []
