"""Whatever a playbook does, and wherever its output goes, no secret is in it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import trustme
from support.all_modules import (
    OPERATOR,
    OURS,
    SECRETS,
    TASK,
    WORDS,
    checked_results,
    inject_echoes,
    refusals,
    start,
    successes,
    task,
    write_files,
    wrong_accounts,
)
from support.hcp import ROOT, MockHcp
from support.playbook import playbook
from support.secret_forms import leaks

SUPPORT = ROOT / "tests" / "support"
# What the playbook is given, and so has secrets.
INPUTS = ("playbook.yml", "values.json")
# Ansible says that its debugging shows the arguments of modules, whatever is secret in them.
OWN_DEBUGGING = "done with _execute_module"


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a short name: Ansible makes a socket in it, whose path must be short."""
    return tmp_path_factory.mktemp("s")


def run(
    hcp: MockHcp,
    folder: Path,
    tasks: list[TASK],
    *arguments: str,
    stdout: str = "default",
    **values: Any,
) -> dict[str, str]:
    """Run tasks with every output there is; what was found where."""
    hcp.reset(start())
    inject_echoes(hcp)
    home = folder / "home"
    for name in ("tmp", "tree", "junit", "facts", "retry"):
        (home / name).mkdir(parents=True)
    write_files(folder)
    trustme.CA().cert_pem.write_to_path(str(folder / "other.pem"))
    places = {
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "ANSIBLE_HOME": str(home / ".ansible"),
        "ANSIBLE_ASYNC_DIR": str(home / ".ansible_async"),
        "ANSIBLE_LOG_PATH": str(home / "ansible.log"),
        "ANSIBLE_DEBUG": "true",
        "ANSIBLE_DISPLAY_TRACEBACK": "always",
        "ANSIBLE_STDOUT_CALLBACK": stdout,
        "ANSIBLE_CALLBACK_PLUGINS": str(SUPPORT / "ansible" / "callback"),
        "ANSIBLE_CALLBACKS_ENABLED": "ansible.builtin.tree,ansible.builtin.junit,everything",
        "ANSIBLE_CALLBACK_TREE_DIR": str(home / "tree"),
        "JUNIT_OUTPUT_DIR": str(home / "junit"),
        "ANSIBLE_CACHE_PLUGIN": "ansible.builtin.jsonfile",
        "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(home / "facts"),
        "ANSIBLE_RETRY_FILES_ENABLED": "true",
        "ANSIBLE_RETRY_FILES_SAVE_PATH": str(home / "retry"),
        "ANSIBLE_VAULT_PASSWORD_FILE": str(folder / "vault-password"),
        "EVERYTHING_FILE": str(home / "everything"),
        "SYSLOG_FILE": str(home / "syslog"),
        "PYTHONPATH": str(SUPPORT / "syslog_file"),
        "HCP_USERNAME": OPERATOR,
        "HCP_PASSWORD": SECRETS["system"],
    }
    play = {"name": "Everything", "hosts": "localhost", "gather_facts": False, "tasks": tasks}
    known = {"secrets": SECRETS, "folder": str(folder), **values}
    with commands() as seen:
        output = playbook(
            hcp,
            [play],
            folder,
            *arguments,
            "-vvvvv",
            "--diff",
            values=known,
            variables=tuple(hcp.facts["environment"]),
            environment=places,
        )
    files = [each for each in folder.rglob("*") if each.is_file() and each.name not in INPUTS]
    return {
        "output": "\n".join(line for line in output.splitlines() if OWN_DEBUGGING not in line),
        "commands": "\n".join(seen),
        "journal": json.dumps(
            [{**each, "fault": None} for each in hcp.journal()], ensure_ascii=False
        ),
        "state": json.dumps(hcp.control("GET", "state"), ensure_ascii=False),
        "log of the mock": (hcp.folder / "mock.log").read_text(),
        **{str(each.relative_to(folder)): each.read_text(errors="replace") for each in files},
    }


