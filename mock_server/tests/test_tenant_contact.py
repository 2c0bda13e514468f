"""Contact, email notification and search security of a tenant."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Client, Mock

T = "/tenants/finance"
CONTACT, MAIL, SEARCH = f"{T}/contactInfo", f"{T}/emailNotification", f"{T}/searchSecurity"
TEMPLATE = {"from": "hcp@$location", "subject": "HCP $severity", "body": "$date\\n$fullText"}
EVERYWHERE = {"ipAddress": ["0.0.0.0/0", "::0/0"]}


def test_contact_starts_empty_and_keeps_what_is_not_sent(tenant_admin: Client) -> None:
    before = tenant_admin.read(CONTACT)
    assert len(before) == 11
    assert set(before.values()) == {""}
    change = {"firstName": "Kim", "emailAddress": "kim@lab.test", "primaryPhone": "+46 (46) 0.0-0"}
    assert tenant_admin.post(CONTACT, change) == 200
    body = "<contactInfo><city>Lund</city><firstName></firstName></contactInfo>"
    assert tenant_admin.post(CONTACT, body) == 200
    assert tenant_admin.read(CONTACT) == {**before, **change, "city": "Lund", "firstName": ""}
    shown = tenant_admin.xml(CONTACT)
    assert shown.tag == "contactInfo"
    assert shown.findtext("emailAddress") == "kim@lab.test"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"firstName": "x" * 65}, 400),
        ({"lastName": "x" * 64}, 200),
        ({"emailAddress": "nobody"}, 400),
        ({"emailAddress": f"{'x' * 250}@x.se"}, 400),
        ({"emailAddress": ""}, 200),
        ({"primaryPhone": "0" * 25}, 400),
        ({"primaryPhone": "46x"}, 400),
        ({"email": "kim@lab.test"}, 400),
        ({"city": None}, 400),
    ],
)
def test_properties_of_a_contact(tenant_admin: Client, change: dict[str, Any], status: int) -> None:
    assert tenant_admin.post(CONTACT, change) == status


def test_recipients_replace_and_have_defaults(tenant_admin: Client) -> None:
    assert tenant_admin.read(MAIL)["recipients"] == {"recipient": []}
    first = {"address": "ops@lab.test, sec@lab.test"}
    other = {
        "address": "all@lab.test",
        "importance": "all",
        "severity": "Notice",
        "type": "security,GENERAL",
    }
    assert (
        tenant_admin.post(MAIL, {"enabled": True, "recipients": {"recipient": [first, other]}})
        == 200
    )
    shown = tenant_admin.read(MAIL)
    assert shown["enabled"] is True
    assert shown["recipients"]["recipient"] == [
        {**first, "importance": "MAJOR", "severity": "ERROR", "type": "GENERAL"},
        {
            "address": "all@lab.test",
            "importance": "ALL",
            "severity": "NOTICE",
            "type": "SECURITY,GENERAL",
        },
    ]
    body = (
        "<emailNotification><recipients><recipient><address>one@lab.test</address></recipient>"
        "</recipients></emailNotification>"
    )
    assert tenant_admin.post(MAIL, body) == 200
    addresses = [
        element.text for element in tenant_admin.xml(MAIL).findall("recipients/recipient/address")
    ]
    assert addresses == ["one@lab.test"]
    assert tenant_admin.post(MAIL, {"recipients": {"recipient": []}}) == 200
    assert tenant_admin.read(MAIL)["recipients"] == {"recipient": []}
    assert tenant_admin.read(MAIL)["enabled"] is True


def test_an_empty_template_is_the_default_one(tenant_admin: Client) -> None:
    before = tenant_admin.read(MAIL)["emailTemplate"]
    assert before["from"] == "log@$location"
    assert before["subject"] == "[$severity] $shortText"
    assert tenant_admin.post(MAIL, {"emailTemplate": TEMPLATE}) == 200
    assert tenant_admin.read(MAIL)["emailTemplate"] == TEMPLATE
    assert tenant_admin.xml(MAIL).findtext("emailTemplate/from") == "hcp@$location"
    without = {name: TEMPLATE[name] for name in ("from", "subject")}
    assert tenant_admin.post(MAIL, {"emailTemplate": without}) == 200
    assert tenant_admin.read(MAIL)["emailTemplate"] == {**without, "body": ""}
    assert tenant_admin.post(MAIL, {"enabled": True}) == 200
    assert tenant_admin.read(MAIL)["emailTemplate"] == {**without, "body": ""}
    assert tenant_admin.post(MAIL, "<emailNotification><emailTemplate/></emailNotification>") == 200
    assert tenant_admin.read(MAIL)["emailTemplate"] == before


@pytest.mark.parametrize(
    "change",
    [
        {"emailTemplate": {"from": "a@b"}},
        {"emailTemplate": {"subject": "x"}},
        {"emailTemplate": {"body": "x"}},
        {"emailTemplate": {**TEMPLATE, "from": "nobody"}},
        {"emailTemplate": {**TEMPLATE, "subject": "two\nlines"}},
        {"emailTemplate": {**TEMPLATE, "body": "a\ttab"}},
        {"emailTemplate": {**TEMPLATE, "body": ""}},
        {"emailTemplate": {**TEMPLATE, "sender": "a@b"}},
        {"recipients": {"recipient": [{"importance": "ALL"}]}},
        {"recipients": {"recipient": [{"address": "a@b,"}]}},
        {"recipients": {"recipient": [{"address": "nobody"}]}},
        {"recipients": {"recipient": [{"address": "a@b", "importance": "SOME"}]}},
        {"recipients": {"recipient": [{"address": "a@b", "severity": "FATAL"}]}},
        {"recipients": {"recipient": [{"address": "a@b", "type": "GENERAL,OTHER"}]}},
        {"recipients": {"recipient": [{"address": "a@b"}] * 26}},
        {"recipients": [{"address": "a@b"}]},
    ],
)
def test_bad_notifications_change_nothing(tenant_admin: Client, change: dict[str, Any]) -> None:
    before = tenant_admin.read(MAIL)
    assert tenant_admin.post(MAIL, {"enabled": True, **change}) == 400
    assert tenant_admin.read(MAIL) == before


def test_search_security(tenant_admin: Client) -> None:
    assert tenant_admin.read(SEARCH)["ipSettings"]["allowAddresses"] == EVERYWHERE
    body = (
        "<searchSecurity><ipSettings><denyAddresses><ipAddress>10.0.0.0/8</ipAddress>"
        "</denyAddresses><allowIfInBothLists>false</allowIfInBothLists></ipSettings>"
        "</searchSecurity>"
    )
    assert tenant_admin.post(SEARCH, body) == 200
    assert tenant_admin.read(SEARCH) == {
        "ipSettings": {
            "allowAddresses": EVERYWHERE,
            "allowIfInBothLists": False,
            "denyAddresses": {"ipAddress": ["10.0.0.0/8"]},
        }
    }
    assert tenant_admin.xml(SEARCH).findtext("ipSettings/denyAddresses/ipAddress") == "10.0.0.0/8"
    bad = {"ipSettings": {"allowAddresses": {"ipAddress": ["nowhere"]}}}
    assert tenant_admin.post(SEARCH, bad) == 400
    assert tenant_admin.post(SEARCH, {"loginMessage": "x"}) == 400


@pytest.mark.parametrize("path", [CONTACT, MAIL, SEARCH])
def test_methods_of_settings(tenant_admin: Client, path: str) -> None:
    assert tenant_admin.head(path) == 200
    assert tenant_admin.put(path, {}) == tenant_admin.delete(path) == 405
    assert tenant_admin.get(path.replace("finance", "absent")).status_code == 403


def test_settings_are_seeded(mock: Mock, tenant_admin: Client) -> None:
    mock.seed_tenant(
        contactInfo={"city": "Lund"},
        emailNotification={"recipients": [{"address": "a@lab.test"}]},
        searchSecurity={"ipSettings": {"allowIfInBothLists": False}},
    )
    assert tenant_admin.read(CONTACT)["city"] == "Lund"
    assert tenant_admin.read(MAIL)["recipients"]["recipient"][0]["severity"] == "ERROR"
    assert tenant_admin.read(SEARCH)["ipSettings"]["allowIfInBothLists"] is False
    tenants = mock.control("GET", "/state").json()["tenants"]
    state = next(tenant for tenant in tenants if tenant["name"] == "finance")
    assert state["contactInfo"]["city"] == "Lund"
    assert state["emailNotification"]["emailTemplate"]["from"] == "log@$location"
    assert state["searchSecurity"]["ipSettings"]["allowIfInBothLists"] is False
