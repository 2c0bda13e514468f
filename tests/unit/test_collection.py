"""What must stay true of the collection as a whole."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest
import yaml

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import (
    KINDS,
    below,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.resource import Resource

RESOURCES = "ansible_collections.contentplatform.hcp.plugins.module_utils.resources"
ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for path in (ROOT / "plugins" / "modules").glob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_action_group_holds_every_module() -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    assert runtime["action_groups"]["hcp"] == [path.stem for path in MODULES]


def test_every_module_is_routed_to_the_in_process_door() -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    routing = {"action_plugin": "contentplatform.hcp.hcp_config"}
    assert runtime["plugin_routing"]["modules"] == {path.stem: routing for path in MODULES}


def test_every_module_is_used_by_a_scenario() -> None:
    """By itself, or by a role that is."""
    books = [*(ROOT / "extensions").rglob("*.yml"), *(ROOT / "roles").rglob("*.yml")]
    used = "\n".join(book.read_text() for book in books)
    unused = [path.stem for path in MODULES if f"contentplatform.hcp.{path.stem}:" not in used]
    assert unused == []


def tables() -> list[Resource]:
    """Every table of a kind that there is."""
    found: list[Resource] = []
    for path in (ROOT / "plugins" / "module_utils" / "resources").glob("*.py"):
        module = importlib.import_module(f"{RESOURCES}.{path.stem}")
        found.extend(each for each in vars(module).values() if isinstance(each, Resource))
    return found


def test_every_kind_takes_part_in_configurations() -> None:
    assert {kind.plural for kind in tables()} == {kind.plural for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.plural)
def test_what_belongs_to_a_resource_comes_after_it(kind: Resource) -> None:
    assert [each.plural for each in below(kind) if each.rank <= kind.rank] == []


@pytest.mark.parametrize("document", ["README.md"])
def test_every_module_is_listed(document: str) -> None:
    text = (ROOT / document).read_text()
    assert [path.stem for path in MODULES if f"| `{path.stem}` |" not in text] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_holds_documentation_and_a_main(path: Path) -> None:
    tree = ast.parse(path.read_text())
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert [each.name for each in functions] == ["main"]
    statements = [each for each in functions[0].body if not isinstance(each.value, ast.Constant)]  # type: ignore[attr-defined]
    assert len(statements) == 1


def test_the_mock_shares_nothing_with_the_plugins() -> None:
    mock = (ROOT / "mock_server").rglob("*.py")
    assert [str(path) for path in mock if any("ansible" in name for name in imports(path))] == []
