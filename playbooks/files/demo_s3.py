# SPDX-License-Identifier: GPL-3.0-or-later
"""Put an object into a bucket and get it back: demo_s3.py BUCKET KEY TEXT.

Everything else comes from the environment: S3_ENDPOINT, AWS_SHARED_CREDENTIALS_FILE, AWS_PROFILE,
HCP_CA_PATH, and HCP_NODES where the endpoint's name is in no DNS.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


def connect_to(address: str) -> None:
    """Connect to an address whatever the host name, as an entry in /etc/hosts would do."""
    real = socket.getaddrinfo

    def resolve(_host: Any, *more: Any, **options: Any) -> Any:
        return real(address, *more, **options)

    socket.getaddrinfo = resolve  # type: ignore[assignment]


def main() -> int:
    """Put and get; tell in one line what came of it."""
    bucket, key, text = sys.argv[1:]
    if os.environ.get("HCP_NODES"):
        connect_to(os.environ["HCP_NODES"].split(",")[0])
    client = boto3.client(
        "s3",
        endpoint_url=os.environ["S3_ENDPOINT"],
        region_name="us-east-1",
        verify=os.environ.get("HCP_CA_PATH") or True,
        # HCP knows neither the checksums that boto3 adds by itself nor its other addressing.
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
    try:
        client.put_object(Bucket=bucket, Key=key, Body=text.encode())
        found = client.get_object(Bucket=bucket, Key=key)["Body"].read().decode()
    except ClientError as error:
        print(f"HCP says {error.response['Error']['Code']}")  # noqa: T201
        return 1
    print(f"{key} in {bucket} says: {found}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
