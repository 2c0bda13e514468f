"""The guide to configurations, step by step, as a user does it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml
from support.hcp import ROOT, TENANT, MockHcp, seed
from support.playbook import PASSWORDS, playbook

PAGE = ROOT / "docs" / "configuration.md"


def plays() -> dict[str, Any]:
    """The plays of the page by their names."""
    blocks = [block.partition("```")[0] for block in PAGE.read_text().split("```yaml\n")[1:]]
    found = [yaml.safe_load(block) for block in blocks]
    return {block[0]["name"]: block for block in found if isinstance(block, list)}


def test_export_edit_plan_apply(hcp: MockHcp, tmp_path: Path) -> None:
    hcp.reset(seed(namespaces=[{"name": "raw-scans", "hardQuota": "1.00 TB"}]))
    guide = plays()
    hcp.clear_journal()
    playbook(hcp, guide["Export"], tmp_path)
    assert hcp.writes() == []
    file = tmp_path / "estate" / "tenants" / f"{TENANT}.yml"
    first = file.read_text()
    assert "changed=0" in playbook(hcp, guide["Export"], tmp_path)

    # Unchanged files change nothing.
    assert "changed=0" in playbook(hcp, guide["Plan"], tmp_path)
    drift = [{**guide["Look for drift"][0]}]
    playbook(hcp, drift, tmp_path)

    tenant = yaml.safe_load(first)[TENANT]
    tenant["namespaces"][0]["hard_quota"] = "2 TB"
    kim = {"name": "kim", "roles": ["MONITOR"], "user_password": "{{ kim_password }}"}
    tenant["users"].append(kim)
    file.write_text(yaml.safe_dump({TENANT: tenant}))
    hcp.clear_journal()
    assert "changed=1" in playbook(hcp, guide["Plan"], tmp_path)
    assert hcp.writes() == []
    assert "failed=1" in playbook(hcp, drift, tmp_path, fails=True)

    playbook(hcp, guide["Apply"], tmp_path)
    assert hcp.get(f"/tenants/{TENANT}/namespaces/raw-scans")["hardQuota"] == "2.00 TB"
    assert hcp.ask(f"/tenants/{TENANT}", "kim", PASSWORDS["kim_password"]).status_code == 200
    # The plan is done, so it is not what would be done now.
    assert "failed=1" in playbook(hcp, guide["Apply"], tmp_path, fails=True)
    assert "changed=0" in playbook(hcp, guide["Plan"], tmp_path)
    playbook(hcp, drift, tmp_path)


def test_a_tenant_without_a_file_is_refused(hcp: MockHcp, tmp_path: Path) -> None:
    hcp.reset(seed())
    play = plays()["Apply"][0]
    (tmp_path / "tenants").mkdir()
    given = {"provision_dir": str(tmp_path), "provision_tenants": ["nobody"]}
    role = {**play["roles"][0], "vars": given}
    output = playbook(hcp, [{**play, "roles": [role]}], tmp_path, fails=True)
    assert f"There is no file in {tmp_path}/tenants for nobody." in output


def test_what_hcp_holds_is_never_a_template(hcp: MockHcp, tmp_path: Path) -> None:
    trap = "{{ lookup('pipe', 'touch " + str(tmp_path / "sprung") + "') }} {% if %} {#"
    hcp.reset(seed(namespaces=[{"name": "raw-scans", "description": trap}]))
    guide = plays()
    playbook(hcp, guide["Export"], tmp_path)
    assert "changed=0" in playbook(hcp, guide["Plan"], tmp_path)
    assert not (tmp_path / "sprung").exists()


def test_a_second_use_forgets_the_first(hcp: MockHcp, tmp_path: Path) -> None:
    hcp.reset(seed())
    (tmp_path / "one" / "tenants").mkdir(parents=True)
    (tmp_path / "two" / "tenants").mkdir(parents=True)
    namespaces = [{"name": "data"}]
    file = tmp_path / "one" / "tenants" / f"{TENANT}.yml"
    file.write_text(yaml.safe_dump({TENANT: {"name": TENANT, "namespaces": namespaces}}))
    apply = plays()["Apply"][0]
    given = apply["roles"][0]["vars"]
    del given["provision_approved_plan"]
    uses = [{**given, "provision_dir": str(tmp_path / name)} for name in ("one", "two")]
    gone = {
        "name": "Delete what the first made",
        "contentplatform.hcp.hcp_namespace": {
            "tenant": TENANT,
            "name": "data",
            "state": "absent",
            "confirm": ["delete"],
            "username": "storage-admin",
            "password": "{{ storage_admin_password }}",
            "account_level": "tenant",
        },
    }
    role = {"name": "contentplatform.hcp.provision"}
    include = [{"name": "Use", "ansible.builtin.include_role": role, "vars": use} for use in uses]
    play = {name: apply[name] for name in apply if name != "roles"}
    playbook(hcp, [{**play, "tasks": [include[0], gone, include[1]]}], tmp_path)
    assert hcp.get(f"/tenants/{TENANT}/namespaces") == {"name": []}


def test_a_folder_that_is_none_is_refused(hcp: MockHcp, tmp_path: Path) -> None:
    play = plays()["Apply"][0]
    role = {**play["roles"][0], "vars": {"provision_dir": "/no/such"}}
    output = playbook(hcp, [{**play, "roles": [role]}], tmp_path, fails=True)
    assert "/no/such has neither a file system.yml nor a folder tenants." in output


def test_a_system_without_tenant_files_says_nothing_of_tenants(
    hcp: MockHcp, tmp_path: Path
) -> None:
    hcp.reset(seed())
    (tmp_path / "system.yml").write_text("---\n{}\n")
    play = plays()["Apply"][0]
    given = {
        "provision_dir": str(tmp_path),
        "provision_exact": ["tenants"],
        "provision_confirm": ["delete"],
    }
    role = {**play["roles"][0], "vars": given}
    hcp.clear_journal()
    assert "changed=0" in playbook(hcp, [{**play, "roles": [role]}], tmp_path)
    assert hcp.writes() == []


def test_a_folder_may_be_named_from_where_ansible_runs(hcp: MockHcp, tmp_path: Path) -> None:
    hcp.reset(seed())
    (tmp_path / "tenants").mkdir()
    (tmp_path / "tenants" / "one.yml").write_text(f"{TENANT}: {{name: {TENANT}, hard_quota: 3 TB}}")
    (tmp_path / "system.yml").write_text("replication_service: {verification: 'ON'}")
    play = plays()["Apply"][0]
    role = {**play["roles"][0], "vars": {"provision_dir": os.path.relpath(tmp_path)}}
    assert "changed=1" in playbook(hcp, [{**play, "roles": [role]}], tmp_path)
