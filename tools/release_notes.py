"""Check the release notes as they would be written now.

    tools/release_notes.py COPY

Has antsibull-changelog write them in COPY, a copy of the collection, if there are fragments. What
is new in the version of galaxy.yml must be listed once, all of it and nothing else. Prints each
fault.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

# Ansible's markup of documentation, which RST shows as it stands.
MARKUP = re.compile(r"\b(?:[BCEILMOPRUV]|RV|HORIZONTALLINE)\([^)]*\)")

# What is new is listed with its own description; words about it would list it again.
AGAIN = re.compile(r"^- .*\bnew (?:module|filter|plugin|role)s?\b.*$", re.MULTILINE | re.IGNORECASE)


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def write(copy: Path, version: str) -> bool:
    """Whether there are release notes of this version, written before or now."""
    written = copy / "changelogs" / "changelog.yaml"
    if written.exists() and version in loaded(written)["releases"]:
        return True
    if not list((copy / "changelogs" / "fragments").glob("*.y*ml")):
        return False
    subprocess.run(["antsibull-changelog", "release"], cwd=copy, check=True, capture_output=True)
    return True


def new(copy: Path, version: str) -> set[str]:
    """Plugins and roles that say that they were added in the version."""
    said = re.compile(rf"^\s*version_added: ['\"]?{re.escape(version)}['\"]?$", re.MULTILINE)
    plugins = [*copy.glob("plugins/modules/*.py"), *copy.glob("plugins/filter/*.yml")]
    roles = copy.glob("roles/*/meta/argument_specs.yml")
    return {path.stem for path in plugins if said.search(path.read_text())} | {
        path.parts[-3] for path in roles if said.search(path.read_text())
    }


def section(text: str, version: str) -> str:
    """What the changelog says of one version."""
    pattern = re.compile(r"^v(\S+)\n=+\n(.*?)(?=^v\S+\n=+\n|\Z)", re.MULTILINE | re.DOTALL)
    return next((each[2] for each in pattern.finditer(text) if each[1] == version), "")


def faults(copy: Path, version: str) -> list[str]:
    text = (copy / "CHANGELOG.rst").read_text()
    notes = section(text, version)
    listed = Counter(re.findall(r"^- contentplatform\.hcp\.(\w+) - ", notes, re.MULTILINE))
    announced = AGAIN.findall(notes)
    there = new(copy, version)
    return [
        *([] if notes else [f"CHANGELOG.rst has no section v{version}"]),
        *(f"markup that is not RST: {each}" for each in MARKUP.findall(text)),
        *(f"{name} is new and is not listed" for name in sorted(there - set(listed))),
        *(f"{name} is listed and is not new" for name in sorted(set(listed) - there)),
        *(f"{name} is listed twice" for name, times in sorted(listed.items()) if times > 1),
        *(f"what is new is listed by itself already: {each}" for each in announced),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Check the release notes.")
    parser.add_argument("copy", type=Path)
    copy: Path = parser.parse_args().copy
    version = str(loaded(copy / "galaxy.yml")["version"])
    if not write(copy, version):
        print(f"no release notes of {version}, and nothing to write any from", file=sys.stderr)
        return 1
    found = faults(copy, version)
    print(*(found or [f"release notes of {version}: all that is new is listed once"]), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
