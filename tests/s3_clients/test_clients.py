"""Every operation with every client."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from support.hcp import TENANT, MockHcp

from .clients import CLIENTS, KIM, LONGEST_RUN, Account, Client, RefusedError
from .conftest import Maker
from .proxy import Proxy

CONTENT = b"measured on a Tuesday, \xc3\xa4\n"


def every_client(but: tuple[str, ...] = ()) -> pytest.MarkDecorator:
    """Parametrise a test; ``but`` names the clients that have no such operation."""
    kinds = [kind for kind in CLIENTS if kind.name not in but]
    # The fixture `client` is built from `make`.
    return pytest.mark.parametrize("make", kinds, ids=[kind.name for kind in kinds], indirect=True)


def refused(client: Client, operation: Callable[[], Any]) -> str:
    """S3's code for what the gateway refuses."""
    with pytest.raises(RefusedError) as caught:
        operation()
    return client.code(caught.value)


def digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    file = tmp_path / "small.txt"
    file.write_bytes(CONTENT)
    return file


@every_client()
def test_create_bucket(client: Client, s3: Any) -> None:
    name = f"made-by-{client.name}"
    client.create_bucket(name)
    assert name in [each["Name"] for each in s3.list_buckets()["Buckets"]]


@every_client()
def test_list_buckets(client: Client, bucket: str, foreign_bucket: str) -> None:
    found = client.buckets()
    assert bucket in found
    assert foreign_bucket not in found


@every_client()
def test_put(client: Client, bucket: str, s3: Any, small_file: Path) -> None:
    client.put(small_file, bucket, "raw/2026/day one+1.txt")
    found = s3.get_object(Bucket=bucket, Key="raw/2026/day one+1.txt")
    assert found["Body"].read() == CONTENT


@every_client()
def test_get(client: Client, bucket: str, s3: Any, tmp_path: Path) -> None:
    s3.put_object(Bucket=bucket, Key="raw/2026/ä=1.txt", Body=CONTENT)
    client.get(bucket, "raw/2026/ä=1.txt", tmp_path / "fetched")
    assert (tmp_path / "fetched").read_bytes() == CONTENT


