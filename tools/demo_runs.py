"""Run the demo playbook in check mode, for real and once more, and show what came of it.

The mock's address comes from the environment; see tools/mock.py.
"""

from __future__ import annotations

import json
import os
import re
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

PLAYBOOKS = Path(__file__).resolve().parent.parent / "playbooks"
CHANGED = re.compile(r"^localhost .*\bchanged=(\d+)", re.MULTILINE)
WRITES = ("PUT", "POST", "DELETE")


class DemoError(Exception):
    """The demo did not do what it promises."""


def play(title: str, playbook: str, *arguments: str) -> int:
    """Run a playbook, pass its output on and return how many of its tasks reported a change."""
    print(f"\n=== {title} ===", flush=True)
    command = ["ansible-playbook", str(PLAYBOOKS / playbook), *arguments]
    output = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            output.append(line)
    if process.returncode:
        raise DemoError(f"ansible-playbook ended with {process.returncode}")
    recap = CHANGED.search("".join(output))
    return int(recap.group(1)) if recap else 0


def writes() -> list[dict[str, Any]]:
    """The writing requests that the mock HCP has seen."""
    context = ssl.create_default_context(cafile=os.environ["HCP_CA_PATH"])
    url = f"{os.environ['HCP_MOCK_URL']}/_mock/journal"
    with urllib.request.urlopen(url, context=context, timeout=10) as answer:  # noqa: S310
        requests = json.load(answer)["requests"]
    return [each for each in requests if each["method"] in WRITES]


def demo(arguments: list[str]) -> str:
    """Run everything and say in one sentence what came of it."""
    predicted = play("Check mode: what would be done", "demo.yml", "--check", *arguments)
    if writes():
        raise DemoError(f"check mode wrote to the HCP: {writes()}")
    changed = play("First run: it is done", "demo.yml", *arguments)
    sent = len(writes())
    again = play("Second run: there is nothing left to do", "demo.yml", *arguments)
    more = len(writes()) - sent
    play("What is there now", "demo_summary.yml", *arguments)
    play("What the users may do with it", "demo_objects.yml", *arguments)
    if (predicted, again, more) != (changed, 0, 0):
        raise DemoError(
            f"check mode predicted {predicted} changes, the first run made {changed} with {sent}"
            f" requests, the second made {again} with {more}"
        )
    return (
        f"Check mode predicted {predicted} changed tasks and wrote nothing; the first run changed"
        f" {changed} with {sent} writing requests; the second run changed {again}."
    )


def main() -> int:
    """Run the demo; 0 if it kept its promises."""
    try:
        print(f"\n{demo(sys.argv[1:])}")
    except DemoError as error:
        print(f"\nERROR: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
