"""What a release says of itself must be so."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
GALAXY = yaml.safe_load((ROOT / "galaxy.yml").read_text())

MODULES = sorted((ROOT / "plugins" / "modules").glob("*.py"))
FRAGMENTS = sorted((ROOT / "plugins" / "doc_fragments").glob("*.py"))
FILTERS = sorted((ROOT / "plugins" / "filter").glob("*.yml"))
ROLES = sorted((ROOT / "roles").glob("*/meta/argument_specs.yml"))


def documents(path: Path) -> list[Any]:
    """Every document of a plugin or role that is YAML."""
    if path.suffix == ".yml":
        return [yaml.safe_load(path.read_text())]
    return [
        yaml.safe_load(node.value.value)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        and any(isinstance(name, ast.Name) and name.id.isupper() for name in node.targets)
    ]


def versions(document: Any) -> Iterator[str]:
    """Every ``version_added``, at any depth."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key == "version_added":
                yield str(value)
            else:
                yield from versions(value)
    elif isinstance(document, list):
        for each in document:
            yield from versions(each)


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


@pytest.mark.parametrize("path", [*MODULES, *FRAGMENTS, *FILTERS, *ROLES], ids=str)
def test_nothing_was_added_in_a_version_to_come(path: Path) -> None:
    found = [version for document in documents(path) for version in versions(document)]
    now = numbers(GALAXY["version"])
    assert [version for version in found if numbers(version) > now] == []


def added_in(path: Path) -> str | None:
    document = documents(path)[0]
    document = document.get("DOCUMENTATION", document)
    document = document.get("argument_specs", {}).get("main", document)
    version = document.get("version_added")
    return None if version is None else str(version)


@pytest.mark.parametrize("path", [*MODULES, *FILTERS, *ROLES], ids=str)
def test_everything_says_since_when_it_is_there(path: Path) -> None:
    assert added_in(path) is not None


NOTES = sorted((ROOT / "changelogs" / "fragments").glob("*.yml"))
# Release notes are RST, in which the markup of Ansible's documentation stands as it is written.
MARKUP = re.compile(r"\b(?:[BCEILMOPRUV]|RV|HORIZONTALLINE)\([^)]*\)")


def notes(path: Path) -> list[str]:
    """Every text of a fragment."""
    sections = yaml.safe_load(path.read_text()).values()
    return [text for found in sections for text in ([found] if isinstance(found, str) else found)]


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_release_notes_are_rst(path: Path) -> None:
    assert [text for text in notes(path) if MARKUP.search(text)] == []


@pytest.mark.parametrize("name", ["CHANGELOG.rst", "changelogs/changelog.yaml"])
def test_the_changelog_of_all_releases_is_rst(name: str) -> None:
    path = ROOT / name
    assert MARKUP.findall(path.read_text() if path.exists() else "") == []


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_release_notes_leave_what_is_new_to_the_list_of_it(path: Path) -> None:
    """antsibull-changelog lists new plugins and roles by itself."""
    said = re.compile(r"\bnew (?:module|filter|plugin|role)s?\b", re.IGNORECASE)
    assert [text for text in notes(path) if said.search(text)] == []


@pytest.mark.skipif((ROOT / "changelogs" / "changelog.yaml").exists(), reason="there is a release")
@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.name)
def test_a_first_release_changes_nothing_that_was_released(path: Path) -> None:
    told = {"breaking_changes", "bugfixes", "deprecated_features", "removed_features"}
    assert set(yaml.safe_load(path.read_text())) & {*told, "security_fixes"} == set()


README = (ROOT / "README.md").read_text()


def rows(word: str) -> list[str]:
    """The names in the first column of the table with this heading."""
    table = re.search(rf"^\| {word} \|.*\n\|[-| ]+\|\n((?:\|.*\n)+)", README, re.MULTILINE)
    cells = [line.split("|")[1] for line in table[1].splitlines()] if table else []
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def test_the_readme_lists_what_there_is_and_nothing_else() -> None:
    assert sorted(rows("module")) == [path.stem for path in MODULES]
    assert sorted(rows("filter")) == [path.stem for path in FILTERS]
    assert sorted(rows("role")) == [path.parts[-3] for path in ROLES]


def test_one_oldest_ansible_is_named_everywhere() -> None:
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    oldest = runtime["requires_ansible"].removeprefix(">=")
    short = oldest.removesuffix(".0")
    assert f"ansible-core {short} or newer" in README
    assert f"| ansible-core {oldest} |" in README
    for meta in (ROOT / "roles").glob("*/meta/main.yml"):
        assert yaml.safe_load(meta.read_text())["galaxy_info"]["min_ansible_version"] == short


def test_one_oldest_python_is_named_everywhere() -> None:
    config = yaml.safe_load((ROOT / "tests" / "config.yml").read_text())
    oldest = config["modules"]["python_requires"].removeprefix(">=")
    assert f"Python {oldest} or newer" in README


def test_the_readme_names_the_releases_that_are_tested_with() -> None:
    """As tools/test-versions has them."""
    script = (ROOT / "tools" / "test-versions").read_text()
    tested = set(re.findall(r"^\S+ +(2\.\d+)\.\d+(?:rc\d+)? +\w+ +3", script, re.MULTILINE))
    named = re.findall(r"^\| [^|]*ansible-core ([\d., ]+)", README, re.MULTILINE)
    assert set(re.findall(r"2\.\d+", " ".join(named))) == tested


def test_the_readme_names_the_oldest_libraries() -> None:
    wanted = dict(
        re.findall(r"^(\w+)>=(.*)$", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    )
    pinned = (ROOT / "requirements-oldest.txt").read_text()
    for name, version in wanted.items():
        assert re.search(rf"^{name}=={re.escape(version)}\.0\b", pinned, re.MULTILINE)
        assert f"{name} {version}.0" in README


def test_the_licence_is_the_same_everywhere() -> None:
    assert GALAXY["license"] == ["GPL-3.0-or-later"]
    for meta in (ROOT / "roles").glob("*/meta/main.yml"):
        assert yaml.safe_load(meta.read_text())["galaxy_info"]["license"] == "GPL-3.0-or-later"
    project = tomllib.loads((ROOT / "mock_server" / "pyproject.toml").read_text())["project"]
    assert project["license"] == "GPL-3.0-or-later"
