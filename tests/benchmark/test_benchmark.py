"""The benchmark measures what it says; how long anything took is not looked at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .__main__ import PARTS, run
from .report import Report, Row, Target
from .servers import mock, seed
from .sizes import TINY
from .wire import Place, Request, WireError, ask, rate


@pytest.mark.parametrize("part", PARTS)
def test_every_part_gives_figures(part: str, tmp_path: Path) -> None:
    report = run(TINY, [part])
    assert report.rows
    assert all(len(row.samples) == TINY.runs for row in report.rows)
    assert any(row.target for row in report.rows)
    report.write(tmp_path / "bench.json")
    written = json.loads((tmp_path / "bench.json").read_text())
    assert [row["what"] for row in written["rows"]] == [row.what for row in report.rows]


def test_the_table_says_what_was_met() -> None:
    report = Report({})
    report.add(Row("Loops", "ours", "ms", [9, 2, 4], "floor", [2, 2, 2], Target(2)))
    report.add(Row("Loops", "theirs", "ms", [90.0], "ours", [4.0], Target(30, at_least=True)))
    report.note("Others are not installed.")
    words = [line.split() for line in report.table().splitlines() if line]
    assert words[0] == ["Loops"]
    assert words[3] == ["ours", "4", "ms", "floor", "2x", "<=", "2x", "met"]
    assert words[4] == ["theirs", "90", "ms", "ours", "22.5x", ">=", "30x", "MISSED"]
    assert words[5][0] == "Note:"


def test_an_answer_that_is_not_measured_is_an_error(tmp_path: Path) -> None:
    with mock(tmp_path, seed()) as server:
        missing = Request("GET", "/mapi/tenants/bench/namespaces/missing")
        with pytest.raises(WireError, match="404"):
            ask(server.place, missing)
        with pytest.raises(WireError, match="404"):
            rate(server.place, [missing], connections=2, each=3)
        nobody = Place("127.0.0.1", 1, server.place.ca)
        with pytest.raises(ConnectionRefusedError):
            ask(nobody, missing)
