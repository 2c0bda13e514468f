"""What a module process loads: compiling what the module does not use would be most of its time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "ansible_collections.contentplatform.hcp.plugins"
# What every module needs that manages or reads a kind of resource through the management API.
COMMON = {
    "connections",
    "protocols.connection",
    "protocols.credentials",
    "protocols.errors",
    "protocols.failures",
    "protocols.mapi.client",
    "protocols.mapi.errors",
    "protocols.response",
    "protocols.tls",
    "protocols.transport",
    "reconcile.model",
    "reconcile.read",
    "redaction",
    "refusal",
    "schema.context",
    "schema.fields",
    "schema.interface",
    "schema.part",
    "schema.resource",
    "tasks.arguments",
    "tasks.module",
    "tasks.results",
    "tasks.secrets",
    "values.base",
    "values.choices",
    "values.names",
    "values.numbers",
    "values.pattern",
    "values.permissions",
    "values.text",
}
# Carrying out a plan is loaded when there is one.
MANAGES = {"reconcile.converge", "reconcile.guards", "reconcile.plan", "tasks.resource"}
LOADED = {
    "hcp_namespace": COMMON
    | MANAGES
    | {
        "resources.namespace",
        "values.cors",
        "values.quota",
        "values.retention",
        "values.times",
    },
    "hcp_user": COMMON | MANAGES | {"resources.accounts", "resources.user", "values.data_access"},
    "hcp_retention_class_info": COMMON - {"values.names", "values.numbers", "values.permissions"}
    | {"resources.retention_class", "tasks.info", "values.retention"},
}
SCRIPT = """
import importlib, json, sys
importlib.import_module(sys.argv[1])
print(json.dumps([name for name, each in sys.modules.items() if getattr(each, "__file__", None)]))
"""


def loaded(module: str) -> set[str]:
    """The files of module_utils that are loaded with a module."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, f"{PACKAGE}.modules.{module}"],
        env={"PYTHONPATH": str(ROOT / ".work" / "tree")},
        capture_output=True,
        text=True,
        check=True,
    )
    prefix = f"{PACKAGE}.module_utils."
    names = [name.removeprefix(prefix) for name in json.loads(done.stdout) if prefix in name]
    folder = ROOT / "plugins" / "module_utils"
    return {name for name in names if not (folder / name.replace(".", "/")).is_dir()}


@pytest.mark.parametrize("module", LOADED)
def test_a_module_process_loads_what_it_needs(module: str) -> None:
    assert loaded(module) == LOADED[module]
