"""Send the mock HCP requests made from its own OpenAPI document: none may fail inside it.

Runs where the environment says how to reach a mock; see tools/fuzz-mock.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import ssl
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

# Names that mock_server/examples/seed.yml has, so that not every path leads nowhere.
KNOWN = {
    "tenant": ["finance", "nobody"],
    "namespace": ["ledgers", "scratch", "nobody"],
    "user": ["kim", "nobody"],
    "link": ["to-east", "nobody"],
    "protocol": ["http", "cifs", "nfs", "smtp"],
}
# Host, user name, password: of the system, and of a tenant
ACCOUNTS = (
    ("admin", os.environ["HCP_USERNAME"], os.environ["HCP_PASSWORD"]),
    ("finance", "ansible", "Winter-42-Elk"),
)
EXAMPLES = "6"


def document() -> dict[str, Any]:
    """What the mock says of itself, with names that there are."""
    trust = ssl.create_default_context(cafile=os.environ["HCP_CA_PATH"])
    trust.check_hostname = False
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trust))
    with opener.open(f"{os.environ['HCP_MOCK_URL']}/_mock/openapi.json") as answer:
        found: dict[str, Any] = json.load(answer)
    for operations in found["paths"].values():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                name = parameter["name"].lower()
                names = next((KNOWN[key] for key in KNOWN if key in name), None)
                if parameter["in"] == "path" and names:
                    parameter["schema"]["enum"] = names
    return found


def token(username: str, password: str) -> str:
    digest = hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()
    return f"HCP {base64.b64encode(username.encode()).decode()}:{digest}"


def fuzz(schema: Path, host: str, authorization: str) -> int:
    program = Path(sys.executable).with_name("schemathesis")
    command = [str(program), "--no-color", "run", str(schema)]
    command += ["--url", os.environ["HCP_MOCK_URL"], "--tls-verify", os.environ["HCP_CA_PATH"]]
    command += ["--header", f"Host: {host}.{os.environ['HCP_DOMAIN']}"]
    command += ["--header", f"Authorization: {authorization}", "--header", "Accept: */*"]
    command += ["--checks", "not_a_server_error", "--phases", "coverage,fuzzing"]
    command += ["--max-examples", EXAMPLES, "--generation-deterministic", "--mode", "all"]
    command += ["--suppress-health-check", "all", "--warnings", "off", "--seed", "1"]
    return subprocess.run(command, check=False, cwd=schema.parent).returncode


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "openapi.json"
        schema.write_text(json.dumps(document()))
        statuses = [fuzz(schema, host, token(user, word)) for host, user, word in ACCOUNTS]
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
