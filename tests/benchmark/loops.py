"""What one more item costs in the loop of an Ansible task."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from s3_clients.proxy import Proxy

from . import servers, storagegrid
from .report import Report, Row, Target
from .sizes import Sizes
from .wire import ADMIN, DOMAIN, HOST, TENANT, Place

SECTION = "One item of a task's loop: a namespace that is as it should be"
# The environment of the tests with S3 clients, which has the collections of other vendors.
BUNDLE = servers.ROOT / ".work" / "s3-clients" / "amazon-aws" / "bin" / "ansible-playbook"
DEBUG, IN_PROCESS, MODULE, URI = "debug", "hcp_namespace in process", "hcp_namespace module", "uri"
STORAGEGRID, S3_BUCKET = "netapp.storagegrid container", "amazon.aws.s3_bucket"
NAMESPACE: dict[str, Any] = {"hardQuota": "1 GB", "softQuota": 85, "aclsUsage": "ENFORCED"}
# s3_bucket wants a bucket, which has an owner; about Object Lock it only takes an answer.
BUCKET: dict[str, Any] = {
    "http": {"hs3Enabled": True},
    "owner": ADMIN.username,
    "retentionType": "S3",
}


@dataclass(frozen=True)
class Kind:
    """A task whose items are names of namespaces; ``slow`` if each takes a process of its own."""

    name: str
    task: dict[str, Any]
    slow: bool = True


def measure(report: Report, sizes: Sizes, folder: Path) -> None:
    """The seconds of an item: the difference between two lengths of a loop."""
    names = [servers.namespace_name(number) for number in range(sizes.quick_items[1])]
    seed = servers.seed(len(names), **NAMESPACE, **BUCKET)
    seed["tenants"][0]["users"][0]["dataAccessPermissions"] = [
        {"namespaceName": name, "permissions": ["BROWSE", "READ", "READ_ACL"]} for name in names
    ]
    with ExitStack() as stack:
        mock = stack.enter_context(servers.mock(servers.folder_in(folder, "mock"), seed))
        kinds = [*_own(mock.place), _uri(mock.place)]
        if BUNDLE.exists():
            stub = stack.enter_context(storagegrid.serve(folder, names))
            ports = {"443": int(mock.facts["data_port"])}
            proxy = stack.enter_context(Proxy(DOMAIN, ports))
            kinds += [_storagegrid(stub), _s3_bucket(mock.place, proxy)]
        else:
            report.note(f"{STORAGEGRID} and {S3_BUCKET} are not installed: not measured.")
        samples = _samples(kinds, sizes, names, folder)
    _rows(report, samples)


def _own(mock: Place) -> list[Kind]:
    options = {
        "domain": DOMAIN,
        "nodes": [mock.host],
        "port": mock.port,
        "ca_path": mock.ca,
        "username": ADMIN.username,
        "password": ADMIN.password,
        "tenant": TENANT,
        "name": "{{ item }}",
        "hard_quota": "1 GB",
        "soft_quota": 85,
    }
    task = {"contentplatform.hcp.hcp_namespace": options}
    return [
        Kind(DEBUG, {"ansible.builtin.debug": {"msg": "{{ item }}"}}, slow=False),
        Kind(IN_PROCESS, task, slow=False),
        Kind(MODULE, {**task, "vars": {"hcp_in_process": False}}),
    ]


def _uri(mock: Place) -> Kind:
    path = f"/mapi/tenants/{TENANT}/namespaces/{{{{ item }}}}?verbose=true"
    options = {
        "url": f"https://{mock.host}:{mock.port}{path}",
        "headers": {
            "Host": f"{HOST}:{mock.port}",
            "Authorization": ADMIN.token,
            "Accept": "application/json",
        },
        "ca_path": mock.ca,
        "return_content": True,
    }
    return Kind(URI, {"ansible.builtin.uri": options})


def _storagegrid(stub: Place) -> Kind:
    options = {
        "api_url": f"https://{stub.host}:{stub.port}",
        "auth_token": "token",
        "name": "{{ item }}",
        "region": "us-east-1",
    }
    task = {"netapp.storagegrid.na_sg_org_container": options}
    return Kind(STORAGEGRID, {**task, "environment": {"REQUESTS_CA_BUNDLE": stub.ca}})


def _s3_bucket(mock: Place, proxy: Proxy) -> Kind:
    options = {
        "endpoint_url": f"https://{HOST}",
        "region": "us-east-1",
        "access_key": base64.b64encode(ADMIN.username.encode()).decode(),
        "secret_key": hashlib.md5(ADMIN.password.encode(), usedforsecurity=False).hexdigest(),
        "aws_ca_bundle": mock.ca,
        "aws_config": {"signature_version": "s3v4", "s3": {"addressing_style": "path"}},
        "name": "{{ item }}",
    }
    task = {"amazon.aws.s3_bucket": options}
    return Kind(S3_BUCKET, {**task, "environment": {"HTTPS_PROXY": proxy.url}})


def _samples(
    kinds: list[Kind], sizes: Sizes, names: list[str], folder: Path
) -> dict[str, list[float]]:
    """Milliseconds of an item, from each run of a play that has every kind of task twice."""
    playbook, tasks = folder / "play.json", []
    lengths = {kind.name: sizes.slow_items if kind.slow else sizes.quick_items for kind in kinds}
    for kind in kinds:
        for length in lengths[kind.name]:
            loop = {"loop": names[:length], "loop_control": {"label": "{{ item }}"}}
            tasks.append({"name": f"{kind.name} {length}", **kind.task, **loop})
    play = {"hosts": "localhost", "gather_facts": False, "tasks": tasks}
    playbook.write_text(json.dumps([play]))
    samples: dict[str, list[float]] = {kind.name: [] for kind in kinds}
    for _unused in range(sizes.runs):
        seconds = _play(playbook, folder)
        for name, (short, long) in lengths.items():
            more = seconds[f"{name} {long}"] - seconds[f"{name} {short}"]
            samples[name].append(1000 * more / (long - short))
    return samples


def _play(playbook: Path, folder: Path) -> dict[str, float]:
    """The seconds that each task took; nothing may have changed."""
    program = BUNDLE if BUNDLE.exists() else Path(sys.executable).with_name("ansible-playbook")
    seconds = folder / "seconds.json"
    done = subprocess.run(
        [program, playbook],
        env={
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "ANSIBLE_COLLECTIONS_PATH": str(servers.ROOT / ".work" / "tree"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_CALLBACK_PLUGINS": str(Path(__file__).with_name("callback_plugins")),
            "ANSIBLE_CALLBACKS_ENABLED": "task_seconds",
            "TASK_SECONDS": str(seconds),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The play failed:\n{done.stdout[-3000:]}{done.stderr[-2000:]}")
    found = json.loads(seconds.read_text())
    if found["changed"]:
        raise RuntimeError(f"The play changed something:\n{done.stdout[-3000:]}")
    return dict(found["seconds"])


def _rows(report: Report, samples: dict[str, list[float]]) -> None:
    def add(what: str, against: str = "", target: Target | None = None) -> None:
        if what in samples:
            base = samples.get(against, [])
            report.add(Row(SECTION, what, "ms", samples[what], against, base, target))

    add(DEBUG)
    add(IN_PROCESS, DEBUG, Target(1.6))
    add(URI, IN_PROCESS, Target(30, at_least=True))
    add(MODULE, URI, Target(1))
    add(STORAGEGRID, MODULE)
    add(S3_BUCKET, MODULE)
