"""Modules run with a Python and with libraries that Ansible itself does not run with.

Only tools/test-versions runs this. It says with which Python in HCP_TARGET_PYTHON.
"""

from __future__ import annotations

import os
from pathlib import Path

from support.all_modules import OPERATOR, SECRETS, start, successes, write_files
from support.hcp import MockHcp
from support.playbook import playbook


def test_everything_works(hcp: MockHcp, tmp_path: Path) -> None:
    hcp.reset(start())
    write_files(tmp_path)
    values = {
        "secrets": SECRETS,
        "folder": str(tmp_path),
        "ansible_python_interpreter": os.environ["HCP_TARGET_PYTHON"],
    }
    play = {"name": "All", "hosts": "localhost", "gather_facts": False, "tasks": successes()}
    output = playbook(
        hcp,
        [play],
        tmp_path,
        values=values,
        variables=tuple(hcp.facts["environment"]),
        environment={
            "ANSIBLE_VAULT_PASSWORD_FILE": str(tmp_path / "vault-password"),
            "HCP_USERNAME": OPERATOR,
            "HCP_PASSWORD": SECRETS["system"],
        },
    )
    assert "failed=0" in output
    # One connection for each task: they did not run in Ansible's own process.
    assert len({each["connection"] for each in hcp.journal()}) > len(successes())
