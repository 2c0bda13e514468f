"""What must never be in shipped code is refused by ruff, and nobody has asked it not to."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from support.hcp import ROOT

RULES = {"S101": "assert known\n", "BLE001": "try:\n    run()\nexcept Exception:\n    run()\n"}
RULES["E722"] = RULES["BLE001"].replace(" Exception", "")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("folder", ["plugins/module_utils", "plugins/modules", "plugins/action"])
def test_asserts_and_broad_excepts_are_refused(rule: str, folder: str) -> None:
    done = subprocess.run(
        ["ruff", "check", "--stdin-filename", f"{folder}/new.py", "--output-format", "json", "-"],
        input=RULES[rule],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert rule in {each["code"] for each in json.loads(done.stdout)}


def test_nobody_asks_for_an_exception() -> None:
    exempt = re.compile(r"noqa(?!:)|noqa:.*\b(?:S101|BLE001|E722)")
    found = [path for path in (ROOT / "plugins").rglob("*.py") if exempt.search(path.read_text())]
    assert found == []
