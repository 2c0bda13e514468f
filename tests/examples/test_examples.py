"""Every EXAMPLES block is run by ansible-playbook: in check mode, for real, and once more."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.hcp import FEATURES, ROOT, MockHcp, seed
from support.playbook import PASSWORDS, playbook
from support.samples import for_topologies

PACKAGE = "ansible_collections.contentplatform.hcp.plugins.modules"
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("hcp_*.py"))
# A metadata query is a POST that changes nothing.
WRITES = (
    "answers[0].requests | rejectattr('interface', 'equalto', 'query')"
    " | selectattr('method', 'in', ['PUT', 'POST', 'DELETE']) | length"
)
ASSERTION = {
    "name": "Check what the example did",
    "ansible.builtin.assert": {
        "that": [
            "predicted is changed == (done is changed)",
            "again is changed == done_again",
            # Nothing was written in check mode since the last example ended.
            f"seen_after_check.{WRITES} == (seen.{WRITES} if seen is defined else 0)",
        ],
        "fail_msg": "{{ {'predicted': predicted, 'done': done, 'again': again} | to_nice_json }}",
        "quiet": True,
    },
}


def start() -> dict[str, Any]:
    """The system that the examples speak of."""
    document = seed(
        **dict.fromkeys(FEATURES, True),
        # Where no failed login disables an account, check mode may try passwords.
        consoleSecurity={"disableAfterAttempts": 0},
        users=[
            {
                "username": "robin",
                "fullName": "Robin",
                "password": "Robin-Pass-1",
                "enabled": True,
                "localAuthentication": True,
                "forcePasswordChange": False,
            }
        ],
        namespaces=[
            {
                "name": "raw-scans",
                "retentionClasses": [{"name": "keep-5y", "value": "A+5y"}],
            },
            {"name": "published"},
            {
                "name": "searchable",
                "searchEnabled": True,
                "objects": {"scans/a.tif": "a scan", "scans/b.tif": "another one"},
                "removals": [
                    {"key": "old", "operation": "DELETED", "time": "2026-01-02T00:00:00Z"}
                ],
            },
        ],
    )
    searching = {"namespaceName": "searchable", "permissions": ["SEARCH"]}
    document["tenants"][0]["users"][0]["dataAccessPermissions"] = [searching]
    document["system"].update(for_topologies()["system"])
    document["tenants"].append(
        {
            "name": "fresh",
            "hardQuota": "1 TB",
            "softQuota": 85,
            "namespaceQuota": "None",
            "authenticationTypes": ["LOCAL"],
            "users": [
                {
                    "username": "first-user",
                    "fullName": "First",
                    "password": PASSWORDS["first_user_password"],
                    "enabled": True,
                    "localAuthentication": True,
                    "forcePasswordChange": False,
                    "roles": ["SECURITY"],
                }
            ],
        }
    )
    return document


def _registered(example: dict[str, Any], name: str) -> dict[str, Any]:
    """An example whose result gets a name. The condition of one that waits is about its result."""
    task = {**example, "register": name}
    if "until" in example:
        task["until"] = example["until"].replace(example["register"], name)
    return task


def three_times(hcp: MockHcp, example: dict[str, Any]) -> list[dict[str, Any]]:
    """An example in check mode, for real and once more, and what must have come of it."""
    journal = {
        "name": "Read the journal",
        "mock": {"requests": [["GET", "journal", None]]},
        "vars": {"mock_url": hcp.facts["url"], "mock_ca": hcp.facts["ca"]},
    }
    tasks = [
        {**_registered(example, "predicted"), "check_mode": True},
        {**journal, "register": "seen_after_check"},
        _registered(example, "done"),
        _registered(example, "again"),
        {**ASSERTION, "vars": {"done_again": any(name in str(example) for name in NEVER_DONE)}},
        {**journal, "register": "seen"},
    ]
    if "register" in example:
        fact = {example["register"]: "{{ done }}"}
        tasks.append({"name": "Keep the result", "ansible.builtin.set_fact": fact})
    return tasks


# What a tenant has is not for accounts of the system to see.
NEVER_DONE = ("hcp_security_reset",)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module(hcp: MockHcp, name: str, tmp_path: Path) -> None:
    module = importlib.import_module(
        f"ansible_collections.contentplatform.hcp.plugins.modules.{name}"
    )
    hcp.reset(start())
    examples = yaml.safe_load(module.EXAMPLES)
    tasks: list[dict[str, Any]] = []
    for example in examples:
        ours = any(key.startswith("contentplatform.hcp.") for key in example)
        tasks.extend(three_times(hcp, example) if ours else [example])
    play = {"name": name, "hosts": "localhost", "gather_facts": False, "tasks": tasks}
    playbook(hcp, [play], tmp_path)


def documents() -> list[Any]:
    """The playbooks in the documentation."""
    found = []
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        if path.name in ("configuration.md", "replication.md"):
            # Their steps belong together, and have tests of their own.
            continue
        blocks = path.read_text().split("```yaml\n")[1:]
        for number, block in enumerate(blocks, 1):
            text = block.partition("```")[0]
            if "hosts:" in text:
                found.append(pytest.param(text, id=f"{path.name}-{number}"))
    return found


@pytest.mark.parametrize("text", documents())
def test_the_playbooks_in_the_documentation(hcp: MockHcp, text: str, tmp_path: Path) -> None:
    hcp.reset(start())
    plays = yaml.safe_load(text)
    assert "changed=0" not in playbook(hcp, plays, tmp_path)
    assert "changed=0" in playbook(hcp, plays, tmp_path)
