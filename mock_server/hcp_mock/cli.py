"""The command line of the mock."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from .models.seeds.seed import Seed
from .server import run
from .services.seeding.errors import SeedError
from .services.seeding.parsing import parse_seed
from .settings import Settings

PREFIX = "HCP_MOCK_"
BAD_USAGE = 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m hcp_mock",
        description="A strict mock of Hitachi Content Platform: its MAPI and its S3 gateway.",
        epilog=f"Every option is an environment variable as well: --tls-dir is {PREFIX}TLS_DIR.",
        argument_default=argparse.SUPPRESS,
    )
    add = parser.add_argument
    add("--domain", metavar="NAME", help="domain of the mocked system (hcp.example.com)")
    add("--listen", metavar="ADDRESS", help="address to listen on (127.0.0.1)")
    add("--port", metavar="PORT", help="port of MAPI (9090); 0 picks a free one")
    add("--data-port", metavar="PORT", help="port of the S3 gateway (8443); 0 picks a free one")
    add("--tls-dir", metavar="DIR", help="where ca.pem is written (a temporary directory)")
    add("--system-username", metavar="NAME", help="the first system-level account (admin)")
    add("--system-password", metavar="TEXT", help="its password (Hcp-Mock-1)")
    add("--seed", metavar="FILE", help="YAML or JSON description of the start state")
    add("--ready-file", metavar="PATH", help="written as JSON once the mock listens")
    add(
        "--lenient",
        metavar="RULES",
        help="rules to relax: allow-namespace-management-on-put,forced-password-change,"
        "trailing-checksums,complete-without-content-type",
    )
    return parser


def read_settings(arguments: Sequence[str], environment: Mapping[str, str]) -> Settings:
    """Options take precedence over environment variables, and those over defaults."""
    values: dict[str, Any] = {}
    for name in Settings.model_fields:
        value = environment.get(PREFIX + name.upper())
        if value is not None:
            values[name] = value
    values.update(vars(_parser().parse_args(arguments)))
    if isinstance(values.get("lenient"), str):
        values["lenient"] = [name.strip() for name in values["lenient"].split(",") if name.strip()]
    return Settings.model_validate(values)


def load_seed(path: Path) -> Seed:
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SeedError(f"The seed file {path} cannot be read: {error.strerror}.") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise SeedError(f"The seed file {path} is neither YAML nor JSON.") from None
    return parse_seed(document)


def _fail(text: str, code: int) -> int:
    sys.stderr.write(f"hcp-mock: {text}\n")
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    try:
        settings = read_settings(sys.argv[1:] if arguments is None else arguments, os.environ)
        seed = load_seed(settings.seed) if settings.seed else None
        run(settings, seed)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        option = "-".join(str(part) for part in first["loc"]).replace("_", "-")
        return _fail(f"--{option}: {first['msg']}.", BAD_USAGE)
    except SeedError as error:
        return _fail(str(error), BAD_USAGE)
    except OSError as error:
        return _fail(f"cannot start: {error.strerror or error}.", 1)
    return 0
