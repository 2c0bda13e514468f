"""What Ansible itself writes of secrets, with the releases that mask them and with the others."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from support.hcp import ADMIN, TENANT, MockHcp
from support.playbook import playbook
from support.secret_forms import digest, leaks, secret

MASKS = importlib.util.find_spec("ansible.module_utils.secrets") is not None
WORDS = ("own", "kim", "first", "environment")
SECRETS = {word: secret(word) for word in WORDS}
# One of each sort of option: of a module, within a list, in a configuration.
OPTIONS = {"username": ADMIN, "password": "{{ secrets.own }}", "tenant": TENANT}
KIM = {"name": "kim", "user_password": "{{ secrets.kim }}"}
ACCOUNTS = [{"tenant": TENANT, "username": ADMIN, "password": "{{ secrets.own }}"}]
FIRST = {"username": "first", "password": "{{ secrets.first }}"}
CONFIG = {"tenants": [{"name": "finance", "hard_quota": "1 TB", "initial_user": FIRST}]}


def run(hcp: MockHcp, folder: Path, tasks: list[dict[str, Any]], *more: str, **known: Any) -> str:
    """Run tasks on localhost in all detail; the output."""
    play = {"name": "Masking", "hosts": "localhost", "gather_facts": False, "tasks": tasks}
    values = {"secrets": SECRETS, "folder": str(folder), **known}
    environment = {"HCP_USERNAME": "admin", "HCP_PASSWORD": SECRETS["environment"]}
    variables = tuple(set(hcp.facts["environment"]) - set(environment))
    return playbook(
        hcp,
        [play],
        folder,
        *more,
        "-vvv",
        values=values,
        variables=variables,
        environment=environment,
    )


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "module"])
@pytest.mark.skipif(not MASKS, reason="this release of ansible-core masks nothing")
def test_what_a_task_was_given_is_masked_afterwards(
    hcp: MockHcp, tmp_path: Path, in_process: bool
) -> None:
    told = "{{ secrets.own }} {{ secrets.kim }} {{ secrets.first }}"
    tasks: list[dict[str, Any]] = [
        {"contentplatform.hcp.hcp_user": {**OPTIONS, **KIM}, "ignore_errors": True},
        {
            "contentplatform.hcp.hcp_config": {"accounts": ACCOUNTS, "config": CONFIG},
            "ignore_errors": True,
        },
        {"ansible.builtin.debug": {"msg": f"Told: {told}"}},
    ]
    output = run(hcp, tmp_path, tasks, hcp_in_process=in_process)
    assert "Told: $REDACTED$ $REDACTED$ $REDACTED$" in output
    assert leaks(output, WORDS) == {}


def test_a_secret_key_is_masked_where_core_can(hcp: MockHcp, tmp_path: Path) -> None:
    key = digest(SECRETS["kim"])
    made = {"key": "{{ secrets.kim | contentplatform.hcp.hcp_secret_key }}"}
    kept = {"content": "{{ key }}", "dest": "{{ folder }}/key", "mode": "0600"}
    tasks: list[dict[str, Any]] = [
        {"ansible.builtin.set_fact": made},
        {"ansible.builtin.debug": {"var": "key"}},
        {"ansible.builtin.copy": kept, "diff": True},
    ]
    output = run(hcp, tmp_path, tasks)
    assert (tmp_path / "key").read_text() == key
    assert (key not in output) is MASKS
    assert ("$REDACTED$" in output) is MASKS


def test_nothing_secret_is_in_a_job_file(hcp: MockHcp, tmp_path: Path) -> None:
    jobs: dict[str, dict[str, Any]] = {
        "user": {"contentplatform.hcp.hcp_user": {**OPTIONS, **KIM}},
        "config": {"contentplatform.hcp.hcp_config": {"accounts": ACCOUNTS, "config": CONFIG}},
        # The password comes from the environment of the process.
        "tenants": {"contentplatform.hcp.hcp_tenant_info": {}},
        "failed": {"contentplatform.hcp.hcp_user": {**OPTIONS, **KIM, "no_such": 1}},
    }
    tasks: list[dict[str, Any]] = []
    for name, job in jobs.items():
        tasks.append({**job, "async": 120, "poll": 0, "register": name})
        status = {"jid": f"{{{{ {name}.ansible_job_id }}}}"}
        tasks.append(
            {
                "ansible.builtin.async_status": status,
                "register": "status",
                "until": "status is finished",
                "retries": 240,
                "delay": 0.5,
                "ignore_errors": True,
            }
        )
    python = f"ansible_python_interpreter={sys.executable}"
    folder = {"ansible_async_dir": str(tmp_path / "jobs")}
    output = run(hcp, tmp_path, tasks, "-e", python, **folder)
    written = [each.read_text() for each in (tmp_path / "jobs").iterdir() if each.is_file()]
    assert len(written) == len(jobs)
    assert all({"changed", "failed"} & set(json.loads(text)) for text in written)
    assert leaks("\n".join([*written, output]), WORDS) == {}
