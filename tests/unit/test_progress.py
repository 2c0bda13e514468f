"""How far a long run is."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from ansible_collections.contentplatform.hcp.plugins.module_utils.configuration.progress import (
    Progress,
)


def test_it_tells_what_is_done_how_much_failed_and_how_fast() -> None:
    told: list[str] = []
    progress = Progress(told.append, pace=0)
    progress.begin("Changing namespaces", 3)
    for failed in (False, True, False):
        progress.step(failed)
    assert re.fullmatch(r"Changing namespaces: 1/3, \d+/s", told[0])
    assert re.fullmatch(r"Changing namespaces: 3/3, 1 failed, \d+/s", told[2])


def test_it_counts_what_many_threads_do() -> None:
    told: list[str] = []
    progress = Progress(told.append, pace=0)
    progress.begin("Reading", 500)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _each: progress.step(), range(500)))
    assert told[-1].startswith("Reading: 500/500")


def test_a_short_run_says_nothing() -> None:
    told: list[str] = []
    progress = Progress(told.append)
    progress.begin("Reading", 1)
    progress.step()
    assert told == []