@every_client()
def test_list_with_prefix(client: Client, bucket: str, s3: Any) -> None:
    for key in ("raw/b c.txt", "raw/deep/a.txt", "rawhide.txt", "other/x.txt"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    assert sorted(client.keys(bucket, "raw/")) == ["raw/b c.txt", "raw/deep/a.txt"]


@every_client()
def test_upload_100_MB(client: Client, bucket: str, s3: Any, big_file: Path) -> None:  # noqa: N802
    client.put(big_file, bucket, "big")
    found = s3.get_object(Bucket=bucket, Key="big")
    assert "-" in found["ETag"], "it was not uploaded in parts"
    received = hashlib.sha256()
    for chunk in found["Body"].iter_chunks(1024 * 1024):
        received.update(chunk)
    assert received.hexdigest() == digest(big_file)


@every_client()
def test_download_100_MB(  # noqa: N802
    client: Client, bucket: str, s3: Any, big_file: Path, tmp_path: Path
) -> None:
    s3.upload_file(str(big_file), bucket, "big")
    client.get(bucket, "big", tmp_path / "fetched")
    assert digest(tmp_path / "fetched") == digest(big_file)
    (tmp_path / "fetched").unlink()


@every_client()
def test_copy_on_the_server(client: Client, bucket: str, s3: Any) -> None:
    s3.put_object(Bucket=bucket, Key="first.txt", Body=CONTENT)
    client.copy(bucket, "first.txt", "folder/second.txt")
    assert s3.get_object(Bucket=bucket, Key="folder/second.txt")["Body"].read() == CONTENT


@every_client()
def test_signed_url(client: Client, bucket: str, s3: Any, research: MockHcp, proxy: Proxy) -> None:
    s3.put_object(Bucket=bucket, Key="for all.txt", Body=CONTENT)
    with requests.Session() as anybody:
        anybody.trust_env = False
        anybody.proxies = {"https": proxy.url}
        anybody.verify = research.facts["ca"]
        assert (
            anybody.get(client.signed_url(bucket, "for all.txt"), timeout=LONGEST_RUN).content
            == CONTENT
        )


@every_client(but=("rclone",))
def test_switch_versioning_on(client: Client, bucket: str, s3: Any) -> None:
    client.enable_versioning(bucket)
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"


@pytest.fixture
def versions(bucket: str, s3: Any) -> list[bytes]:
    """What was in the object "report.txt" of the bucket, oldest first."""
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    contents = [b"first", b"second", b"third"]
    for content in contents:
        s3.put_object(Bucket=bucket, Key="report.txt", Body=content)
    return contents


@every_client(but=("s3cmd",))
def test_read_old_versions(client: Client, bucket: str, versions: list[bytes]) -> None:
    assert client.old_contents(bucket, "report.txt") == versions[:-1]


@every_client(but=("s3cmd",))
def test_delete_old_versions(
    client: Client, bucket: str, versions: list[bytes], s3: Any, research: MockHcp
) -> None:
    # HCP deletes versions only where delete markers are in use, which is no setting of S3.
    settings = {"enabled": True, "useDeleteMarkers": True}
    path = f"/tenants/{TENANT}/namespaces/{bucket}/versioningSettings"
    research.ask(path, method="POST", json=settings).raise_for_status()
    client.delete_old_versions(bucket, "report.txt")
    assert len(s3.list_object_versions(Bucket=bucket)["Versions"]) == 1
    assert s3.get_object(Bucket=bucket, Key="report.txt")["Body"].read() == versions[-1]


@every_client()
def test_delete_object(client: Client, bucket: str, s3: Any) -> None:
    s3.put_object(Bucket=bucket, Key="old.txt", Body=b"x")
    client.delete(bucket, "old.txt")
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


@every_client()
def test_delete_several_objects(client: Client, bucket: str, s3: Any) -> None:
    keys = ["a & b.txt", "c.txt", "ü.txt"]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    client.delete_many(bucket, keys)
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


@every_client(but=("rclone",))
def test_delete_folders(client: Client, bucket: str, s3: Any) -> None:
    for key in ("a/b/c/x.txt", "a/b/y.txt", "a/z.txt"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    client.delete_folders(bucket)
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


@every_client()
def test_delete_bucket(client: Client, bucket: str, s3: Any) -> None:
    client.delete_bucket(bucket)
    assert bucket not in [each["Name"] for each in s3.list_buckets()["Buckets"]]


@every_client()
def test_wrong_secret(make: Maker) -> None:
    client = make(Account(KIM.username, "wrong"))
    assert refused(client, client.buckets) == "SignatureDoesNotMatch"


@every_client()
def test_unknown_user(make: Maker) -> None:
    client = make(Account("nobody", KIM.password))
    assert refused(client, client.buckets) == "InvalidAccessKeyId"


@every_client()
def test_bucket_of_somebody_else(
    client: Client, foreign_bucket: str, small_file: Path, tmp_path: Path
) -> None:
    denied = ("AccessDenied", "403", "Forbidden")
    assert refused(client, lambda: client.keys(foreign_bucket, "")) in denied
    assert (
        refused(client, lambda: client.get(foreign_bucket, "secret.txt", tmp_path / "x")) in denied
    )
    assert refused(client, lambda: client.put(small_file, foreign_bucket, "mine.txt")) in denied


@every_client()
def test_missing_key(client: Client, bucket: str, tmp_path: Path) -> None:
    code = refused(client, lambda: client.get(bucket, "missing.txt", tmp_path / "x"))
    assert code in ("NoSuchKey", "404", "does not exist", "nothing to transfer")


@every_client()
def test_missing_bucket(client: Client) -> None:
    code = refused(client, lambda: client.keys("nowhere", ""))
    assert code in ("NoSuchBucket", "directory not found", "does not exist")


@every_client()
def test_overwrite_without_versioning(
    client: Client, bucket: str, s3: Any, small_file: Path
) -> None:
    s3.put_object(Bucket=bucket, Key="kept.txt", Body=b"first")
    assert refused(client, lambda: client.put(small_file, bucket, "kept.txt")) == "OperationAborted"
    assert s3.get_object(Bucket=bucket, Key="kept.txt")["Body"].read() == b"first"


@every_client()
def test_delete_bucket_that_is_not_empty(client: Client, bucket: str, s3: Any) -> None:
    s3.put_object(Bucket=bucket, Key="left.txt", Body=b"x")
    assert refused(client, lambda: client.delete_bucket(bucket)) == "BucketNotEmpty"
