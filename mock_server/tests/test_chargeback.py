"""Chargeback reports: S3 requests and content by hour."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest

from .conftest import Client, Mock
from .s3 import md5, refused

T = "/tenants/finance"
N = f"{T}/namespaces/archive"
TENANT, REPORT = f"{T}/chargebackReport", f"{N}/chargebackReport"
FORMAT = "%Y-%m-%dT%H:%M:%S%z"
ACTIVITY = ("reads", "bytesOut", "writes", "bytesIn", "deletes")
CONTENTS = ("objectCount", "ingestedVolume", "storageCapacityUsed")
MB = 1024**2


def advance(mock: Mock, seconds: float) -> datetime:
    now = mock.control("POST", "/clock", {"advance": seconds}).json()["now"]
    return datetime.strptime(now, FORMAT)  # noqa: DTZ007  (the format has the zone)


def hour_later(mock: Mock) -> datetime:
    """Advance to the middle of the next hour, so that no test crosses an hour. Return its start."""
    now = advance(mock, 0)
    begin = now.replace(minute=0, second=0) + timedelta(hours=1)
    advance(mock, (begin - now).total_seconds() + 1800)
    return begin


def text(when: datetime) -> str:
    return when.strftime(FORMAT)


def rows(client: Client, path: str = REPORT, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.read(path, **query)["chargebackData"]
    return found


def some(row: dict[str, Any], names: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(row[name] for name in names)


@pytest.fixture
def begin(mock: Mock) -> datetime:
    """Return the hour in which the test starts."""
    return hour_later(mock)


def test_activity_is_counted(begin: datetime, s3: Any, bucket: str, tenant_admin: Client) -> None:
    s3.put_object(Bucket=bucket, Key="folder/a", Body=b"x" * 100, Metadata={"who": "me"})
    s3.put_object(Bucket=bucket, Key="b", Body=b"y" * 20)
    s3.get_object(Bucket=bucket, Key="b")["Body"].read()
    s3.get_object(Bucket=bucket, Key="folder/a", Range="bytes=0-9")["Body"].read()
    s3.head_object(Bucket=bucket, Key="b")
    s3.copy_object(Bucket=bucket, Key="c", CopySource=f"{bucket}/b")
    s3.delete_object(Bucket=bucket, Key="b")
    s3.delete_object(Bucket=bucket, Key="absent")
    (row,) = rows(tenant_admin)
    assert some(row, ACTIVITY) == (2, 30, 3, 140, 1)
    assert some(row, CONTENTS) == (2, 125, 125)
    s3.list_objects_v2(Bucket=bucket)
    assert rows(tenant_admin)[0]["bytesOut"] > 200
    statistics = tenant_admin.read(f"{N}/statistics")
    assert some(statistics, CONTENTS) == (2, 125, 125)


def test_a_row_says_what_it_is_about(begin: datetime, bucket: str, tenant_admin: Client) -> None:
    (row,) = rows(tenant_admin)
    hour = timedelta(hours=1)
    assert row["startTime"] == text(begin)
    assert row["endTime"] == text(begin + hour - timedelta(seconds=1))
    assert row["systemName"] == "hcp.example.com"
    assert (row["tenantName"], row["namespaceName"]) == ("finance", bucket)
    assert (row["deleted"], row["valid"]) == ("false", True)
    assert len(row) == 21
    assert list(row) == sorted(row)


def test_what_fails_is_not_counted(
    begin: datetime, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"x")
    with refused("OperationAborted"):
        s3.put_object(Bucket=bucket, Key="a", Body=b"yy")
    with refused("NoSuchKey"):
        s3.get_object(Bucket=bucket, Key="b")
    with refused("304"):
        s3.get_object(Bucket=bucket, Key="a", IfNoneMatch=f'"{md5(b"x")}"')
    assert some(rows(tenant_admin)[0], ACTIVITY) == (0, 0, 1, 1, 0)


def test_hours(mock: Mock, begin: datetime, s3: Any, bucket: str, tenant_admin: Client) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"x" * 10)
    second = hour_later(mock)
    s3.put_object(Bucket=bucket, Key="b", Body=b"x" * 5)
    hour_later(mock)
    fourth = hour_later(mock)
    s3.delete_object(Bucket=bucket, Key="a")
    found = rows(tenant_admin, granularity="HOUR")
    assert [row["startTime"] for row in found] == [
        text(begin + timedelta(hours=number)) for number in range(4)
    ]
    assert [row["writes"] for row in found] == [1, 1, 0, 0]
    assert [row["deletes"] for row in found] == [0, 0, 0, 1]
    assert [row["ingestedVolume"] for row in found] == [10, 15, 15, 5]
    (total,) = rows(tenant_admin)
    assert (total["startTime"], total["objectCount"], total["writes"]) == (text(begin), 1, 2)
    middle = rows(
        tenant_admin, granularity="hour", start=text(second), end=text(fourth - timedelta(hours=1))
    )
    assert [row["ingestedVolume"] for row in middle] == [15, 15]
    (part,) = rows(
        tenant_admin,
        start=text(second + timedelta(minutes=59)),
        end=text(second.replace(minute=59, second=59)),
    )
    assert (part["startTime"], part["writes"], part["objectCount"]) == (text(second), 1, 2)


def test_days(mock: Mock, begin: datetime, s3: Any, bucket: str, tenant_admin: Client) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"x" * 10)
    advance(mock, 2 * 24 * 3600)
    found = rows(tenant_admin, granularity="day")
    midnight = begin.replace(hour=0)
    day = timedelta(days=1)
    assert [(row["startTime"], row["endTime"]) for row in found] == [
        (text(midnight + n * day), text(midnight + (n + 1) * day - timedelta(seconds=1)))
        for n in range(3)
    ]
    assert [row["writes"] for row in found] == [1, 0, 0]
    assert [row["objectCount"] for row in found] == [1, 1, 1]


def test_half_a_year_is_kept(
    mock: Mock, begin: datetime, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"x" * 10)
    now = advance(mock, 181 * 24 * 3600)
    (total,) = rows(tenant_admin, start=text(begin))
    assert (total["writes"], total["objectCount"]) == (0, 1)
    oldest = now.replace(minute=0, second=0) - timedelta(days=180)
    assert total["startTime"] == text(oldest)
    assert rows(tenant_admin, end=text(begin)) == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"granularity": "week"}, 400),
        ({"granularity": ""}, 400),
        ({"granularity": "Day"}, 200),
        ({"start": "2026-05-04"}, 400),
        ({"start": "2026-05-04T10:00:00"}, 400),
        ({"start": "2026-05-04T10:00:00Z"}, 400),
        ({"start": "2026-05-04T10:00:00+02:00"}, 400),
        ({"start": "2026-13-04T10:00:00+0200"}, 400),
        ({"start": "2020-05-04T10:00:00+0200"}, 200),
        ({"start": "2999-05-04T10:00:00+0200"}, 400),
        ({"end": "now"}, 400),
        ({"end": "2999-05-04T10:00:00+0200"}, 200),
        ({"start": "2020-05-04T10:00:00+0200", "end": "2020-05-04T10:00:00+0200"}, 400),
        ({"start": "2020-05-04T10:00:00+0200", "end": "2020-05-04T09:00:00+0100"}, 400),
        ({"start": "2020-05-04T10:00:00+0200", "end": "2020-05-04T10:00:00+0100"}, 200),
    ],
)
def test_values_of_the_query(
    bucket: str, tenant_admin: Client, query: dict[str, str], status: int
) -> None:
    assert (
        tenant_admin.status("GET", REPORT, **query)
        == tenant_admin.status("GET", TENANT, **query)
        == status
    )


def test_a_plus_must_be_encoded(tenant_admin: Client) -> None:
    start = "2020-05-04T10:00:00"
    assert tenant_admin.status("GET", f"{TENANT}?start={start}+0200") == 400
    assert tenant_admin.status("GET", f"{TENANT}?start={start}%2B0200") == 200


def test_tenants_have_rows_of_namespaces_and_one_of_their_own(
    mock: Mock, begin: datetime, s3: Any, tenant_admin: Client
) -> None:
    for name in ("one", "two"):
        s3.create_bucket(Bucket=name)
        s3.put_object(Bucket=name, Key="a", Body=b"x" * 10)
    mock.seed_namespace("full", objects=3)
    *named, tenant = rows(tenant_admin, TENANT)
    objects = {row["namespaceName"]: row["objectCount"] for row in named}
    assert objects == {"cloud": 0, "files": 0, "full": 3, "mine": 0, "one": 1, "two": 1}
    assert tenant["namespaceName"] == ""
    assert some(tenant, ("objectCount", "writes", "bytesIn")) == (5, 2, 20)
    assert tenant["deleted"] == "false"


def test_deleted_namespaces_count_for_the_tenant(
    mock: Mock, begin: datetime, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"x" * 10)
    hour_later(mock)
    s3.delete_object(Bucket=bucket, Key="a")
    s3.delete_bucket(Bucket=bucket)
    assert tenant_admin.get(REPORT).status_code == 404
    hour_later(mock)
    start = text(begin)
    tenant = [
        row
        for row in rows(tenant_admin, TENANT, granularity="hour", start=start)
        if not row["namespaceName"]
    ]
    assert [row["deleted"] for row in tenant] == ["included", "included", "false"]
    assert [row["writes"] for row in tenant] == [1, 0, 0]
    assert [row["ingestedVolume"] for row in tenant] == [10, 0, 0]
    assert bucket not in {row["namespaceName"] for row in rows(tenant_admin, TENANT)}


def test_uploads_in_parts(
    mock: Mock, begin: datetime, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    upload = s3.create_multipart_upload(Bucket=bucket, Key="big")["UploadId"]
    place = {"Bucket": bucket, "Key": "big", "UploadId": upload}
    etags: dict[int, str] = {}
    for number, size in ((1, MB), (2, 7), (2, 9)):
        done = s3.upload_part(**place, PartNumber=number, Body=b"x" * size)
        etags[number] = done["ETag"]
    (row,) = rows(tenant_admin)
    uploads = ("multipartUploads", "multipartUploadParts", "multipartUploadBytes")
    multipart = ("multipartObjects", "multipartObjectParts", "multipartObjectBytes")
    assert some(row, uploads) == (1, 2, MB + 9)
    assert some(row, multipart) == (0, 0, 0)
    assert some(row, ACTIVITY) == (0, 0, 3, MB + 16, 0)
    assert some(row, CONTENTS) == (0, 0, MB + 9)
    parts = [{"PartNumber": number, "ETag": etag} for number, etag in etags.items()]
    s3.complete_multipart_upload(**place, MultipartUpload={"Parts": parts})
    (row,) = rows(tenant_admin)
    assert some(row, uploads) == (0, 0, 0)
    assert some(row, multipart) == (1, 2, MB + 9)
    assert some(row, CONTENTS) == (1, MB + 9, MB + 9)
    assert row["writes"] == 3
    s3.delete_object(Bucket=bucket, Key="big")
    assert some(rows(tenant_admin)[0], multipart) == (0, 0, 0)


def test_reports_as_xml(begin: datetime, s3: Any, bucket: str, tenant_admin: Client) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"x" * 10)
    report = tenant_admin.xml(REPORT)
    assert report.tag == "chargebackReport"
    (row,) = report.findall("chargebackData")
    assert [child.tag for child in row] == sorted(child.tag for child in row)
    assert (row.findtext("bytesIn"), row.findtext("valid")) == ("10", "true")
    assert tenant_admin.xml(TENANT)[-1].findtext("namespaceName") == ""


def test_reports_as_csv(begin: datetime, s3: Any, bucket: str, tenant_admin: Client) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"x" * 10)
    table = {"Accept": "text/csv"}
    answer = tenant_admin.call("GET", TENANT, headers=table)
    assert answer.headers["Content-Type"] == "text/csv"
    header, *found = csv.reader(io.StringIO(answer.text))
    assert header[:5] == ["systemName", "tenantName", "namespaceName", "startTime", "endTime"]
    assert header[-2:] == ["deleted", "valid"]
    as_json = rows(tenant_admin, TENANT)
    for line, row in zip(found, as_json, strict=True):
        texts = {name: str(value) for name, value in row.items()} | {"valid": "true"}
        assert dict(zip(header, line, strict=True)) == texts
    assert tenant_admin.call("GET", REPORT, headers=table).text.count("\n") == 2
    assert tenant_admin.call("GET", f"{N}/statistics", headers=table).status_code == 415


def test_methods_of_reports(bucket: str, tenant_admin: Client) -> None:
    for path in (TENANT, REPORT, f"{T}/statistics", f"{N}/statistics"):
        assert tenant_admin.head(path) == 200
        assert (
            tenant_admin.put(path, {})
            == tenant_admin.post(path, {})
            == tenant_admin.delete(path)
            == 405
        )
    assert tenant_admin.get(f"{T}/namespaces/absent/chargebackReport").status_code == 404


def test_usage_is_part_of_the_state_and_goes_with_a_reset(mock: Mock, s3: Any, bucket: str) -> None:
    s3.put_object(Bucket=bucket, Key="a", Body=b"x" * 10)
    tenants = mock.control("GET", "/state").json()["tenants"]
    namespaces = next(t for t in tenants if t["name"] == "finance")["namespaces"]
    usage = next(n for n in namespaces if n["name"] == bucket)["usage"]
    assert (usage["writes"], usage["bytes_in"]) == (1, 10)
    mock.control("POST", "/reset")
    s3.create_bucket(Bucket=bucket)
    assert rows(mock.client("finance", "boss"))[0]["writes"] == 0


def test_aborted_uploads_are_not_counted(
    mock: Mock, begin: datetime, s3: Any, bucket: str, tenant_admin: Client
) -> None:
    upload = s3.create_multipart_upload(Bucket=bucket, Key="big")["UploadId"]
    s3.upload_part(Bucket=bucket, Key="big", UploadId=upload, PartNumber=1, Body=b"x")
    advance(mock, 31 * 24 * 3600)
    assert tenant_admin.read(f"{N}/statistics")["storageCapacityUsed"] == 0
    first, *_between, last = rows(tenant_admin, granularity="day")
    assert (first["multipartUploads"], first["storageCapacityUsed"]) == (1, 1)
    assert (last["multipartUploads"], last["storageCapacityUsed"], last["deletes"]) == (0, 0, 0)
