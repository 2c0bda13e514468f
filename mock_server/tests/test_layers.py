"""The layers of the mock: allowed imports, and no circles between packages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import hcp_mock

ROOT = Path(hcp_mock.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
# What each layer may import besides itself; the modules at the top start the server.
LAYERS = {
    "models": set(),
    "state": {"models"},
    "services": {"models", "state", "errors", "safe_xml"},
    "api": {"models", "state", "services", "errors", "safe_xml", "settings"},
}
FOLDERS = sorted({path.parent for path in MODULES})


def name_of(path: Path) -> tuple[str, ...]:
    """Return the parts of a module's name inside hcp_mock."""
    return tuple(
        part for part in path.relative_to(ROOT).with_suffix("").parts if part != "__init__"
    )


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the absolute names that a module imports."""
    package = ("hcp_mock", *path.parent.relative_to(ROOT).parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = (*base, *(node.module.split(".") if node.module else ()))
            yield from ((*module, alias.name) for alias in node.names)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_is_below_it(layer: str) -> None:
    for path in (ROOT / layer).rglob("*.py"):
        inside = {name[1] for name in imports(path) if name[0] == "hcp_mock"}
        assert inside <= {layer} | LAYERS[layer], path


@pytest.mark.parametrize(
    "folder", FOLDERS, ids=lambda path: path.relative_to(ROOT.parent).as_posix()
)
def test_there_is_no_circle_between_the_parts_of_a_package(folder: Path) -> None:
    base = name_of(folder / "__init__.py")
    graph: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        part = (*name_of(path), "__init__")[len(base)]
        known = graph.setdefault(part, set())
        for name in imports(path):
            inside = name[1:] if name[0] == "hcp_mock" else ()
            if inside[: len(base)] == base and len(inside) > len(base):
                known.add(inside[len(base)])
        known.discard(part)
    TopologicalSorter(graph).prepare()


def test_only_the_api_knows_the_web_framework_and_nothing_knows_ansible() -> None:
    for path in MODULES:
        outside = {name[0] for name in imports(path)}
        assert not outside & {"ansible", "ansible_collections", "plugins"}, path
        if name_of(path)[:1] != ("api",):
            assert not outside & {"fastapi", "starlette"}, path
