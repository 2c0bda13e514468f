"""DNS mode, licences, support access, nodes and services."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import DOMAIN, Client, Mock

LICENSES = "/storage/licenses"
SUPPORT = "/supportaccesscredentials"
KEY = b"serialNumber=40002;feature=Basic;localCapacity=1000;expirationDate=Dec 31, 2028\n"
PACKAGE = b'{"serialNumber": 40001, "createTimeStamp": 1777900000}'
HTML: dict[str, str | None] = {"Content-Type": "text/html"}
BINARY: dict[str, str | None] = {"Content-Type": "application/octet-stream"}


def upload(
    client: Client, path: str, content: bytes, headers: dict[str, str | None] | None = None
) -> int:
    return client.call("PUT", path, content, headers).status_code


def test_dns_mode(system_admin: Client) -> None:
    assert system_admin.read("/network") == {"downstreamDNSMode": "BASIC"}
    assert system_admin.post("/network", {"downstreamDNSMode": "ADVANCED"}) == 200
    document = system_admin.xml("/network")
    assert document.tag == "networkSettings"
    assert document.findtext("downstreamDNSMode") == "ADVANCED"
    body = "<networkSettings><downstreamDNSMode>BASIC</downstreamDNSMode></networkSettings>"
    assert system_admin.post("/network", body) == 200
    assert system_admin.post("/network", {}) == 200
    assert system_admin.read("/network") == {"downstreamDNSMode": "BASIC"}


@pytest.mark.parametrize(
    "body",
    [
        {"downstreamDNSMode": "basic"},
        {"downstreamDNSMode": ""},
        {"mode": "BASIC"},
        "<network><downstreamDNSMode>BASIC</downstreamDNSMode></network>",
        b"",
    ],
)
def test_bad_dns_modes(system_admin: Client, body: Any) -> None:
    assert system_admin.post("/network", body) == 400
    assert system_admin.read("/network") == {"downstreamDNSMode": "BASIC"}


def test_a_new_system_has_a_licence(system_admin: Client) -> None:
    (found,) = system_admin.read(LICENSES)["license"]
    assert found == {
        "localCapacity": 500 * 10**12,
        "expirationDate": "None",
        "extendedCapacity": 0,
        "feature": "Premium",
        "serialNumber": "40001",
    }
    assert "uploadDate" in system_admin.read(LICENSES, verbose="true")["license"][0]


def test_an_uploaded_licence_is_the_current_one(mock: Mock, system_admin: Client) -> None:
    assert upload(system_admin, LICENSES, KEY, HTML) == 200
    document = system_admin.xml(LICENSES)
    assert document.tag == "licenses"
    assert [e.findtext("serialNumber") for e in document.findall("license")] == ["40002"]
    shown = system_admin.read(LICENSES, verbose="true")["license"]
    assert [item["serialNumber"] for item in shown] == ["40002", "40001"]
    assert shown[0]["expirationDate"] == "Dec 31, 2028"
    assert upload(system_admin, LICENSES, KEY, HTML) == 409
    kept = mock.control("GET", "/state").json()["system"]["licenses"]
    assert [item["serialNumber"] for item in kept] == ["40001", "40002"]
    mock.control("POST", "/reset")
    assert len(system_admin.read(LICENSES, verbose="true")["license"]) == 1


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"", HTML, 400),
        (b"\xff", HTML, 400),
        (b"nonsense", HTML, 400),
        (b"serialNumber=1;feature=Basic", HTML, 400),
        (KEY.replace(b"Basic", b"Deluxe"), HTML, 400),
        (KEY.replace(b"Dec 31", b"Feb 30"), HTML, 400),
        (KEY.replace(b"Dec 31", b"Dec 01"), HTML, 400),
        (KEY.replace(b"1000", b"-1"), HTML, 400),
        (KEY.strip() + b";uploadDate=Jan 5, 2026", HTML, 400),
        (KEY.strip() + b";other=1", HTML, 400),
        (KEY, {}, 415),
        (KEY, {"Content-Type": "text/nothing"}, 400),
        (KEY, {"Content-Type": "text/plain"}, 200),
    ],
)
def test_licence_keys(
    system_admin: Client, content: bytes, headers: dict[str, str | None], status: int
) -> None:
    assert upload(system_admin, LICENSES, content, headers) == status
    assert len(system_admin.read(LICENSES, verbose="true")["license"]) == (
        2 if status == 200 else 1
    )


def test_support_access(mock: Mock, system_admin: Client) -> None:
    assert system_admin.read(SUPPORT) == {"type": "Default", "defaultKeyType": "Arizona"}
    assert upload(system_admin, SUPPORT, PACKAGE, BINARY) == 200
    found = system_admin.read(SUPPORT)
    assert found.pop("applyTimeStamp") >= 1777900000
    assert found == {
        "createTimeStamp": "1777900000",
        "type": "Exclusive",
        "defaultKeyType": "Arizona",
        "serialNumberFromPackage": 40001,
    }
    document = system_admin.xml(SUPPORT)
    assert document.tag == "supportAccessCredentials"
    assert document.findtext("serialNumberFromPackage") == "40001"
    assert mock.control("GET", "/state").json()["system"]["supportKey"]["created"] == "1777900000"


def test_support_access_in_the_spelling_of_the_example(system_admin: Client) -> None:
    path = "/supportAccesscredentials"
    assert upload(system_admin, path, PACKAGE, BINARY) == 200
    assert system_admin.get(path).status_code == 405
    assert system_admin.read(SUPPORT)["type"] == "Exclusive"


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"", BINARY, 400),
        (b"\x00\xff", BINARY, 400),
        (b"[]", BINARY, 400),
        (b"{}", BINARY, 400),
        (b'{"serialNumber": "1", "createTimeStamp": 1}', BINARY, 400),
        (b'{"serialNumber": 1, "createTimeStamp": -1}', BINARY, 400),
        (b'{"serialNumber": 1, "createTimeStamp": 1, "more": 1}', BINARY, 400),
        (PACKAGE, {}, 415),
    ],
)
def test_bad_key_packages(
    system_admin: Client, content: bytes, headers: dict[str, str | None], status: int
) -> None:
    assert upload(system_admin, SUPPORT, content, headers) == status
    assert system_admin.read(SUPPORT)["type"] == "Default"


def test_nodes_and_their_volumes(mock: Mock, system_admin: Client) -> None:
    found = system_admin.read("/nodes/statistics")
    nodes = found["nodes"]["node"]
    assert [node["nodeNumber"] for node in nodes] == [101, 102, 103, 104]
    assert len({node["backendIpAddress"] for node in nodes}) == 4
    assert nodes[0]["frontendIpAddresses"] == {"ipAddress": ["192.0.2.101"]}
    assert nodes[0]["collectionTimestamp"] % 60000 == 0
    assert 0 <= found["requestTime"] - nodes[0]["collectionTimestamp"] < 60000
    assert "managementIpAddresses" not in nodes[0]
    assert "managementBytesRead" not in nodes[0]
    (volume,) = nodes[0]["volumes"]["volume"]
    assert volume["freeBytes"] == volume["totalBytes"]
    document = system_admin.xml("/nodes/statistics")
    assert document.tag == "nodeStatistics"
    assert document.findtext("nodes/node/volumes/volume/id") == "vol001"
    assert document.findtext("nodes/node/frontendIpAddresses/ipAddress") == "192.0.2.101"


def test_nodes_show_what_the_mock_did(
    mock: Mock, system_admin: Client, s3: Any, bucket: str
) -> None:
    s3.put_object(Bucket=bucket, Key="big", Body=b"x" * 360000)
    nodes = system_admin.read("/nodes/statistics")["nodes"]["node"]
    for node in nodes:
        (volume,) = node["volumes"]["volume"]
        assert volume["totalBytes"] - volume["freeBytes"] == 90000
        assert node["frontEndBytesRead"] == 25.0
    connections = {entry["connection"] for entry in mock.journal()}
    assert sum(node["openHttpsConnections"] for node in nodes) == len(connections)
    mock.control("POST", "/clock", {"advance": 4000})
    (later, *_others) = system_admin.read("/nodes/statistics")["nodes"]["node"]
    assert later["frontEndBytesRead"] == 0.0


def test_seeded_nodes(mock: Mock, system_admin: Client) -> None:
    node = {"nodeNumber": 102, "cpuUser": 55.5, "managementIpAddresses": ["198.51.100.2"]}
    volumes = [{"id": "v1", "totalBytes": 1000, "freeBytes": 10}, {"id": "v2", "totalBytes": 5}]
    mock.seed(
        system={
            "nodes": [
                node,
                {"nodeNumber": 103, "available": False},
                {"nodeNumber": 7, "volumes": volumes},
            ]
        }
    )
    nodes = {n["nodeNumber"]: n for n in system_admin.read("/nodes/statistics")["nodes"]["node"]}
    assert sorted(nodes) == [7, 101, 102, 104]
    assert nodes[102]["cpuUser"] == 55.5
    assert nodes[102]["managementBytesRead"] == 0.0
    assert nodes[102]["frontendIpAddresses"] == {"ipAddress": ["192.0.2.102"]}
    first, second = nodes[7]["volumes"]["volume"]
    assert (first["freeBytes"], second["freeBytes"]) == (10, 5)
    assert [
        n["nodeNumber"] for n in system_admin.read("/services/statistics")["nodes"]["node"]
    ] == [
        7,
        101,
        102,
        104,
    ]


def test_services_run_once_a_day(mock: Mock, system_admin: Client) -> None:
    found = system_admin.read("/services/statistics")
    services = {service["name"]: service for service in found["services"]["service"]}
    assert "GarbageCollection" in services
    assert len(services) == 15
    now = found["requestTime"] // 1000
    for hour, service in enumerate(services.values()):
        assert now - 86400 < service["startTime"] <= now
        assert service["startTime"] % 86400 == hour * 3600
    # Move to five minutes after the next start of the fifth service.
    start = services["GarbageCollection"]["startTime"] + 86400
    mock.control("POST", "/clock", {"advance": start + 300 - now})
    services = {
        s["name"]: s for s in system_admin.read("/services/statistics")["services"]["service"]
    }
    running = services["GarbageCollection"]
    assert (running["state"], running["endTime"]) == ("RUNNING", -1)
    assert running["formattedStartTime"].endswith(" 4:00:00 UTC")
    assert running["performanceLevel"] == "MEDIUM"
    assert running["objectsExamined"] == 1
    assert "formattedEndTime" not in running
    done = services["ContentVerification"]
    assert (done["state"], done["objectsExamined"]) == ("READY", 2)
    assert done["endTime"] == done["startTime"] + 600
    assert "performanceLevel" not in done


def test_services_share_the_objects_over_the_nodes(mock: Mock, system_admin: Client) -> None:
    mock.seed_namespace("full", objects=7)
    mock.seed(system={"services": [{"name": "Cleaner", "state": "DISABLED", "startTime": -1}]})
    found = system_admin.read("/services/statistics")
    whole = {s["name"]: s["objectsExamined"] for s in found["services"]["service"]}
    for name, count in whole.items():
        parts = [
            service["objectsExamined"]
            for node in found["nodes"]["node"]
            for service in node["services"]["service"]
            if service["name"] == name
        ]
        assert len(parts) == 4
        assert count - 3 <= sum(parts) <= count
    (cleaner,) = [s for s in found["services"]["service"] if s["name"] == "Cleaner"]
    assert (cleaner["state"], cleaner["startTime"]) == ("DISABLED", -1)
    document = system_admin.xml("/services/statistics")
    assert document.tag == "serviceStatistics"
    assert document.findtext("nodes/node/ipAddress") == "172.16.0.101"
    assert document.findtext("nodes/node/services/service/name") == "StorageTieringService"


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/network", {"GET", "POST"}),
        (LICENSES, {"GET", "PUT"}),
        (SUPPORT, {"GET", "PUT"}),
        ("/nodes/statistics", {"GET"}),
        ("/services/statistics", {"GET"}),
    ],
)
def test_methods(system_admin: Client, path: str, methods: set[str]) -> None:
    assert system_admin.head(path) == 200
    options = system_admin.call("OPTIONS", path)
    assert set(options.headers["Allow"].split(",")) == {"OPTIONS", "HEAD", *methods}
    for method in {"PUT", "POST", "DELETE"} - methods:
        assert system_admin.status(method, path, {}) == 405


def test_only_the_admin_host_has_the_system(mock: Mock) -> None:
    for user, password in (("boss", "Winter-42-Elk"), ("admin", "Hcp-Mock-1")):
        client = mock.client("finance", user, password)
        for path in ("/network", LICENSES, SUPPORT, "/nodes/statistics"):
            assert client.get(path).status_code == 403, (user, path)
            assert client.head(path) == 302


@pytest.mark.parametrize(
    "seed",
    [
        {"downstreamDNSMode": "NONE"},
        {"nodes": [{"cpuUser": 1}]},
        {"nodes": [{"nodeNumber": 0}]},
        {"services": [{"state": "READY"}]},
        {"licenses": [{"expirationDate": "2028-12-31"}]},
    ],
)
def test_bad_seeds(mock: Mock, seed: dict[str, Any]) -> None:
    answer = mock.control("POST", "/seed", {"system": seed})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("The seed is not usable: system.")


def test_the_address_of_a_node_does_not_matter(system_admin: Client) -> None:
    headers: dict[str, str | None] = {"Host": f"admin.{DOMAIN}:9090"}
    assert system_admin.call("GET", "/network", headers=headers).status_code == 200
