"""The S3 interface in journal, faults, seeds and reset, and large objects."""

from __future__ import annotations

import hashlib
import ssl
from pathlib import Path
from typing import Any

import pytest
import requests
from botocore.exceptions import BotoCoreError

from .conftest import Client, Mock
from .s3 import Wire, access_key, code_of, keys, refused

T = "/tenants/finance"
MB = 1024**2


def test_the_journal_names_the_interface(
    mock: Mock, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    mock.control("DELETE", "/journal")
    tenant_admin.get(T)
    s3.list_objects_v2(Bucket=bucket, Prefix="a b")
    first, second = mock.journal()
    assert (first["interface"], first["operation"]) == ("mapi", None)
    assert (second["interface"], second["operation"]) == ("s3", "ListObjectsV2")
    assert (second["user"], second["path"], second["status"]) == ("boss", f"/{bucket}", 200)
    assert second["query"].startswith("list-type=2&prefix=a%20b")


def test_the_journal_keeps_no_secrets(mock: Mock, bucket: str) -> None:
    for signature in ("s3v4", "s3"):
        s3 = mock.s3(signature=signature)
        url = s3.generate_presigned_url("list_objects", Params={"Bucket": bucket})
        assert mock.session.get(url, verify=mock.ca).status_code == 200
        entry = mock.journal()[-1]
        assert entry["user"] == "boss"
        assert "***" in entry["query"]
        for name in ("Signature", "X-Amz-Signature", "X-Amz-Credential", "AWSAccessKeyId"):
            if f"{name}=" in url:
                value = url.split(f"{name}=")[1].split("&")[0]
                assert value not in entry["query"]
    text = mock.control("GET", "/journal").text
    assert "AWS4-HMAC-SHA256 Credential" not in text
    assert access_key("boss") not in text
    Wire(mock).hcp("GET", "/hs3")
    assert mock.journal()[-1]["user"] == "boss"


def test_faults_match_by_interface(mock: Mock, s3: Any, bucket: str, tenant_admin: Client) -> None:
    error = "<Error><Code>ServiceUnavailable</Code></Error>"
    mock.fault({"interface": "s3", "path": f"/{bucket}*"}, status=503, body=error)
    assert tenant_admin.get(T).status_code == 200
    with refused("ServiceUnavailable", 503):
        s3.put_object(Bucket=bucket, Key="k", Body=b"x" * MB)
    with refused("404"):
        s3.head_object(Bucket=bucket, Key="k")
    mock.fault({"interface": "s3", "method": "PUT"}, cut="after")
    with pytest.raises(BotoCoreError):
        s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    assert s3.head_object(Bucket=bucket, Key="k")["ContentLength"] == 1
    mock.fault({"interface": "s3"}, truncate=True)
    with pytest.raises(BotoCoreError):
        s3.get_object(Bucket=bucket, Key="k")["Body"].read()
    mock.fault({"interface": "mapi"}, status=500)
    assert s3.list_objects(Bucket=bucket)["Name"] == bucket
    assert tenant_admin.get(T).status_code == 500
    bad = mock.control(
        "POST", "/faults", {"match": {"interface": "back"}, "action": {"status": 500}}
    )
    assert bad.status_code == 400


def test_seeded_objects_are_real(mock: Mock, s3: Any, tenant_admin: Client) -> None:
    mock.seed_namespace(
        "seeded",
        owner="boss",
        aclsUsage="ENFORCED",
        http={"hs3Enabled": True},
        objects={"a/b.txt": "hällo", "made/": ""},
    )
    grant = [{"namespaceName": "seeded", "permissions": ["READ"]}]
    mock.seed_tenant(users=[{"username": "boss", "dataAccessPermissions": grant}])
    assert keys(s3.list_objects(Bucket="seeded")) == ["a/", "a/b.txt", "made/"]
    assert s3.get_object(Bucket="seeded", Key="a/b.txt")["Body"].read().decode() == "hällo"
    assert tenant_admin.read(f"{T}/namespaces/seeded/statistics")["objectCount"] == 1
    assert tenant_admin.delete(f"{T}/namespaces/seeded") == 403
    tenants = mock.control("GET", "/state").json()["tenants"]
    (tenant,) = [row for row in tenants if row["name"] == "finance"]
    (row,) = [n for n in tenant["namespaces"] if n["name"] == "seeded"]
    assert row["objects"] == 1
    assert [entry["key"] for entry in row["contents"]] == ["a/", "a/b.txt", "made/"]
    mock.seed_namespace("seeded", objects={"a/b.txt": "hällo"})
    bad = {"tenants": [{"name": "finance", "namespaces": [{"name": "x", "objects": {"/": ""}}]}]}
    answer = mock.control("POST", "/seed", bad)
    assert answer.status_code == 400
    assert "cannot hold '/'" in answer.json()["error"]


def test_statistics_need_a_role(mock: Mock, tenant_admin: Client) -> None:
    assert mock.client("finance", "m").get(f"{T}/statistics").status_code == 200
    assert mock.client("finance", "s").get(f"{T}/statistics").status_code == 403
    found = tenant_admin.read(f"{T}/namespaces/full/statistics")
    assert found == {
        "customMetadataCount": 0,
        "customMetadataSize": 0,
        "ingestedVolume": 0,
        "objectCount": 2,
        "shredCount": 0,
        "shredSize": 0,
        "storageCapacityUsed": 0,
    }
    assert tenant_admin.read(f"{T}/statistics")["objectCount"] == 2


def files_of(mock: Mock) -> list[Path]:
    """Return the files in the mock's spool."""
    result: list[Path] = []
    for folder in Path(mock.ca).parent.parent.glob("hcp-mock-objects-*"):
        result += folder.iterdir()
    return result


def resident(mock: Mock) -> int:
    """Return the memory of the mock in MB."""
    text = Path(f"/proc/{mock.facts['pid']}/status").read_text(encoding="ascii")
    line = next(line for line in text.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) // 1024


class Zeros:
    """A body that is generated while it is sent."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._size = size

    def __len__(self) -> int:
        return self._size

    def read(self, size: int = -1) -> bytes:
        taken = min(self._left, MB if size < 0 else size)
        self._left -= taken
        return bytes(taken)


def test_large_objects_do_not_stay_in_memory(mock: Mock, bucket: str) -> None:
    size, wire = 256 * MB, Wire(mock)
    before = resident(mock)
    answer = wire.send("PUT", f"/{bucket}/large", body=Zeros(size), payload="UNSIGNED-PAYLOAD")
    assert answer.status_code == 200
    assert resident(mock) - before < 32
    signed = wire.send("HEAD", f"/{bucket}/large")
    assert signed.headers["content-length"] == str(size)
    url = mock.s3().generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "large"})
    digest, length = hashlib.md5(usedforsecurity=False), 0
    with mock.session.get(
        url, verify=mock.ca, stream=True, headers={"Accept-Encoding": "identity"}
    ) as stream:
        for chunk in stream.iter_content(MB):
            digest.update(chunk)
            length += len(chunk)
    assert length == size
    assert f'"{digest.hexdigest()}"' == answer.headers["etag"]
    assert resident(mock) - before < 32


def test_files_go_with_their_objects(mock: Mock, s3: Any, bucket: str) -> None:
    before = len(files_of(mock))
    for number in range(3):
        s3.put_object(Bucket=bucket, Key=f"k{number}", Body=bytes(MB))
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=f"{bucket}/k0")
    assert len(files_of(mock)) == before + 3
    for key in ("k0", "k1"):
        s3.delete_object(Bucket=bucket, Key=key)
    assert len(files_of(mock)) == before + 2
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == bytes(MB)
    mock.control("POST", "/reset")
    assert len(files_of(mock)) <= before
    with refused("NoSuchBucket", 404):
        s3.get_object(Bucket=bucket, Key="k2")


def test_a_refused_upload_leaves_nothing(mock: Mock, s3: Any, bucket: str) -> None:
    before = len(files_of(mock))
    with refused("BadDigest", 400):
        s3.put_object(Bucket=bucket, Key="k", Body=bytes(MB), ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
    assert len(files_of(mock)) == before


def test_the_data_port_speaks_only_s3(mock: Mock) -> None:
    answer = mock.session.get(f"{mock.facts['data_url']}/_mock/health", verify=mock.ca)
    assert code_of(answer) == "403 AccessDenied"
    with pytest.raises((requests.ConnectionError, ssl.SSLError)):
        requests.get(f"http://127.0.0.1:{mock.facts['data_port']}/", timeout=5)