@contextmanager
def commands() -> Iterator[set[str]]:
    """The command lines of all processes that there are meanwhile."""
    seen: set[str] = set()
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.05):
            for each in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    seen.add(each.read_text(errors="replace").replace("\0", " "))
                except OSError:
                    continue

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        over.set()
        looking.join()


def check(found: dict[str, str]) -> None:
    """Nothing secret was found anywhere, and every output was really there."""
    lost = {place: leaks(text, WORDS) for place, text in found.items()}
    lost = {place: words for place, words in lost.items() if words}
    assert lost == {}, json.dumps(lost, indent=1, ensure_ascii=False)[:20000]
    for sign in ("MODULE FAILURE", "Unexpected failure", "object has no attribute"):
        assert sign not in found["home/everything"]
    for place in ("home/ansible.log", "home/everything", "home/tree/localhost"):
        assert found[place]
    assert any(place.startswith("home/junit/") for place in found)
    assert "ansible-playbook" in found["commands"]


def left_over(found: dict[str, str]) -> list[str]:
    """Files of modules that should be gone."""
    return [place for place in found if "AnsiballZ" in place or "arguments" in place]


@pytest.mark.parametrize(
    ("in_process", "stdout"),
    [
        pytest.param(True, "default", id="in process-default"),
        pytest.param(True, "minimal", id="in process-minimal"),
        pytest.param(False, "default", id="module-default"),
        pytest.param(False, "minimal", id="module-minimal", marks=pytest.mark.full),
    ],
)
def test_nothing_secret_is_written(
    hcp: MockHcp, folder: Path, in_process: bool, stdout: str
) -> None:
    """``minimal`` shows results in a way of its own, and is used in check mode here."""
    tasks, mode = successes(), ["--check"]
    if stdout == "default":
        tasks, mode = [*tasks, *wrong_accounts(), *refusals()], []
    found = run(hcp, folder, tasks, *mode, stdout=stdout, hcp_in_process=in_process)
    check(found)
    assert not left_over(found)
    # Of Ansible's own modules, which the roles use.
    assert "Invoked with" in found["home/syslog"]


@pytest.mark.parametrize("stdout", ["oneline"])
def test_tasks_in_the_background_write_nothing_secret(
    hcp: MockHcp, folder: Path, stdout: str
) -> None:
    tasks = [{**each, "async": 120, "poll": 1} for each in checked_results()]
    found = run(hcp, folder, tasks, stdout=stdout)
    check(found)
    assert not left_over(found)
    assert "async_wrapper" in found["commands"]
    assert not [place for place in found if place.startswith("home/.ansible_async/")]


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "module"])
def test_certificates_that_are_not_checked_are_warned_of_once(
    hcp: MockHcp, folder: Path, in_process: bool
) -> None:
    hcp.reset(start())
    loop = {"loop": ["x", "y"]}
    unchecked = {**OURS, "validate_certs": False, "ca_path": "{{ omit }}"}
    tasks = [
        task("hcp_namespace", **unchecked, name="{{ item }}", _keywords=loop),
        task("hcp_user_info", **unchecked),
        task("hcp_user_info", True, **OURS, ca_path="{{ folder }}/other.pem"),
    ]
    trustme.CA().cert_pem.write_to_path(str(folder / "other.pem"))
    play = {"name": "Unchecked", "hosts": "localhost", "gather_facts": False, "tasks": tasks}
    results = folder / "results"
    known = {"secrets": SECRETS, "folder": str(folder), "hcp_in_process": in_process}
    output = playbook(
        hcp,
        [play],
        folder,
        values=known,
        variables=tuple(hcp.facts["environment"]),
        environment={
            "ANSIBLE_CALLBACK_PLUGINS": str(SUPPORT / "ansible" / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "everything",
            "EVERYTHING_FILE": str(results),
        },
    )
    assert " ".join(output.split()).count("validate_certs is false") == 1
    first, second, third = (json.loads(line)["result"] for line in results.read_text().splitlines())
    told = [*first["results"], second]
    assert [len(each["warnings"]) for each in told] == [1, 1, 1]
    # They are checked unless a task says otherwise.
    assert third["error"]["code"] == "tls_failed"
    assert not third.get("warnings")
