"""playbooks/complete_tenant.yml makes all that belongs to a tenant, and then leaves it alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from support.hcp import ROOT, MockHcp, seed
from support.playbook import WHERE, playbook

PLAYBOOK = ROOT / "playbooks" / "complete_tenant.yml"
PASSWORD = "Clinic-Admin-1"
VALUES = {
    "complete_tenant_administrator_password": PASSWORD,
    "complete_tenant_user_password": "Archive-Ingest-1",
}
CLINIC = "/tenants/clinic"


def run(hcp: MockHcp, folder: Path, *arguments: str) -> str:
    plays: list[dict[str, Any]] = [{"import_playbook": str(PLAYBOOK)}]
    account = ("HCP_DOMAIN", "HCP_USERNAME", "HCP_PASSWORD", *WHERE)
    return playbook(hcp, plays, folder, *arguments, values=VALUES, variables=account)


def test_a_complete_tenant(hcp: MockHcp, tmp_path: Path) -> None:
    document = seed()
    document["activeDirectory"]["groups"] = ["radiology@ad.example", "audit@ad.example"]
    hcp.reset(document)

    assert "changed=1" in run(hcp, tmp_path, "--check", "--diff")
    assert hcp.writes() == []
    assert "changed=1" in run(hcp, tmp_path)
    hcp.clear_journal()
    assert "changed=0" in run(hcp, tmp_path)
    assert "changed=0" in run(hcp, tmp_path, "--check")
    assert hcp.writes() == []
    everything_is_there(hcp)


def everything_is_there(hcp: MockHcp) -> None:
    vars_file = ROOT / "playbooks" / "vars" / "complete_tenant.yml"
    (wanted,) = yaml.safe_load(vars_file.read_text())["complete_tenant"]["tenants"]
    own = {"username": "clinic-admin", "password": PASSWORD, "host": "clinic"}

    def get(path: str) -> dict[str, Any]:
        return hcp.get(f"{CLINIC}{path}", **own)

    assert get("/contactInfo")["emailAddress"] == "storage@clinic.example.com"
    mails = get("/emailNotification")
    assert len(mails["recipients"]["recipient"]) == 2
    assert mails["emailTemplate"]["body"] == wanted["email_notification"]["email_template"]["body"]
    assert get("/consoleSecurity")["loginMessage"] == "Authorised use only"
    assert get("/searchSecurity")["ipSettings"]["allowAddresses"] == {"ipAddress": ["10.0.0.0/8"]}
    assert get("/namespaceDefaults")["versioningSettings"]["pruneDays"] == 30
    assert "viewer.clinic" in get("/cors")["cors"]
    assert set(get("/groupAccounts")["groupname"]) == {each["name"] for each in wanted["groups"]}
    assert set(get("/userAccounts")["username"]) == {each["name"] for each in wanted["users"]}
    assert get("/contentClasses/Studies")["namespaces"] == {"name": ["images"]}
    for namespace in wanted["namespaces"]:
        path = f"/namespaces/{namespace['name']}"
        classes = {each["name"] for each in namespace["retention_classes"]}
        assert set(get(f"{path}/retentionClasses")["name"]) == classes
    assert "radiology.clinic" in get("/namespaces/images/cors")["cors"]
    (grant,) = get("/groupAccounts/radiology@ad.example/dataAccessPermissions")[
        "namespacePermission"
    ]
    assert grant["namespaceName"] == "images"
