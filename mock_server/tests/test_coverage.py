"""The mock serves every operation of MAPI, and the coverage page is up to date."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import HERE, environment

TOOL = HERE.parent.parent / "tools" / "mock_coverage.py"
Report = Callable[..., list[str]]
Main = Callable[[list[str]], int]


@pytest.fixture(scope="module")
def main() -> Main:
    name = "mock_coverage"
    spec = importlib.util.spec_from_file_location(name, TOOL)
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Main = module.main
    return found


@pytest.fixture
def report(tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]) -> Report:
    """Return the problems of a changed list of paths, with the page generated again."""

    def of(change: Callable[[dict[str, Any]], object]) -> list[str]:
        document = yaml.safe_load((HERE / "mapi_paths.yml").read_text(encoding="utf-8"))
        change(document)
        paths, page = tmp_path / "paths.yml", tmp_path / "page.md"
        paths.write_text(yaml.safe_dump(document), encoding="utf-8")
        code = main(["--paths", str(paths), "--page", str(page)])
        problems = capsys.readouterr().err.splitlines()
        assert code == bool(problems)
        return problems

    return of


def test_everything_is_served_and_the_page_says_so() -> None:
    command = [sys.executable, str(TOOL), "--check"]
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment(), timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_old_page_is_found(
    tmp_path: Path, main: Main, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    assert main(["--page", str(page)]) == 0
    assert main(["--check", "--page", str(page)]) == 0
    page.write_text(page.read_text(encoding="utf-8").replace("GET", "PUT", 1), encoding="utf-8")
    for wrong in (page, tmp_path / "absent.md"):
        assert main(["--check", "--page", str(wrong)]) == 1
        expected = f"{wrong.name} is not up to date: run make coverage-report.\n"
        assert capsys.readouterr().err == expected


def test_what_is_not_served_needs_a_reason(report: Report, tmp_path: Path) -> None:
    added = {"/clouds/{cloud}": ["GET"]}
    (problem,) = report(lambda document: document["paths"].update(added))
    assert problem == "GET /clouds/{} is not served; say why under 'exceptions'."
    assert "`/clouds/{cloud}` | ~~GET~~ |" in (tmp_path / "page.md").read_text(encoding="utf-8")
    for excuse in (
        {"exceptions": {"GET /clouds/{any}": "is not of this world."}},
        {"not_yet": ["GET /clouds/{cloud}"]},
    ):
        assert report(lambda d, e=excuse: (d["paths"].update(added), d.update(e))) == []


def test_what_is_served_has_no_excuse(report: Report) -> None:
    (problem,) = report(lambda document: document["not_yet"].append("GET /tenants/{name}"))
    assert problem == "GET /tenants/{} is served; it must not be an exception any more."
    (problem,) = report(lambda document: document["exceptions"].update({"PUT /clouds": "x"}))
    assert problem == "PUT /clouds is an exception, but not one of the paths."


def test_what_is_served_besides_needs_a_reason(report: Report) -> None:
    (problem,) = report(lambda document: document["paths"]["/network"].remove("POST"))
    assert problem == ("POST /network is served, but not one of the paths; say why under 'beyond'.")
    (problem,) = report(lambda document: document["beyond"].update({"GET /network": "x"}))
    assert problem == "GET /network stands under 'beyond', where it does not belong."
