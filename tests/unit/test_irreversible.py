"""The page about what cannot be undone is that of the tables."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = "ansible_collections.contentplatform.hcp.plugins.modules"


def tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "tools" / "irreversible.py"), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / ".work" / "tree")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_the_page_is_up_to_date() -> None:
    done = tool("--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_old_page_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    assert tool("--page", str(page)).returncode == 0
    page.write_text(page.read_text(encoding="utf-8").replace("acls_usage", "x"), encoding="utf-8")
    for wrong in (page, tmp_path / "absent.md"):
        done = tool("--check", "--page", str(wrong))
        assert (done.returncode, done.stderr) == (
            1,
            f"{wrong.name} is not up to date: run make irreversible.\n",
        )


def test_every_word_of_every_module_is_on_the_page() -> None:
    rows = (ROOT / "docs" / "irreversible.md").read_text(encoding="utf-8").splitlines()
    for path in sorted((ROOT / "plugins" / "modules").glob("*.py")):
        module = importlib.import_module(f"{MODULES}.{path.stem}").MODULE
        told = " ".join(row for row in rows if row.startswith(f"| `{path.stem}` |"))
        words = module.arguments.get("confirm", {}).get("choices", ())
        assert [word for word in words if f"`{word}`" not in told] == [], path.stem
