"""A run that is killed is finished by the next one, wherever it was."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from support.hcp import EVERY_ROLE, ROOT, TENANT, WRITES, MockHcp, seed
from support.module import Child, run
from support.playbook import playbook, started
from support.s3 import client
from support.waiting import until

# What differs from one run to the next although nothing is different.
PASSING = re.compile(r"(?i)time|uuid|guid|^id$|^etag$|^version(id)?$|created|modified|digest")
FIRST = {"username": "first", "password": "First-Pass-1"}
RETAINED = {"description": "kept", "http": {"rest_enabled": True, "https_enabled": True}}


class Job(NamedTuple):
    """A task, the number of its requests that write, and what there is before it."""

    writes: int
    module: str
    level: str
    options: dict[str, Any]
    start: Mapping[str, Any] = MappingProxyType({})
    full: bool = False


DATA = {"namespaces": [{"name": "data", "hardQuota": "1 GB", "softQuota": 50}]}
KIM = {"users": [{"username": "kim", "password": "Kim-Pass-1", "fullName": "Kim", "roles": []}]}
GRANTS = [{"namespace": "data", "permissions": ["READ", "WRITE"]}]
VERSIONS = {"enabled": True, "prune": True, "prune_days": 7}
JOBS = {
    "create a tenant": Job(
        1,
        "hcp_tenant",
        "system",
        {
            "name": "new",
            "hard_quota": "1 TB",
            "initial_user": FIRST,
            "versioning_configuration_enabled": True,
        },
    ),
    "settings of a tenant": Job(
        4,
        "hcp_tenant",
        "tenant",
        {
            "name": TENANT,
            "tenant_visible_description": "ours",
            "contact_info": {"first_name": "Kim", "email_address": "kim@example.com"},
            "search_security": {"ip_settings": {"allow_addresses": ["10.0.0.0/8"]}},
            "namespace_defaults": {"hard_quota": "2 GB"},
        },
    ),
    "create a namespace": Job(
        3,
        "hcp_namespace",
        "tenant",
        {"name": "new", **RETAINED, "versioning": VERSIONS},
    ),
    "change a namespace": Job(
        2, "hcp_namespace", "tenant", {"name": "data", **RETAINED, "versioning": VERSIONS}, DATA
    ),
    "rename a namespace": Job(
        2,
        "hcp_namespace",
        "tenant",
        {"name": "renamed", "from_name": "data", **RETAINED, "versioning": VERSIONS},
        DATA,
    ),
    "create a user": Job(
        2,
        "hcp_user",
        "tenant",
        {
            "name": "kim",
            "full_name": "Kim",
            "user_password": "Kim-Pass-1",
            "roles": ["MONITOR"],
            "data_access_permissions": GRANTS,
        },
        DATA,
    ),
    "change a user": Job(
        2,
        "hcp_user",
        "tenant",
        {
            "name": "kim",
            "user_password": "Kim-Pass-2",
            "roles": ["SECURITY"],
            "data_access_permissions": GRANTS,
        },
        {**DATA, **KIM},
    ),
    "create a bucket": Job(
        3,
        "hcp_s3_bucket",
        "s3",
        {"name": "new", "versioning": True, "namespace": {"description": "ours"}},
    ),
    "delete a bucket": Job(
        3,
        "hcp_s3_bucket",
        "s3",
        {"name": "full", "state": "absent", "confirm": ["delete", "objects"]},
        full=True,
    ),
    "a whole tenant": Job(
        7,
        "hcp_config",
        "system",
        {
            "concurrency": 1,
            "config": {
                "tenants": [
                    {
                        "name": "new",
                        "hard_quota": "1 TB",
                        "initial_user": FIRST,
                        "tenant_visible_description": "ours",
                        "versioning_configuration_enabled": True,
                        "namespaces": [{"name": "a", "versioning": VERSIONS}, {"name": "b"}],
                        "users": [
                            {"name": "first", "roles": EVERY_ROLE},
                            {"name": "kim", "full_name": "Kim", "user_password": "Kim-Pass-1"},
                        ],
                    }
                ]
            },
        },
    ),
}


def options(hcp: MockHcp, job: Job) -> dict[str, Any]:
    if job.level == "system":
        return {**hcp.as_system, **job.options}
    where = hcp.s3 if job.level == "s3" else {}
    above = {} if job.module == "hcp_tenant" else {"tenant": TENANT}
    level = {"account_level": "tenant"} if job.module == "hcp_tenant" else {}
    return {**hcp.as_tenant, **where, **above, **level, **job.options}


def lasting(value: Any) -> Any:
    """A state without what differs from one run to the next."""
    if isinstance(value, dict):
        return {
            name: lasting(each) for name, each in value.items() if not PASSING.search(str(name))
        }
    if isinstance(value, list):
        return [lasting(each) for each in value]
    return value


def state(hcp: MockHcp) -> Any:
    return lasting(hcp.control("GET", "state"))


@pytest.fixture
def begin(hcp: MockHcp, monkeypatch: pytest.MonkeyPatch) -> Callable[[Job], None]:
    """Makes what there is before a task."""

    def made(job: Job) -> None:
        hcp.reset(seed(**job.start))
        if job.full:
            bucket = {**options(hcp, job), "state": "present"}
            run(job.module, bucket)
            s3 = client(hcp, monkeypatch)
            for key in ("a", "b"):
                s3.put_object(Bucket="full", Key=key, Body=b"x")
        hcp.clear_journal()

    return made


def wait(hcp: MockHcp, number: int, when: str) -> None:
    """Wait until a request has come, and until it is carried out if that comes before the fault."""
    until(lambda: hcp.hits() == 1)
    if when == "after":
        until(lambda: len(hcp.seen()) == number)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", JOBS)
def test_a_killed_run_is_finished_by_the_next(
    hcp: MockHcp, begin: Callable[[Job], None], name: str, when: str
) -> None:
    """Killed at each request that writes, before or after HCP has carried it out."""
    job = JOBS[name]
    begin(job)
    run(job.module, options(hcp, job))
    wanted = state(hcp)
    numbers = [number for number, line in enumerate(hcp.seen(), start=1) if line.startswith(WRITES)]
    assert len(numbers) == job.writes
    for number in numbers:
        begin(job)
        hcp.fault({"nth": number}, hold=when)
        child = Child(job.module, options(hcp, job))
        wait(hcp, number, when)
        child.kill()
        hcp.control("DELETE", "faults")
        finished = run(job.module, options(hcp, job))
        assert finished["changed"] is not (when == "after" and number == numbers[-1])
        assert state(hcp) == wanted
        assert not run(job.module, options(hcp, job))["changed"]


@pytest.mark.parametrize("in_process", [True, False])
def test_a_killed_playbook_is_finished_by_the_next(
    hcp: MockHcp, begin: Callable[[Job], None], tmp_path: Path, in_process: bool
) -> None:
    job = JOBS["settings of a tenant"]
    begin(job)
    task = {f"contentplatform.hcp.{job.module}": options(hcp, job)}
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "vars": {"hcp_in_process": in_process},
        "tasks": [task],
    }
    playbook(hcp, [play], tmp_path)
    wanted = state(hcp)
    writes = [number for number, line in enumerate(hcp.seen(), start=1) if line.startswith(WRITES)]
    begin(job)
    hcp.fault({"nth": writes[1]}, hold="after")
    killed = started(hcp, [play], tmp_path)
    wait(hcp, writes[1], "after")
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    hcp.control("DELETE", "faults")
    assert state(hcp) != wanted
    assert "changed=1" in playbook(hcp, [play], tmp_path)
    assert state(hcp) == wanted
    assert "changed=0" in playbook(hcp, [play], tmp_path)


def test_the_documentation_has_the_totals() -> None:
    kills = 2 * sum(job.writes for job in JOBS.values())
    text = (ROOT / "docs" / "reliability.md").read_text()
    assert f"{len(JOBS)} tasks, {kills} kills" in text
