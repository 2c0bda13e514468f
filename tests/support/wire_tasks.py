"""Tasks of which each is about one request, and what is true of what they say."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.contentplatform.hcp.plugins.module_utils.connections import Connections
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.in_process import InProcess
from support.hcp import ADMIN, TENANT, MockHcp, seed

MODULES = "ansible_collections.contentplatform.hcp.plugins.modules"
SPACES = f"/tenants/{TENANT}/namespaces"
LICENSES = "/storage/licenses"
LICENSE = "serialNumber=40002;feature=Basic;localCapacity=1000;expirationDate=Dec 31, 2028\n"
DELETION = {"state": "absent", "confirm": ["delete"]}
Truth = Callable[["MockHcp", Mapping[str, Any]], bool]
# What a result says of a request: it was carried out, it was not, or neither is known.
DONE, NOT_DONE, UNCERTAIN = "done", "not done", "uncertain"
# What it says of a state that was only read.
READ, NOT_READ = "read", "not read"


@dataclass(frozen=True)
class WireTask:
    """A task.

    :ivar method: the method of the request that it is about
    :ivar path: the path of that request, without the query string
    :ivar options: options of the module, without the connection
    :ivar account: ``system`` or ``tenant``
    :ivar expected_code: the code of the failure with which a task that reads should end
    :ivar is_opaque: whether the module cannot know what HCP should return: a file that is passed
        on, an upload of which HCP shows something else
    :ivar holds: for a task that reads, whether its result is true; for one that writes, whether HCP
        has carried it out
    """

    name: str
    method: str
    path: str
    module: str
    options: Mapping[str, Any]
    holds: Truth
    writes: bool = True
    account: str = "tenant"
    expected_code: str = ""
    is_opaque: bool = False

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is the one that the task is about."""
        return (method, path.partition("?")[0]) == (self.method, self.path)

    def says(self, result: Mapping[str, Any]) -> str:
        """What the result says of the request."""
        failed = result.get("failed", False)
        error = result.get("error") or {}
        if not self.writes:
            expected = failed and error.get("code") == self.expected_code
            return READ if expected or not failed else NOT_READ
        statuses = {step["status"] for step in result.get("steps", ())}
        if not failed or result.get("changed"):
            return DONE
        unsure = error.get("uncertain") or statuses & {"unknown", "partly done"}
        return UNCERTAIN if unsure else NOT_DONE

    def is_true(self, hcp: MockHcp, result: Mapping[str, Any]) -> bool:
        """Whether it is true what the result says."""
        said = self.says(result)
        if said == READ:
            return self.holds(hcp, result)
        if said in (UNCERTAIN, NOT_READ):
            return True
        return self.holds(hcp, result) is (said == DONE)


def start() -> dict[str, Any]:
    """The system that the tasks are about."""
    owned = {"owner": ADMIN, "aclsUsage": "NOT_ENFORCED", "http": {"hs3Enabled": True}}
    plain = ("alpha", "beta", "kept1", "kept2", "found", "changed", "deleted", "sent")
    document = seed(
        users=[{"username": "kim", "password": "Kim-Pass-1", "roles": ["MONITOR"]}],
        namespaces=[
            *({"name": name, "hardQuota": "50.00 GB"} for name in plain),
            {"name": "foreign", "owner": "kim"},
            {"name": "own", **owned},
            {"name": "old", **owned},
            {"name": "scans", "searchEnabled": True, "objects": {"a.txt": "x", "b.txt": "y"}},
        ],
        administrationAllowed=True,
    )
    searching = {"namespaceName": "scans", "permissions": ["SEARCH"]}
    emptying = {"namespaceName": "old", "permissions": ["BROWSE", "READ", "WRITE", "DELETE"]}
    document["tenants"][0]["users"][0]["dataAccessPermissions"] = [searching, emptying]
    return document


def _space(hcp: MockHcp, name: str) -> Any:
    answer = hcp.ask(f"{SPACES}/{name}", params={"verbose": "true"})
    return answer.json() if answer.status_code == 200 else None


def _quota(name: str, value: str) -> Truth:
    return lambda hcp, result: (_space(hcp, name) or {}).get("hardQuota") == value


def _is_absent(name: str) -> Truth:
    return lambda hcp, result: _space(hcp, name) is None


def _license(hcp: MockHcp, result: Mapping[str, Any]) -> bool:
    facts = hcp.facts
    answer = hcp.ask(LICENSES, username=facts["username"], password=facts["password"], host="admin")
    return "40002" in answer.text


def tasks(folder: Path) -> list[WireTask]:
    """The tasks; files are written to ``folder``."""
    tenant = {"tenant": TENANT}
    file = folder / "document.json"
    return [*_reading(tenant, file), *_writing(tenant), *_of_data(tenant)]


