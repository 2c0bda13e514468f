"""Run playbooks as a user does."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from support.hcp import ADMIN_PASSWORD, ROOT, MockHcp

# Of the accounts that the documentation speaks of.
PASSWORDS = {
    "hcp_admin_password": "Hcp-Mock-1",
    "finance_admin_password": "Finance-Pass-1",
    "storage_admin_password": ADMIN_PASSWORD,
    "first_user_password": "First-Pass-1",
    "kim_password": "Kim-Pass-1",
    "kim_new_password": "Kim-Pass-2",
}
# What the documentation has from elsewhere.
UPLOADS = {
    "hcp_license_key": "serialNumber=40002;feature=Basic;localCapacity=1000000000000",
    "hcp_other_certificate": str(ROOT / "tests" / "support" / "certificate.pem"),
    "hcp_support_package": str(ROOT / "tests" / "support" / "support.plk"),
}
# What a playbook of the documentation does not say itself.
WHERE = ("HCP_NODES", "HCP_PORT", "HCP_DATA_PORT", "HCP_CA_PATH")


def playbook(
    hcp: MockHcp,
    plays: list[dict[str, Any]],
    folder: Path,
    *arguments: str,
    values: Mapping[str, Any] | None = None,
    variables: tuple[str, ...] = WHERE,
    fails: bool = False,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Run plays and return the output, standard output first.

    ``values`` are extra variables, ``variables`` those of the mock's environment that are set, and
    ``environment`` what else is.
    """
    run = started(
        hcp,
        plays,
        folder,
        *arguments,
        values=values,
        variables=variables,
        environment=environment,
    )
    output, errors = run.communicate()
    assert (run.returncode != 0) is fails, output[-6000:] + errors[-2000:]
    return output + errors


def started(
    hcp: MockHcp,
    plays: list[dict[str, Any]],
    folder: Path,
    *arguments: str,
    values: Mapping[str, Any] | None = None,
    variables: tuple[str, ...] = WHERE,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[str]:
    """Start a run of plays, with its workers in a process group of its own."""
    book = folder / "playbook.yml"
    book.write_text(yaml.safe_dump(plays, sort_keys=False))
    extra = folder / "values.json"
    extra.write_text(json.dumps({**PASSWORDS, **UPLOADS} if values is None else values))
    known = hcp.facts["environment"]
    around = {
        **os.environ,
        **{name: known[name] for name in variables if name in known},
        "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".work" / "tree"),
        "ANSIBLE_LOCALHOST_WARNING": "false",
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        "ANSIBLE_NOCOLOR": "true",
        "HCP_RETRIES": "0",
        # With them a play can ask the mock without a process for each request.
        "ANSIBLE_ACTION_PLUGINS": str(ROOT / "tests" / "support" / "ansible" / "action"),
        **environment,
    }
    return subprocess.Popen(
        ["ansible-playbook", str(book), "--extra-vars", f"@{extra}", *arguments],
        env=around,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
