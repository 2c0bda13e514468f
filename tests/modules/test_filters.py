"""The filters. The worked examples for S3 credentials are those of HCP's documentation.

Filters belong to Ansible's controller, which a process that runs modules must not load.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from support.hcp import ROOT

SCRIPT = """
import importlib, json, sys
from ansible.errors import AnsibleFilterError
name, calls = json.loads(sys.argv[1])
module = importlib.import_module(f"ansible_collections.contentplatform.hcp.plugins.filter.{name}")
made = module.FilterModule().filters()[name]
results = []
for value, more in calls:
    try:
        results.append(made(value, **more))
    except AnsibleFilterError as error:
        results.append({"told": str(error)})
print(json.dumps(results))
"""


# Values, each with further arguments of the filter.
Calls = Sequence[tuple[Any, Mapping[str, Any]]]


def derive(name: str, calls: Calls) -> list[Any]:
    """What the filter makes of each value with its options, in one process."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps([name, calls])],
        env={"PYTHONPATH": str(ROOT / ".work" / "tree")},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def told(name: str, calls: Calls) -> list[str]:
    """What the filter says to values that it does not take."""
    return [each["told"] for each in derive(name, calls)]


def test_keys() -> None:
    names: Calls = [("ansible-svc", {}), ("ops???", {})]
    assert derive("hcp_access_key", names) == ["YW5zaWJsZS1zdmM=", "b3BzPz8/"]
    # Leading zeros belong to a key.
    passwords: Calls = [("S3cret-Demo1", {}), ("demo12", {}), ("pä55 wörd", {})]
    assert derive("hcp_secret_key", passwords) == [
        "d4fac71529161032ddd30ca9497eeb7b",
        "0451e06539777666b3a0a3cc420d06df",
        "1489f612bba00c9da96926be51a54ed5",
    ]


@pytest.mark.parametrize("name", ["hcp_access_key", "hcp_secret_key"])
def test_what_makes_no_key_is_explained(name: str) -> None:
    for sentence in told(name, [("", {}), (None, {}), (5, {})]):
        assert sentence.startswith(f"{name} takes the")


GB = 1024**3


SIZES: list[tuple[Any, dict[str, Any], Any]] = [
    (3 * GB // 2, {}, "1.50 GB"),
    (3 * GB // 2, {"unit": "MB"}, "1536.00 MB"),
    (3 * GB // 2, {"unit": "TB"}, "0.00 TB"),
    (1500000000, {"base": 1000}, "1.50 GB"),
    (str(GB), {}, "1.00 GB"),
    (GB - 1, {}, "1024.00 MB"),
    (1024 * GB, {}, "1.00 TB"),
    (5000 * 1024 * GB, {}, "5000.00 TB"),
    (0, {}, "0.00 MB"),
    ("1.50 GB", {}, 3 * GB // 2),
    ("1.5gb", {"base": 1000}, 1500000000),
    (".01 TB", {}, 10995116278),
]
NO_SIZES: list[tuple[Any, dict[str, Any], str]] = [
    ("1.50 KB", {}, "not '1.50 KB'"),
    (-1, {}, "a number of bytes"),
    (1.5, {}, "a number of bytes"),
    (True, {}, "a number of bytes"),
    (None, {}, "a number of bytes"),
    ([], {}, "not '[]'"),
    (1, {"unit": "kB"}, "MB, GB or TB"),
    (1, {"base": 10}, "1000 or 1024"),
    ("1 GB", {"unit": "MB"}, "no unit"),
]
RETENTION: list[tuple[Any, str, str]] = [
    ("A+7y+0M+0d", "A+7y", "7 years after the object was stored"),
    ("A+7Y", "A+7y", "7 years after the object was stored"),
    ("A+20d-1h", "A+20d-1h", "20 days -1 hour after the object was stored"),
    ("A+1M+1m", "A+1M+1m", "1 month 1 minute after the object was stored"),
    ("A-0y", "A+0d", "no time after the object was stored"),
    ({"years": 1, "months": "6"}, "A+1y+6M", "1 year 6 months after the object was stored"),
    ("Deletion Prohibited", "-1", "deletion prohibited"),
    (-2, "-2", "initial unspecified"),
    (0, "0", "deletion allowed"),
    ("C+Keep-5y", "C+Keep-5y", "as long as class Keep-5y says"),
    ("2030-01-01T00:00:00+0100", "2029-12-31T23:00:00+0000", "until 2029-12-31T23:00:00Z"),
    (1893456000, "2030-01-01T00:00:00+0000", "until 2030-01-01T00:00:00Z"),
]
NO_RETENTION: list[tuple[Any, str]] = [
    ("seven years", "must be 0, -1 or -2"),
    ("A", "must be 0, -1 or -2"),
    ("A+10000d", "must be 0, -1 or -2"),
    (None, "takes a retention value"),
    (True, "takes a retention value"),
    ({"decades": 1}, "not 'decades'"),
    ({"years": "x"}, "whole numbers"),
    ({"years": 10000}, "must be 0, -1 or -2"),
    ("9" * 30, "before the year 10000"),
]


def test_sizes() -> None:
    found = derive("hcp_size", [(value, more) for value, more, _result in SIZES])
    assert found == [result for _value, _more, result in SIZES]


def test_what_is_no_size_is_explained() -> None:
    found = told("hcp_size", [(value, more) for value, more, _part in NO_SIZES])
    for sentence, (_value, _more, part) in zip(found, NO_SIZES, strict=True):
        assert part in sentence


def test_retention() -> None:
    results = [result for _value, result, _words in RETENTION]
    assert derive("hcp_retention", [(value, {}) for value, _result, _words in RETENTION]) == results
    # What comes out stays as it is.
    assert derive("hcp_retention", [(result, {}) for result in results]) == results
    described = [(value, {"words": True}) for value, _result, _words in RETENTION]
    assert derive("hcp_retention", described) == [words for _value, _result, words in RETENTION]


def test_what_is_no_retention_value_is_explained() -> None:
    found = told("hcp_retention", [(value, {}) for value, _part in NO_RETENTION])
    for sentence, (_value, part) in zip(found, NO_RETENTION, strict=True):
        assert part in sentence
