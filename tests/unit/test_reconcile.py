"""Plans are made from a task and a state alone; nothing here talks to anything."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.credentials import (
    Credentials,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.mapi.client import (
    Client,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.transport import (
    Endpoint,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.reconcile.model import (
    Outcome,
    Task,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.reconcile.plan import plan
from ansible_collections.contentplatform.hcp.plugins.module_utils.refusal import RefusedError
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.namespace import (
    NAMESPACES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.tenant import TENANTS
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.user import USERS
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.context import State
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.resource import Resource

HTTP = {
    "hs3_enabled": False,
    "webdav_basic_auth_username": "dav",
    "ip_settings": {
        "allow_addresses": ["0.0.0.0/0"],
        "deny_addresses": [],
        "allow_if_in_both_lists": True,
    },
}


def task(
    resource: Resource,
    options: dict[str, Any],
    level: str | None = None,
    confirm: tuple[str, ...] = (),
    present: bool = True,
) -> Task:
    names = {"tenant": "finance"} if resource.parents else {}
    client = Client(Endpoint("hcp.example.com"), Credentials("u", "p"), "admin")
    return Task(
        resource,
        {**names, "name": "alpha", **options},
        client,
        level or resource.level,
        present=present,
        confirmed=frozenset(confirm),
    )


def planned(work: Task, item: dict[str, Any] | None = None, **parts: Any) -> Outcome:
    state = State(False, work.name) if item is None else State(True, work.name, item, {}, parts)
    return plan(work, state)


def bodies(outcome: Outcome) -> list[tuple[str, str, Any]]:
    return [
        (step.method, step.path.rpartition("/namespaces")[2], step.body) for step in outcome.steps
    ]


def test_what_hcp_has_already_is_no_change() -> None:
    work = task(NAMESPACES, {"hard_quota": "50 GB", "tags": ["A"], "replication_enabled": False})
    outcome = planned(work, {"hard_quota": "50.00 GB", "tags": ["a"], "description": "x"})
    assert not outcome.changed
    assert outcome.before == outcome.after


def test_only_what_differs_is_sent() -> None:
    work = task(NAMESPACES, {"hard_quota": "60 GB", "soft_quota": 85, "description": ""})
    current = {"hard_quota": "50.00 GB", "soft_quota": 85, "description": "old", "tags": ["a"]}
    outcome = planned(work, current)
    assert bodies(outcome) == [("POST", "/alpha", {"hardQuota": "60 GB", "description": ""})]
    assert outcome.after == {**outcome.before, "hard_quota": "60.00 GB", "description": ""}


def test_creation_sends_what_is_given_and_what_mapi_insists_on() -> None:
    work = task(USERS, {"user_password": "Secret-1", "roles": ["MONITOR"]})
    step = planned(work).steps[0]
    assert (step.method, step.path) == ("PUT", "/tenants/finance/userAccounts")
    assert step.body == {
        "username": "alpha",
        "fullName": "alpha",
        "enabled": True,
        "forcePasswordChange": False,
        "localAuthentication": True,
        "roles": {"role": ["MONITOR"]},
    }
    assert step.query == {"password": "Secret-1"}
    assert "Secret-1" not in str(step.as_dict())


def test_what_mapi_does_not_take_at_creation_follows() -> None:
    options = {
        "user_password": "Secret-1",
        "roles": ["MONITOR"],
        "allow_namespace_management": True,
    }
    steps = planned(task(USERS, options)).steps
    assert [(step.action, step.method) for step in steps] == [("create", "PUT"), ("update", "POST")]
    assert steps[1].body == {"allowNamespaceManagement": True}


def test_what_a_creation_brings_with_it_is_not_sent_again() -> None:
    options = {
        "user_password": "Secret-1",
        "roles": ["ADMINISTRATOR"],
        "allow_namespace_management": True,
    }
    assert len(planned(task(USERS, options)).steps) == 1


def test_parts_of_a_new_resource_are_sent_without_reading_them() -> None:
    work = task(NAMESPACES, {"versioning": {"enabled": True}, "permission_mask": ["READ"]})
    assert bodies(planned(work)) == [
        ("PUT", "", {"name": "alpha"}),
        ("POST", "/alpha/permissions", {"permission": ["READ"]}),
        ("POST", "/alpha/versioningSettings", {"enabled": True}),
    ]


@pytest.mark.parametrize(
    ("versioning", "cifs", "order"),
    [
        (False, True, ["versioningSettings", "protocols/cifs"]),
        (True, False, ["protocols/cifs", "versioningSettings"]),
    ],
)
def test_what_excludes_versioning_is_off_while_it_is_on(
    versioning: bool, cifs: bool, order: list[str]
) -> None:
    work = task(NAMESPACES, {"versioning": {"enabled": versioning}, "cifs": {"enabled": cifs}})
    outcome = planned(work, {}, versioning={"enabled": not versioning}, cifs={"enabled": not cifs})
    assert [step.path.partition("/alpha/")[2] for step in outcome.steps] == order


def test_versioning_goes_off_before_appending_goes_on() -> None:
    work = task(NAMESPACES, {"append_enabled": True, "versioning": {"enabled": False}})
    outcome = planned(work, {"append_enabled": False}, versioning={"enabled": True})
    assert [path for _method, path, _body in bodies(outcome)] == [
        "/alpha/versioningSettings",
        "/alpha",
    ]


def test_an_object_inside_an_object_is_sent_whole() -> None:
    work = task(NAMESPACES, {"http": {"ip_settings": {"deny_addresses": ["10.0.0.1"]}}})
    assert bodies(planned(work, {}, http=HTTP))[0][2] == {
        "ipSettings": {
            "allowAddresses": {"ipAddress": ["0.0.0.0/0"]},
            "denyAddresses": {"ipAddress": ["10.0.0.1"]},
            "allowIfInBothLists": True,
        }
    }


def test_a_secret_goes_with_its_user_and_is_no_change_alone() -> None:
    http = {"webdav_basic_auth_username": "dav", "webdav_basic_auth_password": "Secret-1"}
    assert not planned(task(NAMESPACES, {"http": http}), {}, http=HTTP).changed
    other = planned(
        task(NAMESPACES, {"http": dict(http, webdav_basic_auth_username="other")}), {}, http=HTTP
    )
    assert bodies(other)[0][2] == {
        "webdavBasicAuthUsername": "other",
        "webdavBasicAuthPassword": "Secret-1",
    }
    assert "Secret-1" not in f"{other.before}{other.after}{[s.as_dict() for s in other.steps]}"
    assert other.steps[0].hidden == ("http.webdav_basic_auth_password",)
    always = task(NAMESPACES, {"http": http, "update_webdav_password": "always"})
    assert planned(always, {}, http=HTTP).changed


def test_removing_the_webdav_user_removes_the_password_with_it() -> None:
    work = task(NAMESPACES, {"http": {"webdav_basic_auth_username": ""}})
    assert bodies(planned(work, {}, http=HTTP))[0][2] == {
        "webdavBasicAuthUsername": "",
        "webdavBasicAuthPassword": "",
    }


def test_days_that_mean_nothing_are_not_sent() -> None:
    off = {"delete_enabled": False, "delete_days": 30}
    work = task(NAMESPACES, {"replication_collision": off})
    current = {"action": "MOVE", "delete_enabled": True, "delete_days": 30}
    assert bodies(planned(work, {}, replication_collision=current))[0][2] == {
        "deleteEnabled": False
    }
    assert not planned(work, {}, replication_collision={"delete_enabled": False}).changed


def test_deleting_days_travel_with_their_switch() -> None:
    work = task(NAMESPACES, {"replication_collision": {"delete_days": 5}})
    current = {"action": "MOVE", "delete_enabled": True, "delete_days": 30}
    assert bodies(planned(work, {}, replication_collision=current))[0][2] == {
        "deleteEnabled": True,
        "deleteDays": 5,
    }


def test_an_owner_travels_with_its_kind_and_goes_without_it() -> None:
    current = {"owner": "kim", "owner_type": "LOCAL"}
    changed = task(NAMESPACES, {"owner": "kim@ad.example", "owner_type": "EXTERNAL"})
    assert planned(changed, current).steps[0].body == {
        "owner": "kim@ad.example",
        "ownerType": "EXTERNAL",
    }
    gone = task(NAMESPACES, {"owner": ""})
    assert planned(gone, current).steps[0].body == {"owner": ""}


def test_empty_cors_removes_it_and_removes_nothing_twice() -> None:
    work = task(NAMESPACES, {"cors": []})
    rules = [{"allowed_origins": ["*"], "allowed_methods": ["GET"]}]
    assert bodies(planned(work, {}, cors=rules)) == [("DELETE", "/alpha/cors", None)]
    assert not planned(work, {}, cors=None).changed


def test_a_new_name_goes_first_and_the_parts_follow_under_it() -> None:
    work = task(NAMESPACES, {"from_name": "old", "permission_mask": ["READ"]})
    parts = {"permission_mask": ["READ", "WRITE"]}
    state = State(True, "old", parts=parts, renaming=True)
    assert bodies(plan(work, state)) == [
        ("POST", "/old", {"name": "alpha"}),
        ("POST", "/alpha/permissions", {"permission": ["READ"]}),
    ]


def test_case_is_no_new_name() -> None:
    work = task(NAMESPACES, {})
    assert not plan(work, State(True, "ALPHA")).changed


def test_what_hcp_calls_it_is_no_new_name() -> None:
    assert not plan(task(NAMESPACES, {}), State(True, "5")).changed


@pytest.mark.parametrize(
    ("resource", "options", "current", "word"),
    [
        (NAMESPACES, {"enterprise_mode": False}, {"enterprise_mode": True}, "enterprise_mode"),
        (NAMESPACES, {"enterprise_mode": False}, None, "enterprise_mode"),
        (NAMESPACES, {"acls_usage": "ENFORCED"}, {"acls_usage": "NOT_ENABLED"}, "acls_usage"),
        (NAMESPACES, {"retention_type": "S3"}, {"retention_type": "HCP"}, "retention_type"),
        (NAMESPACES, {"search_enabled": False}, {"search_enabled": True}, "search_enabled"),
        (
            TENANTS,
            {"search_configuration_enabled": True},
            {"search_configuration_enabled": False},
            "search_configuration_enabled",
        ),
        (TENANTS, {"service_plan_selection_enabled": True}, {}, "service_plan_selection_enabled"),
    ],
)
def test_what_cannot_be_undone_takes_a_confirmation(
    resource: Resource, options: dict[str, Any], current: dict[str, Any] | None, word: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        planned(task(resource, options), current)
    assert refusal.value.code == "needs_confirmation"
    assert f"'confirm: [{word}]'" in str(refusal.value)
    assert refusal.value.option == word
    outcome = planned(task(resource, options, confirm=(word,)), current)
    assert [step.risk for step in outcome.steps] == ["irreversible"]


def test_a_longer_minimum_retention_takes_a_confirmation_and_a_shorter_none() -> None:
    word = "minimum_retention_after_initial_unspecified"
    work = task(NAMESPACES, {"compliance": {word: "2y"}})
    with pytest.raises(RefusedError, match="made longer only"):
        planned(work, {}, compliance={word: "1y+0M+0d"})
    assert planned(work, {}, compliance={word: "3y+0M+0d"}).changed


@pytest.mark.parametrize("resource", [TENANTS, NAMESPACES])
def test_deleting_what_holds_data_takes_a_confirmation(resource: Resource) -> None:
    with pytest.raises(RefusedError, match=r"confirm: \[delete\]"):
        planned(task(resource, {}, present=False), {})
    outcome = planned(task(resource, {}, present=False, confirm=("delete",)), {})
    assert [(step.method, step.risk) for step in outcome.steps] == [("DELETE", "delete")]
    assert outcome.after == {}


def test_deleting_a_user_takes_none_and_an_absent_one_nothing() -> None:
    assert planned(task(USERS, {}, present=False), {}).changed
    assert not planned(task(USERS, {}, present=False)).changed


@pytest.mark.parametrize(
    ("resource", "options", "current"),
    [
        (NAMESPACES, {"hash_scheme": "SHA-512"}, {"hash_scheme": "SHA-256"}),
        (NAMESPACES, {"enterprise_mode": True}, {"enterprise_mode": False}),
        (NAMESPACES, {"acls_usage": "NOT_ENABLED"}, {"acls_usage": "ENFORCED"}),
        (USERS, {"local_authentication": False}, {"local_authentication": True}),
        (
            TENANTS,
            {"compliance_configuration_enabled": False},
            {"compliance_configuration_enabled": True},
        ),
    ],
)
def test_what_hcp_forbids_is_refused_before_anything_is_sent(
    resource: Resource, options: dict[str, Any], current: dict[str, Any]
) -> None:
    words = tuple(resource.confirmations())
    with pytest.raises(RefusedError) as refusal:
        planned(task(resource, options, confirm=words), current)
    assert refusal.value.code == "forbidden_change"
    assert next(iter(options)) in str(refusal.value)


def test_whether_versioning_can_be_taken_from_a_tenant_is_left_to_hcp() -> None:
    work = task(TENANTS, {"versioning_configuration_enabled": False})
    assert planned(work, {"versioning_configuration_enabled": True}).changed


def test_a_system_level_account_cannot_set_what_is_the_tenants_own() -> None:
    work = task(TENANTS, {"administration_allowed": True})
    with pytest.raises(RefusedError, match="account_level: tenant") as refusal:
        planned(work, {"hard_quota": "5.00 GB"})
    assert refusal.value.code == "wrong_level"
    # Where the tenant allows it, HCP shows these settings, and then they can be set.
    work = task(TENANTS, {"tenant_visible_description": "new"})
    assert planned(work, {"tenant_visible_description": "old"}).changed


def test_a_tenant_level_account_cannot_set_what_the_tenant_is_given() -> None:
    work = task(TENANTS, {"hard_quota": "9 GB"}, level="tenant")
    with pytest.raises(RefusedError, match="account_level: system"):
        planned(work, {"hard_quota": "5.00 GB"})
    assert not planned(work, {"hard_quota": "9.00 GB"}).changed


def test_hidden_roles_are_unknown_and_not_empty() -> None:
    with pytest.raises(RefusedError, match="role SECURITY") as refusal:
        planned(task(USERS, {"roles": ["MONITOR"]}), {"full_name": "alpha"})
    assert refusal.value.code == "hidden"


def test_a_tenant_without_a_first_account_is_not_created() -> None:
    with pytest.raises(RefusedError, match="initial_user or initial_security_group"):
        planned(task(TENANTS, {"hard_quota": "5 GB"}))
    work = task(TENANTS, {"initial_security_group": "storage@ad.example"})
    assert planned(work).steps[0].query == {"initialSecurityGroup": "storage@ad.example"}


def test_the_first_account_goes_into_the_query_and_nowhere_else() -> None:
    user = {"username": "first", "password": "Secret-1"}
    outcome = planned(task(TENANTS, {"initial_user": user}))
    assert outcome.steps[0].query == {
        "username": "first",
        "password": "Secret-1",
        "forcePasswordChange": "false",
    }
    assert "Secret-1" not in f"{outcome.before}{outcome.after}{outcome.steps[0].as_dict()}"


def test_a_forced_password_change_converges_after_the_user_has_changed_it() -> None:
    current = {"force_password_change": False, "local_authentication": True}
    assert not planned(task(USERS, {"force_password_change": True}), current).changed
    renewed = {
        "force_password_change": True,
        "user_password": "Secret-1",
        "update_password": "always",
    }
    # A new password ends a forced change, so the flag comes after it.
    assert [
        step.body for step in planned(task(USERS, renewed), current, user_password=False).steps
    ] == [
        {"newPassword": "Secret-1"},
        {"forcePasswordChange": True},
    ]


def test_labels_say_where_a_resource_is() -> None:
    outcome = planned(task(NAMESPACES, {"nfs": {"uid": 5}}), {}, nfs={"uid": 0})
    assert outcome.steps[0].resource == "nfs of namespace alpha of tenant finance"