def _reading(tenant: Mapping[str, Any], file: Path) -> list[WireTask]:
    return [
        WireTask(
            "read a namespace",
            "GET",
            f"/mapi{SPACES}/alpha",
            "hcp_namespace_info",
            {**tenant, "name": "alpha"},
            lambda hcp, result: (
                [(each["name"], each["hard_quota"]) for each in result["namespaces"]]
                == [("alpha", "50.00 GB")]
            ),
            writes=False,
        ),
        WireTask(
            "list namespaces",
            "GET",
            f"/mapi{SPACES}",
            "hcp_namespace_info",
            {**tenant, "name_prefix": "kept"},
            lambda hcp, result: (
                [each["name"] for each in result["namespaces"]] == ["kept1", "kept2"]
            ),
            writes=False,
        ),
        WireTask(
            "download a document",
            "GET",
            f"/mapi{SPACES}/beta",
            "hcp_mapi",
            {**tenant, "path": f"{SPACES}/beta", "dest": str(file)},
            lambda hcp, result: json.loads(file.read_text())["name"] == "beta",
            writes=False,
            is_opaque=True,
        ),
    ]


def _writing(tenant: Mapping[str, Any]) -> list[WireTask]:
    return [
        WireTask(
            "delete what a request finds",
            "GET",
            f"/mapi{SPACES}/found",
            "hcp_namespace",
            {**tenant, "name": "found", **DELETION},
            _is_absent("found"),
        ),
        WireTask(
            "create a namespace",
            "PUT",
            f"/mapi{SPACES}",
            "hcp_namespace",
            {**tenant, "name": "new", "hard_quota": "60 GB"},
            _quota("new", "60.00 GB"),
        ),
        WireTask(
            "change a namespace",
            "POST",
            f"/mapi{SPACES}/changed",
            "hcp_namespace",
            {**tenant, "name": "changed", "hard_quota": "60 GB"},
            _quota("changed", "60.00 GB"),
        ),
        WireTask(
            "delete a namespace",
            "DELETE",
            f"/mapi{SPACES}/deleted",
            "hcp_namespace",
            {**tenant, "name": "deleted", **DELETION},
            _is_absent("deleted"),
        ),
        WireTask(
            "send a request that writes",
            "POST",
            f"/mapi{SPACES}/sent",
            "hcp_mapi",
            {
                **tenant,
                "path": f"{SPACES}/sent",
                "method": "POST",
                "body": {"hardQuota": "70 GB"},
            },
            _quota("sent", "70.00 GB"),
            is_opaque=True,
        ),
        WireTask(
            "upload a license",
            "PUT",
            f"/mapi{LICENSES}",
            "hcp_license",
            {"key": LICENSE},
            _license,
            account="system",
            is_opaque=True,
        ),
    ]


def _of_data(tenant: Mapping[str, Any]) -> list[WireTask]:
    return [
        WireTask(
            "look for a bucket of another account",
            "HEAD",
            "/foreign",
            "hcp_s3_bucket",
            {**tenant, "name": "foreign", **DELETION},
            lambda hcp, result: bool(result.get("failed")),
            writes=False,
            expected_code="not_owner",
        ),
        WireTask(
            "list buckets",
            "GET",
            "/",
            "hcp_s3_bucket_info",
            {**tenant, "name_prefix": "own"},
            lambda hcp, result: [each["name"] for each in result["buckets"]] == ["own"],
            writes=False,
        ),
        WireTask(
            "create a bucket",
            "PUT",
            "/fresh",
            "hcp_s3_bucket",
            {**tenant, "name": "fresh"},
            lambda hcp, result: _space(hcp, "fresh") is not None,
        ),
        WireTask(
            "delete a bucket",
            "DELETE",
            "/old",
            "hcp_s3_bucket",
            {**tenant, "name": "old", **DELETION},
            _is_absent("old"),
        ),
        WireTask(
            "query",
            "POST",
            "/query",
            "hcp_query_info",
            {**tenant, "query": "*:*"},
            lambda hcp, result: result["count"] == 2,
            writes=False,
        ),
    ]


def in_process(
    task: WireTask, options: Mapping[str, Any], connections: Connections | None = None
) -> dict[str, Any]:
    """Run a task in this process, over connections of its own if none are given."""
    module = importlib.import_module(f"{MODULES}.{task.module}").MODULE
    used = connections or Connections()
    result = InProcess(task.module, module, used).run(dict(options), False, False, True)
    if connections is None:
        used.close()
    return dict(result)


def false_results(
    hcp: MockHcp,
    planned: Sequence[WireTask],
    results: Sequence[Mapping[str, Any]],
    spoils_content: bool = False,
) -> list[str]:
    """What results say that is not so.

    :param spoils_content: whether complete responses of HCP had other content than HCP sent
    """
    return [
        f"{task.name}: {task.says(result)}, {result.get('msg')}"
        for task, result in zip(planned, results, strict=True)
        if "Traceback" in str(result)
        or (not (spoils_content and task.is_opaque) and not task.is_true(hcp, result))
    ]
