"""The shape of documents in XML and JSON."""

from __future__ import annotations

from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from .conftest import Client, Mock

T = "/tenants/finance"
N = f"{T}/namespaces/cloud"
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

ORDER = {
    N: "aclsUsage authUsersAlwaysGrantedAllPermissions allowPermissionAndOwnershipChanges "
    "appendEnabled atimeSynchronizationEnabled authMinimumPermissions creationTime "
    "customMetadataIndexingEnabled customMetadataValidationEnabled description dpl enterpriseMode "
    "allowErasureCoding fullyQualifiedName hardQuota hashScheme indexingDefault indexingEnabled "
    "isDplDynamic mqeIndexingTimestamp multipartUploadAutoAbortDays name optimizedFor owner "
    "ownerType readFromReplica replicationEnabled replicationTimestamp searchEnabled servicePlan "
    "serviceRemoteSystemRequests softQuota s3UnversionedOverwrite tags id "
    "authAndAnonymousMinimumPermissions",
    T: "administrationAllowed authenticationTypes complianceConfigurationEnabled creationTime "
    "dataNetwork fullyQualifiedName hardQuota managementNetwork maxNamespacesPerUser name "
    "namespaceQuota replicationConfigurationEnabled snmpLoggingEnabled searchConfigurationEnabled "
    "servicePlan servicePlanSelectionEnabled softQuota syslogLoggingEnabled "
    "systemVisibleDescription tags tenantVisibleDescription id versioningConfigurationEnabled",
    f"{T}/userAccounts/boss": "enabled localAuthentication roles allowNamespaceManagement "
    "description forcePasswordChange fullName userGUID userID username",
    f"{T}/namespaces/mine/retentionClasses/Keep-5y": "description value allowDisposition name",
    f"{N}/versioningSettings": "enabled keepDeletionRecords prune pruneDays useDeleteMarkers",
    f"{N}/complianceSettings": "customMetadataChanges retentionDefault "
    "minimumRetentionAfterInitialUnspecified dispositionEnabled shreddingDefault",
    f"{T}/availableServicePlans/Gold": "name description",
    f"{N}/protocols/http": "hs3Enabled hs3RequiresAuthentication httpActiveDirectorySSOEnabled "
    "httpEnabled httpsEnabled ipSettings restEnabled restRequiresAuthentication "
    "webdavBasicAuthEnabled webdavBasicAuthPassword webdavBasicAuthUsername webdavCustomMetadata "
    "webdavEnabled",
}


@pytest.mark.parametrize(("path", "order"), ORDER.items())
def test_elements_stand_in_the_order_of_the_schema(
    tenant_admin: Client, path: str, order: str
) -> None:
    headers: dict[str, str | None] = {"Accept": "application/xml"}
    root = fromstring(tenant_admin.call("GET", path, headers=headers, verbose="true").content)
    found = [child.tag for child in root]
    known = [name for name in found if name in order.split()]
    assert known == [name for name in order.split() if name in found]
    assert list(tenant_admin.read(path, verbose="true")) == found


def test_values_of_a_namespace(tenant_admin: Client) -> None:
    document = tenant_admin.read(N, verbose="true")
    assert document["hardQuota"] == "10.00 GB"
    assert document["softQuota"] == 85
    assert document["enterpriseMode"] is True
    assert document["tags"] == {"tag": ["lab"]}
    assert document["authMinimumPermissions"] == {"permission": []}
    assert document["description"] == ""
    assert (document["owner"], document["ownerType"]) == ("", "")
    assert document["dpl"] == "Dynamic"
    assert document["fullyQualifiedName"] == "cloud.finance.hcp.example.com"
    assert document["creationTime"][19:] == "+0000"
    assert "versioningSettings" not in document


def _xml(client: Client, path: str) -> str:
    answer = client.call("GET", path, headers={"Accept": "application/xml"})
    assert answer.text.startswith(PROLOG)
    return answer.text.removeprefix(PROLOG)


