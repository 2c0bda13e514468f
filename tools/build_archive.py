"""Build the collection so that the same files always give the same bytes.

    SOURCE_DATE_EPOCH=... tools/build_archive.py SOURCE DIST

``ansible-galaxy collection build`` writes the time of the build, times of files and the order of
directories into its archive. This has it build, and packs the result anew: sorted, of one time.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

MANIFEST, FILES = "MANIFEST.json", "FILES.json"

Members = dict[str, tuple[tarfile.TarInfo, bytes]]


def build(source: Path, dist: Path, moment: int) -> Path:
    """Build the collection in ``source``; ``moment`` is in seconds since 1970."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["ansible-galaxy", "collection", "build", str(source), "--output-path", folder],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        built = next(Path(folder).glob("*.tar.gz"))
        packed = _packed(_sorted(_members(built)), moment)
    dist.mkdir(parents=True, exist_ok=True)
    archive = dist / built.name
    archive.write_bytes(packed)
    return archive


def _members(archive: Path) -> Members:
    with tarfile.open(archive) as tar:
        streams = {each.name: (each, tar.extractfile(each)) for each in tar}
        return {
            name: (header, stream.read() if stream else b"")
            for name, (header, stream) in streams.items()
        }


def _sorted(members: Members) -> Members:
    """All of them by name, also in the list of files, whose checksum the manifest has."""
    listing = json.loads(members[FILES][1])
    listing["files"].sort(key=lambda each: each["name"])
    files = _dumped(listing)
    manifest = json.loads(members[MANIFEST][1])
    manifest["file_manifest_file"]["chksum_sha256"] = hashlib.sha256(files).hexdigest()
    # Ansible looks for these two first.
    first = {
        MANIFEST: (members[MANIFEST][0], _dumped(manifest)),
        FILES: (members[FILES][0], files),
    }
    return {**first, **{name: members[name] for name in sorted(members) if name not in first}}


def _packed(members: Members, moment: int) -> bytes:
    packed = io.BytesIO()
    with (
        gzip.GzipFile("", "wb", 9, packed, moment) as stream,
        tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for header, content in members.values():
            header.mtime = moment
            header.size = len(content)
            header.uid = header.gid = 0
            header.uname = header.gname = ""
            tar.addfile(header, io.BytesIO(content))
    return packed.getvalue()


def _dumped(document: Any) -> bytes:
    return json.dumps(document, indent=1).encode()


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the collection reproducibly.")
    parser.add_argument("source", type=Path)
    parser.add_argument("dist", type=Path)
    arguments = parser.parse_args()
    moment = int(os.environ["SOURCE_DATE_EPOCH"])
    print(build(arguments.source, arguments.dist, moment))
    return 0


if __name__ == "__main__":
    sys.exit(main())
