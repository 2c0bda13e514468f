"""What docs/s3.md warns of does happen, so that the advice there stays the right one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.hcp import MockHcp

from .clients import KIM, AwsCli, Boto3Newest, Client, RefusedError
from .proxy import Proxy


class WithChecksums(Boto3Newest):
    """boto3 without the settings that keep it from sending checksums of its own."""

    def files(self) -> dict[str, str]:
        files = super().files()
        files["hcp_s3.py"] = re.sub(r"\w+_checksum_\w+=.*\n", "", files["hcp_s3.py"])
        return files


class WithoutContentMd5(Boto3Newest):
    """boto3 without the addition that gives DeleteObjects its Content-MD5."""

    def files(self) -> dict[str, str]:
        files = super().files()
        files["hcp_s3.py"] = re.sub(r"s3\.meta\.events\.register.*\n", "", files["hcp_s3.py"])
        return files


def start(kind: type[Client], research: MockHcp, proxy: Proxy, home: Path) -> Any:
    kind.need()
    return kind(home, KIM, research.facts["ca"], proxy.url)


def test_checksums_of_boto3(
    research: MockHcp, proxy: Proxy, tmp_path: Path, bucket: str, s3: Any
) -> None:
    client = start(WithChecksums, research, proxy, tmp_path)
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(RefusedError):
        client.put(file, bucket, "file")
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def test_delete_objects_without_content_md5(
    research: MockHcp, proxy: Proxy, tmp_path: Path, bucket: str, s3: Any
) -> None:
    s3.put_object(Bucket=bucket, Key="a.txt", Body=b"x")
    client = start(WithoutContentMd5, research, proxy, tmp_path)
    with pytest.raises(RefusedError, match="MissingSecurityHeader"):
        client.delete_many(bucket, ["a.txt"])


def test_delete_objects_of_the_aws_cli(
    research: MockHcp, proxy: Proxy, tmp_path: Path, bucket: str, s3: Any
) -> None:
    s3.put_object(Bucket=bucket, Key="a.txt", Body=b"x")
    client = start(AwsCli, research, proxy, tmp_path)
    with pytest.raises(RefusedError, match="MissingSecurityHeader"):
        client.call("delete-objects", bucket, "--delete", "Objects=[{Key=a.txt}]")
