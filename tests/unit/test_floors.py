"""The floors of plugins/module_utils: each room imports only from floors below it."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "plugins" / "module_utils"
# From the top to the ground. docs/architecture.md says what each room is for.
FLOORS = (
    {"tasks"},
    {"configuration", "platform"},
    {"resources", "connections"},
    {"reconcile"},
    {"schema"},
    {"protocols"},
    {"values", "redaction", "files"},
    {"refusal"},
)
FLOOR_OF = {room: number for number, floor in enumerate(FLOORS) for room in floor}
FILES = sorted(path for path in CORE.rglob("*.py") if path.name != "__init__.py")


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(CORE).with_suffix("").parts)


def room_of(module: str) -> str:
    return module.partition(".")[0]


def imports(path: Path) -> set[str]:
    """What a file imports from the core, for types too; ``ansible`` for anything of Ansible's."""
    *package, _name = module_of(path).split(".")
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = package[: len(package) - node.level + 1]
            found.add(".".join([*above, node.module or ""]).rstrip("."))
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {"ansible"} & {room_of(node.module)}
        elif isinstance(node, ast.Import):
            found |= {"ansible"} & {room_of(alias.name) for alias in node.names}
    return found


def test_every_room_is_on_a_floor() -> None:
    assert {room_of(module_of(path)) for path in FILES} == set(FLOOR_OF)


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_a_room_imports_from_floors_below_it(path: Path) -> None:
    room = room_of(module_of(path))
    others = {room_of(name) for name in imports(path)} - {room, "ansible"}
    assert [name for name in others if FLOOR_OF[name] <= FLOOR_OF[room]] == []


def test_no_file_imports_itself_through_others() -> None:
    graph = {module_of(path): imports(path) - {"ansible"} for path in FILES}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_only_the_top_floor_knows_ansible(path: Path) -> None:
    assert "ansible" not in imports(path) or module_of(path).startswith("tasks.")
