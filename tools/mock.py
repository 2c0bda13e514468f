"""Start and stop the mock HCP, as a process or in a container.

    tools/mock.py start DIR [--engine process|container] [--seed FILE] [--domain NAME]
    tools/mock.py stop DIR                 also stops the mocks in DIR's subfolders
    tools/mock.py run [--seed FILE] -- COMMAND...

`start` returns when the mock answers and leaves DIR/mock.json, which says how to reach it: domain,
host, port and url of MAPI, data_port and data_url of S3, ca, username, password and environment
(what the modules read). `run` gives COMMAND that environment, stops the mock when COMMAND ends and
exits as COMMAND did.
Starting the one that runs already does nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "hcp.example.com"
USERNAME = "admin"
PASSWORD = "Hcp-Mock-1"  # noqa: S105  (of a mock that listens on the loopback interface)
IMAGE = os.environ.get("MOCK_IMAGE", "localhost/hcp-mock:dev")
START_SECONDS = 60
STOP_SECONDS = 10
FACTS = "mock.json"
READY_IN_CONTAINER = "/tmp/ready.json"  # noqa: S108


class MockError(Exception):
    """The mock did not start."""


def start(folder: Path, engine: str, seed: Path | None, domain: str = DOMAIN) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / FACTS).exists():
        facts = read_facts(folder)
        if answers(facts):
            return facts
        stop(folder)
    starter = {"process": start_process, "container": start_container}[engine]
    facts = {
        "engine": engine,
        "domain": domain,
        "host": "127.0.0.1",
        "username": USERNAME,
        "password": PASSWORD,
        **starter(folder, seed, domain),
    }
    facts["url"] = f"https://{facts['host']}:{facts['port']}"
    facts["data_url"] = f"https://{facts['host']}:{facts['data_port']}"
    facts["environment"] = environment(facts)
    # Written before the mock is known to answer, so that it can be stopped in any case.
    (folder / FACTS).write_text(json.dumps(facts, indent=2) + "\n")
    try:
        wait_until(lambda: answers(facts), "the mock HCP does not answer")
    except MockError:
        stop(folder)
        raise
    return facts


def start_process(folder: Path, seed: Path | None, domain: str) -> dict[str, Any]:
    ready, log = folder / "ready.json", folder / "mock.log"
    ready.unlink(missing_ok=True)
    command = [sys.executable, "-m", "hcp_mock"]
    command += ["--domain", domain, "--listen", "127.0.0.1"]
    command += ["--port", "0", "--data-port", "0"]
    command += ["--tls-dir", str(folder / "tls"), "--ready-file", str(ready)]
    command += ["--system-username", USERNAME]
    if seed:
        command += ["--seed", str(seed)]
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "mock_server"),
                "HCP_MOCK_SYSTEM_PASSWORD": PASSWORD,
            },
        )

    def is_ready() -> bool:
        if process.poll() is not None:
            raise MockError(f"the mock HCP ended at once:\n{log.read_text()[-4000:]}")
        return read_json(ready) is not None

    try:
        wait_until(is_ready, f"the mock HCP did not get ready; see {log}")
    except MockError:
        process.kill()
        raise
    facts = read_json(ready) or {}
    return {"pid": process.pid, **{name: facts[name] for name in ("port", "data_port", "ca")}}


def start_container(folder: Path, seed: Path | None, domain: str) -> dict[str, Any]:
    name = f"hcp-mock-{os.getpid()}-{folder.name}"
    port, data_port = free_ports(2)
    command = ["podman", "run", "--detach", "--name", name]
    command += ["--cap-drop=all", "--security-opt=no-new-privileges"]
    command += ["--publish", f"127.0.0.1:{port}:9090"]
    command += ["--publish", f"127.0.0.1:{data_port}:8443"]
    settings = {
        "DOMAIN": domain,
        "LISTEN": "0.0.0.0",  # noqa: S104  (inside the container)
        "PORT": "9090",
        "DATA_PORT": "8443",
        "READY_FILE": READY_IN_CONTAINER,
        "SYSTEM_USERNAME": USERNAME,
        "SYSTEM_PASSWORD": PASSWORD,
    }
    if seed:
        settings["SEED"] = f"/seed{seed.suffix}"
        command += ["--volume", f"{seed.resolve()}:{settings['SEED']}:ro"]
    for key, value in settings.items():
        command += ["--env", f"HCP_MOCK_{key}={value}"]
    started = podman(*command[1:], IMAGE)
    if started.returncode:
        remove_container(name)
        raise MockError(f"podman could not start the mock HCP: {started.stderr.strip()}")

    def ready_facts() -> dict[str, Any] | None:
        shown = podman("exec", name, "cat", READY_IN_CONTAINER)
        if shown.returncode and not is_running(name):
            raise MockError("the mock HCP ended at once")
        return parse(shown.stdout) if shown.returncode == 0 else None

    try:
        wait_until(lambda: ready_facts() is not None, "the mock HCP did not get ready")
        authority = podman("exec", name, "cat", (ready_facts() or {})["ca"])
    except MockError as error:
        log = podman("logs", "--tail", "40", name)
        remove_container(name)
        raise MockError(f"{error}:\n{log.stdout}{log.stderr}") from error
    certificate = folder / "ca.pem"
    certificate.write_text(authority.stdout)
    return {"container": name, "port": port, "data_port": data_port, "ca": str(certificate)}


def podman(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["podman", *arguments], capture_output=True, text=True, check=False)


def is_running(name: str) -> bool:
    return podman("inspect", "--format", "{{.State.Running}}", name).stdout.strip() == "true"


def remove_container(name: str) -> None:
    podman("rm", "--force", "--volumes", "--time", "2", name)


def environment(facts: dict[str, Any]) -> dict[str, str]:
    return {
        "HCP_DOMAIN": facts["domain"],
        "HCP_NODES": facts["host"],
        "HCP_PORT": str(facts["port"]),
        "HCP_USERNAME": facts["username"],
        "HCP_PASSWORD": facts["password"],
        "HCP_CA_PATH": facts["ca"],
        "HCP_VALIDATE_CERTS": "true",
        "HCP_MOCK_URL": facts["url"],
        "HCP_DATA_PORT": str(facts["data_port"]),
        "HCP_MOCK_DATA_URL": facts["data_url"],
    }


def stop(folder: Path) -> None:
    for path in sorted([*folder.glob(FACTS), *folder.glob(f"*/{FACTS}")]):
        facts = read_json(path) or {}
        if "pid" in facts:
            stop_process(facts["pid"])
        if "container" in facts:
            remove_container(facts["container"])
        path.unlink()


def stop_process(pid: int) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    if is_mock(pid):
        os.kill(pid, signal.SIGTERM)
    while is_mock(pid):
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            return
        time.sleep(0.05)


def is_mock(pid: int) -> bool:
    """Whether the process still is the mock: its number may have gone to another one since."""
    try:
        os.kill(pid, 0)
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"hcp_mock" in arguments  # a zombie has no arguments


def answers(facts: dict[str, Any]) -> bool:
    try:
        context = ssl.create_default_context(cafile=facts["ca"])
        with urllib.request.urlopen(  # noqa: S310  (the URL is https)
            f"{facts['url']}/_mock/health", timeout=2, context=context
        ) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], complaint: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise MockError(complaint)
        time.sleep(0.05)


def free_ports(count: int) -> list[int]:
    """Ports that are free now; all of them held while looking, so that they differ."""
    with contextlib.ExitStack() as stack:
        servers = [
            stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _unused in range(count)
        ]
        return [int(server.getsockname()[1]) for server in servers]


def read_facts(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / FACTS).read_text()))


def read_json(path: Path) -> dict[str, Any] | None:
    return parse(path.read_text()) if path.exists() else None


def parse(text: str) -> dict[str, Any] | None:
    try:
        return dict(json.loads(text))
    except ValueError:
        return None


def run(command: list[str], seed: Path | None) -> int:
    folder = Path(tempfile.mkdtemp(prefix="hcp-mock-"))
    try:
        facts = start(folder, "process", seed)
        return subprocess.run(
            command, env={**os.environ, **facts["environment"]}, check=False
        ).returncode
    finally:
        stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Start and stop the mock HCP.")
    actions = parser.add_subparsers(dest="action", required=True)
    starting = actions.add_parser("start")
    starting.add_argument("folder", type=Path)
    starting.add_argument("--engine", choices=["process", "container"], default="process")
    starting.add_argument("--domain", default=DOMAIN, metavar="NAME")
    stopping = actions.add_parser("stop")
    stopping.add_argument("folder", type=Path)
    running = actions.add_parser("run")
    running.add_argument("command", nargs="+")
    for with_seed in (starting, running):
        with_seed.add_argument("--seed", type=Path)
    return parser.parse_args()


def terminate(_signal: int, _frame: object) -> None:
    # Let `finally` stop the mock.
    sys.exit(128 + signal.SIGTERM)


def main() -> int:
    given = arguments()
    signal.signal(signal.SIGTERM, terminate)
    try:
        if given.action == "start":
            facts = start(given.folder.resolve(), given.engine, given.seed, given.domain)
            print(f"{facts['url']}  {given.folder / FACTS}")
        elif given.action == "stop":
            stop(given.folder.resolve())
        else:
            return run(given.command, given.seed)
    except MockError as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
