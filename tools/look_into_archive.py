"""Look for what does not belong into the archive of a release, and for what it promises and lacks.

    tools/look_into_archive.py ARCHIVE

Prints each fault on a line of its own, and fails if there are any.
"""

from __future__ import annotations

import argparse
import posixpath
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

# What is for developing the collection stays in its repository.
TOP = {
    "CHANGELOG.rst",
    "FILES.json",
    "LICENSE",
    "MANIFEST.json",
    "README.md",
    "requirements.txt",
    *("changelogs", "docs", "meta", "mock_server", "playbooks", "plugins", "roles", "tests"),
}
JUNK = re.compile(
    r"""
    (^|/)(__pycache__|build|dist|[^/]+\.egg-info|\.[a-z]+_cache)(/|$)
    | \.(py[cod]|orig|rej|swp|tar\.gz|whl)$ | ~$
    | (^|/)(conftest|test_[^/]*|[^/]*_test)\.py$
    | ^mock_server/tests(/|$)
    | ^tests/(?!config\.yml$).
    """,
    re.VERBOSE,
)
NEEDED = {
    "docs/guide.md",
    "meta/execution-environment.yml",
    "meta/runtime.yml",
    "mock_server/Containerfile",
    "mock_server/hcp_mock/cli.py",
    "mock_server/pyproject.toml",
    "plugins/action/hcp_config.py",
    "requirements.txt",
    "roles/provision/README.md",
}
# The mock is a project of its own, whose pyproject.toml names its licence once for all of it.
LICENSED = re.compile(r"^(meta|playbooks|plugins|roles)/.*\.(py|ya?ml|j2)$")
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
LINK = re.compile(r"\]\(([^)#\s:]+)(?:#[^)\s]*)?\)")


def strangers(names: set[str]) -> Iterator[str]:
    for name in sorted(names):
        if name.split("/")[0] not in TOP:
            yield f"{name} is for developing only; see build_ignore in galaxy.yml"
        elif JUNK.search(name):
            yield f"{name} does not belong into the archive"


def gaps(folders: set[str], files: set[str]) -> Iterator[str]:
    for folder in sorted(folders):
        if not any(name.startswith(f"{folder}/") for name in files):
            yield f"{folder} is an empty folder"
    for name in sorted(NEEDED - files):
        yield f"{name} is missing"


def unlicensed(files: dict[str, str]) -> Iterator[str]:
    for name, text in sorted(files.items()):
        if LICENSED.match(name) and text.strip() and LICENCE not in text:
            yield f"{name} does not name its licence: {LICENCE}"


def broken_links(names: set[str], files: dict[str, str]) -> Iterator[str]:
    pages = ((name, text) for name, text in sorted(files.items()) if name.endswith(".md"))
    for page, text in pages:
        for target in LINK.findall(text):
            if posixpath.normpath(posixpath.join(posixpath.dirname(page), target)) not in names:
                yield f"{page} links to {target}, which is not in the archive"


def faults(folders: set[str], files: dict[str, str]) -> list[str]:
    names = folders | set(files)
    return [
        *strangers(names),
        *gaps(folders, set(files)),
        *unlicensed(files),
        *broken_links(names, files),
    ]


def read(archive: Path) -> tuple[set[str], dict[str, str]]:
    """Its folders, and its files with their texts."""
    folders: set[str] = set()
    files: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        for each in tar:
            stream = tar.extractfile(each)
            if stream is None:
                folders.add(each.name.rstrip("/"))
            else:
                files[each.name] = stream.read().decode(errors="replace")
    return folders, files


def main() -> int:
    parser = argparse.ArgumentParser(description="Look for faults of an archive.")
    parser.add_argument("archive", type=Path)
    found = faults(*read(parser.parse_args().archive))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
