"""The filters that derive S3 credentials; the worked examples are those of HCP's documentation.

Filters belong to Ansible's controller, which a process that runs modules must not load.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from support.hcp import ROOT

SCRIPT = """
import importlib, json, sys
from ansible.errors import AnsibleFilterError
name, value = json.loads(sys.argv[1])
module = importlib.import_module(f"ansible_collections.contentplatform.hcp.plugins.filter.{name}")
try:
    print(json.dumps(module.FilterModule().filters()[name](value)))
except AnsibleFilterError as error:
    print(json.dumps({"told": str(error)}))
"""


def derive(name: str, value: Any) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps([name, value])],
        env={"PYTHONPATH": str(ROOT / ".work" / "tree")},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("hcp_access_key", "ansible-svc", "YW5zaWJsZS1zdmM="),
        ("hcp_access_key", "ops???", "b3BzPz8/"),
        ("hcp_secret_key", "S3cret-Demo1", "d4fac71529161032ddd30ca9497eeb7b"),
        # Leading zeros belong to it.
        ("hcp_secret_key", "demo12", "0451e06539777666b3a0a3cc420d06df"),
        ("hcp_secret_key", "pä55 wörd", "1489f612bba00c9da96926be51a54ed5"),
    ],
)
def test_keys(name: str, value: str, key: str) -> None:
    assert derive(name, value) == key


@pytest.mark.parametrize("name", ["hcp_access_key", "hcp_secret_key"])
@pytest.mark.parametrize("value", ["", None, 5])
def test_anything_else_is_explained(name: str, value: Any) -> None:
    (told,) = derive(name, value).values()
    assert told.startswith(f"{name} takes the")
