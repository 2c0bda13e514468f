"""A task has the same result in process and as a module process, and runs in the right way."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from support.hcp import ADMIN, ADMIN_PASSWORD, TENANT, MockHcp, seed
from support.playbook import playbook

ACCOUNT = {"username": ADMIN, "password": "{{ admin_password }}", "tenant": TENANT}
# Would run a command if it were taken for a template.
TEMPLATE = "{{ lookup('pipe', 'echo taken for a template') }}"


def play(hcp: MockHcp, tasks: list[dict[str, Any]], folder: Path, *more: str) -> str:
    """Run tasks on localhost; the output."""
    made = {
        "name": "Both ways",
        "hosts": "all",
        "gather_facts": False,
        "module_defaults": {"group/contentplatform.hcp.hcp": ACCOUNT},
        "tasks": tasks,
    }
    values = {"admin_password": ADMIN_PASSWORD, "folder": str(folder)}
    variables = tuple(hcp.facts["environment"])
    # An inventory of one host of which nothing is known but that it is this one.
    here = ("-i", "here,", "-c", "local", *more)
    output = playbook(hcp, [made], folder, *here, values=values, variables=variables)
    assert "Traceback" not in output
    assert "[DEPRECATION WARNING]" not in output
    return output


def namespace(**keywords: Any) -> dict[str, Any]:
    """A task that makes two namespaces, so that it shows whether they share a connection."""
    return {
        "name": "Namespaces",
        "contentplatform.hcp.hcp_namespace": {"name": "{{ item }}", "hard_quota": "1 GB"},
        "loop": ["one", "two"],
        **keywords,
    }


def in_process(hcp: MockHcp) -> bool:
    """Whether the requests since the journal was emptied came over one connection."""
    seen = hcp.journal()
    assert {"one", "two"} <= {each["path"].rpartition("/")[2] for each in seen}
    return len({each["connection"] for each in seen}) == 1


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ({}, True),
        ({"delegate_to": "localhost"}, True),
        ({"run_once": True}, True),
        ({"check_mode": True}, True),
        ({"vars": {"ansible_python_interpreter": "auto_silent"}}, True),
        ({"vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}}, True),
        ({"vars": {"hcp_in_process": False}}, False),
        ({"vars": {"hcp_in_process": "{{ 1 > 2 }}"}}, False),
        ({"environment": {"SOMETHING": "set"}}, False),
        ({"async": 60, "poll": 1}, False),
        ({"vars": {"ansible_python_interpreter": "{{ folder }}/python"}}, False),
        ({"become": True, "become_user": "root", "become_method": "ansible.builtin.su"}, False),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else "",
)
def test_the_door(hcp: MockHcp, tmp_path: Path, keywords: dict[str, Any], expected: bool) -> None:
    if "become" in keywords and os.geteuid() != 0:
        keywords = {**keywords, "become_user": "{{ lookup('env', 'USER') }}"}
    hcp.reset(seed())
    wrapper = tmp_path / "python"
    wrapper.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    wrapper.chmod(0o755)
    python = {"ansible_python_interpreter": sys.executable, **keywords.get("vars", {})}
    play(hcp, [namespace(**{**keywords, "vars": python})], tmp_path)
    assert in_process(hcp) is expected


def everything() -> list[dict[str, Any]]:
    """Tasks of all sorts, and their results."""
    wished: list[dict[str, Any]] = [
        namespace(check_mode=True, diff=True),
        namespace(diff=True),
        namespace(),
        {"contentplatform.hcp.hcp_namespace": {"name": "trap", "hard_quota": "2 GB"}},
        {"contentplatform.hcp.hcp_namespace_info": {"name": "trap", "include": ["all"]}},
        {
            "contentplatform.hcp.hcp_namespace_info": {"name": "one"},
            "until": "seen.namespaces | length > 1",
            "retries": 2,
            "delay": 0,
            "ignore_errors": True,
        },
        {
            "contentplatform.hcp.hcp_user": {
                "name": "kim",
                "user_password": "Kim-Secret-1",
                "description": "has Kim-Secret-1 in it",
                "roles": ["MONITOR"],
            }
        },
        {"contentplatform.hcp.hcp_s3_bucket": {"name": "photos", "versioning": True}},
        {"contentplatform.hcp.hcp_namespace": {"name": "one", "no_such": 1}},
        {"contentplatform.hcp.hcp_namespace": {"hard_quota": "1 GB"}},
        {"contentplatform.hcp.hcp_namespace": {"name": "one", "hard_quota": "1 KB"}},
        {"contentplatform.hcp.hcp_namespace": {"name": "one", "soft_quota": "many"}},
        {"contentplatform.hcp.hcp_namespace": {"name": "one", "password": "Wrong-Secret-1"}},
        {"contentplatform.hcp.hcp_namespace": {"name": "gone", "state": "absent"}},
        {"contentplatform.hcp.hcp_namespace": {"name": "two", "state": "absent"}},
    ]
    tasks: list[dict[str, Any]] = []
    for number, each in enumerate(wished):
        tasks.append({"name": f"Task {number}", "ignore_errors": True, **each, "register": "seen"})
        keep = {"results": "{{ results | default([]) + [seen] }}"}
        tasks.append({"name": "Keep the result", "ansible.builtin.set_fact": keep})
    content = "{{ results | to_nice_json }}"
    written = {"content": content, "dest": "{{ folder }}/results.json", "mode": "0600"}
    return [*tasks, {"name": "Write the results", "ansible.builtin.copy": written}]


def result_of(hcp: MockHcp, folder: Path, here: bool) -> tuple[Any, list[str]]:
    hcp.reset(seed(namespaces=[{"name": "trap", "description": TEMPLATE}]))
    options = ("-e", json.dumps({"hcp_in_process": here}))
    python = ("-e", f"ansible_python_interpreter={sys.executable}")
    output = play(hcp, everything(), folder, *options, *python, "-vvv", "--diff")
    results = json.loads((folder / "results.json").read_text())
    shown = [line for line in output.splitlines() if line.startswith("[WARNING]")]
    assert "Secret-1" not in output
    return results, shown


def without_passing(value: Any) -> Any:
    """A result without what is another one each time, or belongs to the way modules are run."""
    # ansible_parsed is what ansible-core 2.22 adds to a result that a process printed.
    passing = (
        "creation_time",
        "id",
        "user_guid",
        "user_id",
        "ansible_facts",
        "ansible_parsed",
    )
    if isinstance(value, dict):
        return {name: without_passing(each) for name, each in value.items() if name not in passing}
    if isinstance(value, list):
        return [without_passing(each) for each in value]
    return value


def test_results_are_the_same(hcp: MockHcp, tmp_path: Path) -> None:
    here, shown_here = result_of(hcp, tmp_path, True)
    there, shown_there = result_of(hcp, tmp_path, False)
    assert len(here) == len(there)
    for one, two in zip(here, there, strict=True):
        assert without_passing(one) == without_passing(two)
    assert shown_here == shown_there
    assert here[3]["namespace"]["description"] == there[3]["namespace"]["description"] == TEMPLATE
