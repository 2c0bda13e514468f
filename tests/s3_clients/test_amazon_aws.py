"""The example for amazon.aws, by the Ansible of the bundle that holds that collection."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from support.hcp import ROOT, MockHcp

from .clients import ENVIRONMENTS, KIM, need
from .proxy import Proxy

PLAYBOOK = ROOT / "playbooks" / "s3_object_with_amazon_aws.yml"
BUNDLE = ENVIRONMENTS / "amazon-aws"


def play(research: MockHcp, proxy: Proxy, home: Path) -> str:
    variables = {"hcp_ca_path": research.facts["ca"], "report_file": home / "report.txt"}
    extra = [word for pair in variables.items() for word in ("-e", "{}={}".format(*pair))]
    done = subprocess.run(
        [BUNDLE / "bin" / "ansible-playbook", PLAYBOOK, *extra],
        env={
            "PATH": f"{BUNDLE / 'bin'}:{os.environ['PATH']}",
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "HTTPS_PROXY": proxy.url,
            "HCP_PASSWORD": KIM.password,
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".work" / "tree"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def test_s3_object_of_amazon_aws(research: MockHcp, proxy: Proxy, tmp_path: Path) -> None:
    need(BUNDLE.name, BUNDLE / "bin" / "ansible-playbook")
    assert "changed=3" in play(research, proxy, tmp_path)
    assert "changed=0" in play(research, proxy, tmp_path)
