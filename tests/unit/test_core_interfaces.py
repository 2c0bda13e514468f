"""The private interfaces of ansible-core that the collection relies on are as they were.

A release of ansible-core that changes one of them fails here, with a sentence that says where it is
used. A private name of ansible-core that is used and not listed fails as well.
"""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def interfaces() -> list[tuple[str, str, str, bool]]:
    """The list of tests/support/core_interfaces.py: name, where, what, whether it holds."""
    done = subprocess.run(
        [sys.executable, "-m", "support.core_interfaces"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [tuple(row) for row in json.loads(done.stdout.splitlines()[-1])]


def test_core_is_as_relied_on() -> None:
    changed = [
        f"{where} relies on this, which ansible-core has changed: {what} ({name})."
        for name, where, what, holds in interfaces()
        if not holds
    ]
    assert changed == []
    assert len(interfaces()) > 10


def private_names(path: Path) -> set[str]:
    """The private attributes that a file uses and does not define, and texts that name one."""
    tree = ast.parse(path.read_text())
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    own |= {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (node.value.startswith("_ansible_") or node.value == "_new_secrets")
    }
    private = {name for name in used if name.startswith("_") and not name.startswith("__")}
    overridden = {"_set_internal_properties"} & own
    return (private - own) | texts | overridden


def test_every_private_interface_is_listed() -> None:
    listed = {row[0] for row in interfaces()} | {
        # They stand with _ansible_module_name.
        "_ansible_check_mode",
        "_ansible_diff",
        "_ansible_inject_invocation",
    }
    folders = ("action", "filter", "module_utils/tasks")
    files = [path for each in folders for path in (ROOT / "plugins" / each).glob("*.py")]
    used = {(path.name, name) for path in files for name in private_names(path)}
    assert {(file, name) for file, name in used if name not in listed} == set()
