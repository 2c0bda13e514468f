"""Every code that a failure can have is explained, and docs/errors.md is up to date."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from support.hcp import ROOT


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("error_codes", ROOT / "tools/error_codes.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(tool: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    status = tool.main(["--check"])
    assert (status, capsys.readouterr().err) == (0, "")


@pytest.mark.parametrize(
    "source",
    [
        'raise RefusedError("new_code", "A sentence.")',
        'task.refuse("new_code", "A sentence.")',
        'CAUSES = {404: ("new_code", "A hint.")}',
        'STATUS_CAUSES = {404: Cause("new_code", "A hint.")}',
        'code = found if found else "new_code"',
        'error = {"code": "new_code"}',
        'raise NoResponseError("new_code", "words", False)',
        'class NewError(HcpError):\n  def __init__(self): super().__init__("new_code")',
        'result = error_of("new_code", finding)',
    ],
)
def test_a_code_without_meaning_is_found(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    (tmp_path / "module.py").write_text(source)
    assert tool.main(["--check", "--source", str(tmp_path)]) == 1
    assert "new_code is not explained in error_codes.yml." in capsys.readouterr().err