def test_lists_of_names(tenant_admin: Client, mock: Mock) -> None:
    assert _xml(tenant_admin, f"{T}/groupAccounts") == (
        "<groupAccounts><groupname>ops@ad.example.com</groupname></groupAccounts>"
    )
    path = f"{T}/namespaces/mine/retentionClasses"
    assert _xml(tenant_admin, path) == "<retentionClasses><name>Keep-5y</name></retentionClasses>"
    assert tenant_admin.read(path) == {"name": ["Keep-5y"]}
    names = mock.client("basic", "boss")
    assert _xml(names, "/tenants/basic/userAccounts") == (
        "<userAccounts><username>boss</username></userAccounts>"
    )


def test_empty_lists(tenant_admin: Client) -> None:
    path = f"{N}/retentionClasses"
    assert _xml(tenant_admin, path) == "<retentionClasses />"
    assert tenant_admin.read(path) == {"name": []}
    assert tenant_admin.read(f"{T}/userAccounts/none")["roles"] == {"role": []}
    assert "<roles />" in _xml(tenant_admin, f"{T}/userAccounts/none")


def test_masks_and_data_permissions(tenant_admin: Client) -> None:
    assert tenant_admin.post(f"{N}/permissions", {"permission": ["READ"]}) == 200
    assert _xml(tenant_admin, f"{N}/permissions") == (
        "<permissions><permission>READ</permission></permissions>"
    )
    path = f"{T}/userAccounts/none/dataAccessPermissions"
    assert _xml(tenant_admin, path) == "<dataAccessPermissions />"
    sent = (
        "<dataAccessPermissions><namespacePermission><namespaceName>cloud</namespaceName>"
        "<permissions><permission>BROWSE</permission></permissions></namespacePermission>"
        "</dataAccessPermissions>"
    )
    assert tenant_admin.post(path, sent) == 200
    assert _xml(tenant_admin, path) == sent
    assert tenant_admin.read(path) == {
        "namespacePermission": [
            {"namespaceName": "cloud", "permissions": {"permission": ["BROWSE"]}}
        ]
    }


def test_nested_settings(tenant_admin: Client) -> None:
    path = f"{N}/protocols/nfs"
    assert tenant_admin.read(path)["ipSettings"] == {
        "allowAddresses": {"ipAddress": ["0.0.0.0/0", "::0/0"]}
    }
    assert tenant_admin.read(f"{N}/protocols/http")["ipSettings"] == {
        "allowAddresses": {"ipAddress": ["0.0.0.0/0", "::0/0"]},
        "allowIfInBothLists": True,
        "denyAddresses": {"ipAddress": []},
    }
    assert _xml(tenant_admin, path) == (
        "<nfsProtocol><enabled>false</enabled><gid>0</gid><ipSettings><allowAddresses>"
        "<ipAddress>0.0.0.0/0</ipAddress><ipAddress>::0/0</ipAddress></allowAddresses></ipSettings>"
        "<uid>0</uid></nfsProtocol>"
    )


@pytest.mark.parametrize(
    "value",
    [["a"], {"tag": "a"}, {"name": ["a"]}, "a", None, {"tag": [1]}, {"tag": [None]}, {}],
)
def test_lists_need_their_wrapper(tenant_admin: Client, value: object) -> None:
    assert tenant_admin.post(N, {"tags": value}) == 400


