"""S3 as any other program uses it."""

from __future__ import annotations

import base64
import hashlib
import socket
from typing import Any

import boto3
import pytest
from botocore.config import Config

from support.hcp import ADMIN, ADMIN_PASSWORD, TENANT, MockHcp

SETTINGS: dict[str, Any] = {
    "signature_version": "s3v4",
    "s3": {"addressing_style": "path"},
    "retries": {"max_attempts": 0},
}
if "request_checksum_calculation" in Config.OPTION_DEFAULTS:
    # Newer releases add checksums by themselves, which HCP does not know.
    SETTINGS["request_checksum_calculation"] = "when_required"
    SETTINGS["response_checksum_validation"] = "when_required"


def client(hcp: MockHcp, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client that owes nothing to the collection, not even its way of reaching the mock."""
    host = f"{TENANT}.{hcp.facts['domain']}"
    resolve_to(monkeypatch, hcp.facts["domain"], hcp.facts["host"])
    return boto3.client(
        "s3",
        endpoint_url=f"https://{host}:{hcp.facts['data_port']}",
        region_name="us-east-1",
        aws_access_key_id=base64.b64encode(ADMIN.encode()).decode(),
        aws_secret_access_key=hashlib.md5(
            ADMIN_PASSWORD.encode(), usedforsecurity=False
        ).hexdigest(),
        verify=hcp.facts["ca"],
        config=Config(**SETTINGS),
    )


def resolve_to(monkeypatch: pytest.MonkeyPatch, domain: str, address: str) -> None:
    """Resolve the names of a domain to an address, as DNS would."""
    real = socket.getaddrinfo

    def resolve(host: Any, *more: Any, **options: Any) -> Any:
        return real(address if str(host).endswith(domain) else host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
