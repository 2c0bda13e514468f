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


def test_a_new_class(boss: Client) -> None:
    assert boss.put(CLASSES, body(BOX, TAKEN, namespaces={"name": ["MINE"]})) == 200
    assert sorted(boss.read(CLASSES)["name"]) == ["Scans", "X rays"]
    assert boss.read(f"{CLASSES}/x%20Rays") == {
        "name": "X rays",
        "contentProperties": {
            "contentProperty": [
                {**BOX, "multivalued": False, "format": ""},
                {**TAKEN, "type": "DATE", "multivalued": False},
            ]
        },
        "namespaces": {"name": ["mine"]},
    }


def test_a_class_in_xml(boss: Client) -> None:
    document = (
        "<contentClass><name>Scan list</name><contentProperties><contentProperty><name>box</name>"
        "<expression>/b</expression><type>STRING</type><multivalued>true</multivalued><format/>"
        "</contentProperty></contentProperties><namespaces><name>mine</name></namespaces>"
        "</contentClass>"
    )
    assert boss.put(CLASSES, document) == 200
    listed = boss.xml(CLASSES)
    assert {child.text for child in listed.findall("name")} == {"Scans", "Scan list"}
    item = boss.xml(f"{CLASSES}/Scan%20list")
    assert item.findtext("contentProperties/contentProperty/multivalued") == "true"
    assert item.findtext("namespaces/name") == "mine"
    emptied = "<contentClass><contentProperties/><namespaces/></contentClass>"
    assert boss.post(f"{CLASSES}/Scan%20list", emptied) == 200
    assert boss.read(f"{CLASSES}/Scan%20list") == {
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
def test_properties_of_a_class(boss: Client, document: dict[str, Any], status: int) -> None:
    assert boss.put(CLASSES, document) == status
    assert boss.status("GET", f"{CLASSES}/X%20rays") == (200 if status == 200 else 404)


def test_modifying_replaces_each_list(boss: Client) -> None:
    path = f"{CLASSES}/Scans"
    assert boss.post(path, body(BOX, name="SCANS", namespaces={"name": ["mine"]})) == 200
    before = boss.read(path)
    assert before["name"] == "Scans"
    assert boss.post(path, before) == 200
    assert boss.post(path, {}) == 200
    assert boss.read(path) == before
    assert boss.post(path, {"contentProperties": {"contentProperty": [TAKEN]}}) == 200
    shown = boss.read(path)
    assert [p["name"] for p in shown["contentProperties"]["contentProperty"]] == ["taken"]
    assert shown["namespaces"] == {"name": ["mine"]}
    assert boss.post(path, {"name": "Other"}) == 403
    bad = {"contentProperties": {"contentProperty": []}, "namespaces": {"name": ["absent"]}}
    assert boss.post(path, bad) == 400
    assert boss.read(path) == shown


def test_namespaces_and_classes_show_the_same_association(boss: Client) -> None:
    path = f"{CLASSES}/Scans"
    assert boss.post(INDEXING, {"contentClasses": {"name": ["Scans"]}}) == 200
    assert boss.read(path)["namespaces"] == {"name": ["mine"]}
    assert boss.post(path, {"namespaces": {"name": []}}) == 200
    assert boss.read(INDEXING)["contentClasses"] == {"name": []}
    assert boss.post(path, {"namespaces": {"name": ["mine"]}}) == 200
    assert boss.read(INDEXING)["contentClasses"] == {"name": ["Scans"]}
    assert boss.post(f"{T}/namespaces/mine", {"name": "yours"}) == 200
    assert boss.read(path)["namespaces"] == {"name": ["yours"]}
    assert boss.post(f"{T}/namespaces/yours", {"searchEnabled": False}) == 200
    assert boss.read(path)["namespaces"] == {"name": []}


def test_a_class_with_properties_stays(boss: Client) -> None:
    path = f"{CLASSES}/Scans"
    assert boss.post(path, body(BOX, name="Scans", namespaces={"name": ["mine"]})) == 200
    assert boss.delete(path) == 403
    assert boss.post(path, {"contentProperties": {"contentProperty": []}}) == 200
    assert boss.delete(path) == 200
    assert boss.delete(path) == boss.post(path, {}) == boss.get(path).status_code == 404
    assert boss.read(INDEXING)["contentClasses"] == {"name": []}


def test_methods_of_classes(boss: Client) -> None:
    path = f"{CLASSES}/Scans"
    assert boss.head(CLASSES) == boss.head(path) == 200
    assert boss.head(f"{CLASSES}/absent") == 302
    assert boss.put(path, {}) == boss.post(CLASSES, {}) == boss.delete(CLASSES) == 405


def test_tenants_without_search_have_no_classes(plain: Client) -> None:
    path = "/tenants/bare/contentClasses"
    assert plain.get(path).status_code == plain.put(path, {"name": "x"}) == 403
    assert plain.get(f"{path}/x").status_code == plain.delete(f"{path}/x") == 403


def test_classes_are_seeded_with_their_namespaces(mock: Mock, boss: Client) -> None:
    mock.seed_tenant(contentClasses=[{"name": "New", "namespaces": ["mine"]}])
    assert boss.read(f"{CLASSES}/new")["namespaces"] == {"name": ["mine"]}
    tenants = mock.control("GET", "/state").json()["tenants"]
    classes = next(t for t in tenants if t["name"] == "finance")["contentClasses"]
    assert {"name": "New", "contentProperties": [], "namespaces": ["mine"]} in classes
    mock.seed_tenant(contentClasses=[{"name": "New", "contentProperties": [BOX]}])
    shown = boss.read(f"{CLASSES}/new")
    assert shown["contentProperties"]["contentProperty"][0]["multivalued"] is False
    assert shown["namespaces"] == {"name": ["mine"]}
    mock.seed_tenant(contentClasses=[{"name": "New"}])
    assert boss.read(f"{CLASSES}/new") == shown
    mock.control("POST", "/reset")
    assert boss.read(CLASSES) == {"name": ["Scans"]}