def test_lists_in_xml_need_their_element(tenant_admin: Client) -> None:
    assert tenant_admin.post(N, "<namespace><tags><name>a</name></tags></namespace>") == 400
    assert tenant_admin.post(N, "<namespace><tags>a</tags></namespace>") == 400
    assert tenant_admin.post(N, "<namespace><tags></tags></namespace>") == 200
    assert tenant_admin.read(N)["tags"] == {"tag": []}


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (True, True),
        ("t", True),
        ("1", True),
        (1, True),
        ("TRUE", False),
        ("yes", False),
        (0, False),
    ],
)
def test_booleans_are_true_or_silently_false(
    tenant_admin: Client, value: object, read: bool
) -> None:
    assert tenant_admin.post(N, {"atimeSynchronizationEnabled": value}) == 200
    assert tenant_admin.read(N)["atimeSynchronizationEnabled"] is read
    body = f"<namespace><indexingDefault>{str(value).lower()}</indexingDefault></namespace>"
    assert tenant_admin.post(N, body) == 200


def test_numbers_may_be_quoted(tenant_admin: Client) -> None:
    assert tenant_admin.post(N, {"softQuota": "60"}) == 200
    assert tenant_admin.read(N)["softQuota"] == 60
    for value in ("6x", 60.5, True, ""):
        assert tenant_admin.post(N, {"softQuota": value}) == 400


def test_enumerations_ignore_case_but_for_the_documented_ones(tenant_admin: Client) -> None:
    assert tenant_admin.post(N, {"aclsUsage": "not_enforced", "optimizedFor": "cloud"}) == 200
    assert tenant_admin.read(N)["aclsUsage"] == "NOT_ENFORCED"
    assert tenant_admin.post(N, {"aclsUsage": "ENABLED"}) == 400
    assert tenant_admin.post(f"{T}/namespaceDefaults", {"hashScheme": "sha-512"}) == 400
    assert tenant_admin.post(f"{T}/namespaceDefaults", {"hashScheme": "SHA-512"}) == 200
    assert tenant_admin.post(f"{N}/permissions", {"permission": ["read"]}) == 400


def test_unknown_properties_are_bad_and_known_ones_are_refused(tenant_admin: Client) -> None:
    answer = tenant_admin.call("POST", N, {"nonsense": 1})
    assert (answer.status_code, answer.headers["X-HCP-ErrorMessage"]) == (
        400,
        "'nonsense' is not a valid property.",
    )
    for name in ("hashScheme", "creationTime", "id", "fullyQualifiedName", "isDplDynamic"):
        answer = tenant_admin.call("POST", N, {name: "x"})
        assert (answer.status_code, answer.headers["X-HCP-ErrorMessage"]) == (
            403,
            f"'{name}' property cannot be modified.",
        )
    assert tenant_admin.post(N, {"dpl": "anything"}) == 200
    assert tenant_admin.read(N)["dpl"] == "Dynamic"


def test_cors_is_text_in_cdata(tenant_admin: Client) -> None:
    rules = (
        "<CORSConfiguration><CORSRule><AllowedOrigin>https://a.example</AllowedOrigin>"
        "<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>"
    )
    assert tenant_admin.put(f"{N}/cors", f"<cors><![CDATA[{rules}]]></cors>") == 200
    stored = f'<?xml version="1.0" encoding="UTF-8"?>{rules}'
    assert tenant_admin.read(f"{N}/cors") == {"cors": stored}
    assert _xml(tenant_admin, f"{N}/cors") == f"<cors><![CDATA[{stored}]]></cors>"
    assert tenant_admin.put(f"{N}/cors", f"<cors>{rules}</cors>") == 400


def test_empty_actions(tenant_admin: Client, system_admin: Client) -> None:
    bodies: list[Any] = [{}, "<userAccounts/>"]
    for body in bodies:
        assert system_admin.post(f"{T}/userAccounts", body, resetPasswords="Fresh-11-Pw") == 200
    assert (
        system_admin.post(f"{T}/userAccounts", "<userAccount/>", resetPasswords="Fresh-11-Pw")
        == 400
    )
    assert system_admin.post(f"{T}/userAccounts", {"x": 1}, resetPasswords="Fresh-11-Pw") == 400
    assert system_admin.post(f"{T}/userAccounts", None, resetPasswords="Fresh-11-Pw") == 400
