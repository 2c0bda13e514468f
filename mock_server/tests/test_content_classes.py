"""Content classes and the namespaces that use them."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

T = "/tenants/finance"
CLASSES = f"{T}/contentClasses"
INDEXING = f"{T}/namespaces/mine/customMetadataIndexingSettings"
BOX: dict[str, Any] = {"name": "box_no", "expression": "/scan/box", "type": "INTEGER"}
TAKEN = {"name": "taken", "expression": "@exif:/scan/date", "type": "date", "format": "yyyy-MM-dd"}


def body(*properties: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"name": "X rays", "contentProperties": {"contentProperty": [*properties]}, **values}


def test_a_new_class(tenant_admin: Client) -> None:
    assert tenant_admin.put(CLASSES, body(BOX, TAKEN, namespaces={"name": ["MINE"]})) == 200
    assert sorted(tenant_admin.read(CLASSES)["name"]) == ["Scans", "X rays"]
    assert tenant_admin.read(f"{CLASSES}/x%20Rays") == {
        "name": "X rays",
        "contentProperties": {
            "contentProperty": [
                {**BOX, "multivalued": False, "format": ""},
                {**TAKEN, "type": "DATE", "multivalued": False},
            ]
        },
        "namespaces": {"name": ["mine"]},
    }


def test_a_class_in_xml(tenant_admin: Client) -> None:
    document = (
        "<contentClass><name>Scan list</name><contentProperties><contentProperty><name>box</name>"
        "<expression>/b</expression><type>STRING</type><multivalued>true</multivalued><format/>"
        "</contentProperty></contentProperties><namespaces><name>mine</name></namespaces>"
        "</contentClass>"
    )
    assert tenant_admin.put(CLASSES, document) == 200
    listed = tenant_admin.xml(CLASSES)
    assert {child.text for child in listed.findall("name")} == {"Scans", "Scan list"}
    item = tenant_admin.xml(f"{CLASSES}/Scan%20list")
    assert item.findtext("contentProperties/contentProperty/multivalued") == "true"
    assert item.findtext("namespaces/name") == "mine"
    emptied = "<contentClass><contentProperties/><namespaces/></contentClass>"
    assert tenant_admin.post(f"{CLASSES}/Scan%20list", emptied) == 200
    assert tenant_admin.read(f"{CLASSES}/Scan%20list") == {
        "name": "Scan list",
        "contentProperties": {"contentProperty": []},
        "namespaces": {"name": []},
    }


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({"name": "SCANS"}, 409),
        ({}, 400),
        ({"name": ""}, 400),
        ({"name": "x" * 65}, 400),
        ({"name": "x", "description": "y"}, 400),
        (body(namespaces={"name": ["absent"]}), 400),
        (body(namespaces={"name": ["cloud"]}), 400),
        (body(namespaces=["mine"]), 400),
        (body(BOX, BOX), 400),
        (body(BOX, {**BOX, "name": "BOX_NO"}), 200),
        (body({**BOX, "name": "x" * 26}), 400),
        (body({**BOX, "name": "box-no"}), 400),
        (body({**BOX, "expression": ""}), 400),
        (body({**BOX, "type": "NUMBER"}), 400),
        (body({**BOX, "type": "STRING", "format": "x"}), 400),
        (body({**BOX, "type": "float", "format": "0.0"}), 200),
        (body({**BOX, "indexed": True}), 400),
        *((body({k: v for k, v in BOX.items() if k != name}), 400) for name in BOX),
    ],
)
def test_properties_of_a_class(tenant_admin: Client, document: dict[str, Any], status: int) -> None:
    assert tenant_admin.put(CLASSES, document) == status
    assert tenant_admin.status("GET", f"{CLASSES}/X%20rays") == (200 if status == 200 else 404)


def test_modifying_replaces_each_list(tenant_admin: Client) -> None:
    path = f"{CLASSES}/Scans"
    assert tenant_admin.post(path, body(BOX, name="SCANS", namespaces={"name": ["mine"]})) == 200
    before = tenant_admin.read(path)
    assert before["name"] == "Scans"
    assert tenant_admin.post(path, before) == 200
    assert tenant_admin.post(path, {}) == 200
    assert tenant_admin.read(path) == before
    assert tenant_admin.post(path, {"contentProperties": {"contentProperty": [TAKEN]}}) == 200
    shown = tenant_admin.read(path)
    assert [p["name"] for p in shown["contentProperties"]["contentProperty"]] == ["taken"]
    assert shown["namespaces"] == {"name": ["mine"]}
    assert tenant_admin.post(path, {"name": "Other"}) == 403
    bad = {"contentProperties": {"contentProperty": []}, "namespaces": {"name": ["absent"]}}
    assert tenant_admin.post(path, bad) == 400
    assert tenant_admin.read(path) == shown


def test_namespaces_and_classes_show_the_same_association(tenant_admin: Client) -> None:
    path = f"{CLASSES}/Scans"
    assert tenant_admin.post(INDEXING, {"contentClasses": {"name": ["Scans"]}}) == 200
    assert tenant_admin.read(path)["namespaces"] == {"name": ["mine"]}
    assert tenant_admin.post(path, {"namespaces": {"name": []}}) == 200
    assert tenant_admin.read(INDEXING)["contentClasses"] == {"name": []}
    assert tenant_admin.post(path, {"namespaces": {"name": ["mine"]}}) == 200
    assert tenant_admin.read(INDEXING)["contentClasses"] == {"name": ["Scans"]}
    assert tenant_admin.post(f"{T}/namespaces/mine", {"name": "yours"}) == 200
    assert tenant_admin.read(path)["namespaces"] == {"name": ["yours"]}
    assert tenant_admin.post(f"{T}/namespaces/yours", {"searchEnabled": False}) == 200
    assert tenant_admin.read(path)["namespaces"] == {"name": []}


def test_a_class_with_properties_stays(tenant_admin: Client) -> None:
    path = f"{CLASSES}/Scans"
    assert tenant_admin.post(path, body(BOX, name="Scans", namespaces={"name": ["mine"]})) == 200
    assert tenant_admin.delete(path) == 403
    assert tenant_admin.post(path, {"contentProperties": {"contentProperty": []}}) == 200
    assert tenant_admin.delete(path) == 200
    assert (
        tenant_admin.delete(path)
        == tenant_admin.post(path, {})
        == tenant_admin.get(path).status_code
        == 404
    )
    assert tenant_admin.read(INDEXING)["contentClasses"] == {"name": []}


def test_methods_of_classes(tenant_admin: Client) -> None:
    path = f"{CLASSES}/Scans"
    assert tenant_admin.head(CLASSES) == tenant_admin.head(path) == 200
    assert tenant_admin.head(f"{CLASSES}/absent") == 302
    assert (
        tenant_admin.put(path, {})
        == tenant_admin.post(CLASSES, {})
        == tenant_admin.delete(CLASSES)
        == 405
    )


def test_tenants_without_search_have_no_classes(basic_admin: Client) -> None:
    path = "/tenants/basic/contentClasses"
    assert basic_admin.get(path).status_code == basic_admin.put(path, {"name": "x"}) == 403
    assert basic_admin.get(f"{path}/x").status_code == basic_admin.delete(f"{path}/x") == 403


def test_classes_are_seeded_with_their_namespaces(mock: Mock, tenant_admin: Client) -> None:
    mock.seed_tenant(contentClasses=[{"name": "New", "namespaces": ["mine"]}])
    assert tenant_admin.read(f"{CLASSES}/new")["namespaces"] == {"name": ["mine"]}
    tenants = mock.control("GET", "/state").json()["tenants"]
    classes = next(t for t in tenants if t["name"] == "finance")["contentClasses"]
    assert {"name": "New", "contentProperties": [], "namespaces": ["mine"]} in classes
    mock.seed_tenant(contentClasses=[{"name": "New", "contentProperties": [BOX]}])
    shown = tenant_admin.read(f"{CLASSES}/new")
    assert shown["contentProperties"]["contentProperty"][0]["multivalued"] is False
    assert shown["namespaces"] == {"name": ["mine"]}
    mock.seed_tenant(contentClasses=[{"name": "New"}])
    assert tenant_admin.read(f"{CLASSES}/new") == shown
    mock.control("POST", "/reset")
    assert tenant_admin.read(CLASSES) == {"name": ["Scans"]}
