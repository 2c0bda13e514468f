"""Write software bills of materials, in CycloneDX: of the collection, and of the mock HCP.

    SOURCE_DATE_EPOCH=... tools/sbom.py SOURCE DIST FOLDER CYCLONEDX

They name what is installed where modules run, and where the mock runs, in the releases that the
project is tested with. FOLDER is for the environments that are looked at, CYCLONEDX the program.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PINS = "requirements-test.txt"


@dataclass(frozen=True)
class Project:
    """What is described: its metadata, as in pyproject.toml, and what CycloneDX calls it."""

    file: str
    metadata: dict[str, Any]
    sort: str


def collection(source: Path) -> Project:
    """The collection, whose metadata is elsewhere than where Python looks for it."""
    galaxy = yaml.safe_load((source / "galaxy.yml").read_text())
    lines = (source / "requirements.txt").read_text().splitlines()
    metadata = {
        "name": f"{galaxy['namespace']}.{galaxy['name']}",
        "version": galaxy["version"],
        "description": galaxy["description"],
        "license": galaxy["license"][0],
        "dependencies": [line for line in lines if line and not line.startswith("#")],
    }
    file = f"{galaxy['namespace']}-{galaxy['name']}-{galaxy['version']}.cdx.json"
    return Project(file, metadata, "library")


def mock(source: Path) -> Project:
    """The mock HCP."""
    document = tomllib.loads((source / "mock_server/pyproject.toml").read_text())
    found = document["project"]
    names = ("name", "version", "description", "license", "dependencies")
    file = f"{found['name']}-{found['version']}.cdx.json"
    return Project(file, {name: found[name] for name in names}, "application")


def describe(project: Project, pins: Path, dist: Path, folder: Path, program: str) -> Path:
    """Install what a project needs, and nothing else, and have it described."""
    place = folder / project.file.removesuffix(".cdx.json")
    place.mkdir(parents=True, exist_ok=True)
    # A value of JSON is one of TOML, too.
    lines = [f"{name} = {json.dumps(value)}" for name, value in project.metadata.items()]
    described = place / "pyproject.toml"
    described.write_text("\n".join(["[project]", *lines, ""]))
    environment = place / "venv"
    uv = ("uv", "--quiet")
    subprocess.run([*uv, "venv", "--clear", "--python", sys.executable, environment], check=True)
    subprocess.run(
        [*uv, "pip", "install", "--python", environment, "-r", described, "-c", pins], check=True
    )
    target = dist / project.file
    settings = ("--mc-type", project.sort, "--output-reproducible", "--output-file", str(target))
    subprocess.run(
        [program, "environment", *settings, "--pyproject", described, environment], check=True
    )
    return target


def main() -> int:
    parser = argparse.ArgumentParser(description="Write software bills of materials.")
    for name in ("source", "dist", "folder"):
        parser.add_argument(name, type=Path)
    parser.add_argument("program")
    arguments = parser.parse_args()
    for project in (collection(arguments.source), mock(arguments.source)):
        pins = arguments.source / PINS
        print(describe(project, pins, arguments.dist, arguments.folder, arguments.program))
    return 0


if __name__ == "__main__":
    sys.exit(main())
