"""The XML schema: access, and validation of the mock's responses."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import xmlschema

from hcp_mock.api.mapi.documents import DOCUMENTS
from hcp_mock.api.mapi.routes import route_table
from hcp_mock.api.mapi.routing import Router
from hcp_mock.api.mapi.schema import schema
from hcp_mock.api.media import XML
from hcp_mock.models.base import DataType
from hcp_mock.models.tenants.tenant import AvailableServicePlan
from hcp_mock.services.clock import Clock
from hcp_mock.services.container import build_services
from hcp_mock.state.world import World

from .conftest import DOMAIN, Client, Mock, token
from .test_erasure_coding import WEB, body, connect

SCHEMA = "/static/mapi-9_3_0.xsd"
T = "/tenants/finance"
N = f"{T}/namespaces/mine"
D = "/tenants/default"
LINK = "/services/replication/links/a-b"
EC = "/services/erasureCoding"
LISTS = ("", "/chainedLinks", "/defaultNamespaceDirectories", "/tenants")
ROUTES = route_table(build_services(World(), Clock(), DOMAIN))

# Every resource with a document to read.
PATHS = [
    "/tenants",
    T,
    "/userAccounts",
    "/userAccounts/admin",
    "/groupAccounts",
    "/groupAccounts/ops@ad.example.com",
    *(
        f"{T}/{part}"
        for part in (
            "availableServicePlans",
            "availableServicePlans/Gold",
            "chargebackReport",
            "consoleSecurity",
            "contactInfo",
            "contentClasses",
            "contentClasses/Scans",
            "cors",
            "emailNotification",
            "groupAccounts",
            "groupAccounts/ops@ad.example.com",
            "groupAccounts/ops@ad.example.com/dataAccessPermissions",
            "namespaceDefaults",
            "namespaces",
            "permissions",
            "searchSecurity",
            "statistics",
            "userAccounts",
            "userAccounts/boss",
            "userAccounts/boss/dataAccessPermissions",
        )
    ),
    N,
    *(
        f"{N}/{part}"
        for part in (
            "chargebackReport",
            "complianceSettings",
            "cors",
            "customMetadataIndexingSettings",
            "permissions",
            "protocols/cifs",
            "protocols/http",
            "protocols/nfs",
            "protocols/smtp",
            "replicationCollisionSettings",
            "retentionClasses",
            "retentionClasses/Keep-5y",
            "statistics",
            "versioningSettings",
        )
    ),
    f"{D}/namespaces/default/protocols",
    "/network",
    "/storage/licenses",
    "/supportaccesscredentials",
    "/nodes/statistics",
    "/services/statistics",
    "/logs",
    "/healthCheckReport",
    "/services/replication",
    "/services/replication/certificates",
    "/services/replication/links",
    LINK,
    f"{LINK}/schedule",
    f"{LINK}/content/tenants/finance",
    *(
        f"/services/replication/links/in/{place}{kind}"
        for place in ("content", "localCandidates", "remoteCandidates")
        for kind in LISTS
    ),
    f"{EC}/linkCandidates",
    f"{EC}/ecTopologies",
    f"{EC}/ecTopologies/north",
    f"{EC}/ecTopologies/north/tenants",
    f"{EC}/ecTopologies/north/tenantCandidates",
    f"{EC}/ecTopologies/north/tenantConflictingCandidates",
]


def fetch(
    client: Client, method: str = "GET", path: str = SCHEMA, **headers: str
) -> requests.Response:
    """Send a request outside of /mapi."""
    return client.session.request(
        method,
        f"{client.url}{path}",
        headers={
            "Host": f"{client.label}.{DOMAIN}",
            "Authorization": f"HCP {token(client.user, client.password)}",
            **headers,
        },
        verify=client.ca,
        allow_redirects=False,
        timeout=20,
    )


@pytest.fixture
def checker(system_admin: Client) -> xmlschema.XMLSchema:
    answer = fetch(system_admin)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/xml"
    return xmlschema.XMLSchema(answer.content)


@pytest.fixture
def busy(mock: Mock, system_admin: Client, tenant_admin: Client) -> Client:
    """A system with every readable resource."""
    rules = (
        "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin>"
        "<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>"
    )
    connect(mock, *WEB, b=["away", "Both"])
    inbound = {
        "name": "in",
        "type": "INBOUND",
        "connection": {"remoteHost": "replication.b.example.com"},
    }
    mock.seed(
        system={
            "defaultTenantAllowed": True,
            "groups": [{"groupname": "ops@ad.example.com", "roles": ["MONITOR"]}],
            "links": [{**inbound, "tenants": ["away"]}, {"name": "a-b", "tenants": ["finance"]}],
        },
        tenants=[
            {"name": "Default", "namespaces": [{"name": "Default", "objects": {"d/k": "v"}}]},
            {"name": "both", "replicationConfigurationEnabled": True},
            {"name": "finance", "tags": ["t"], "cors": rules},
        ],
    )
    mock.seed_namespace(
        "mine",
        cors=rules,
        objects={"k": "text"},
        owner="boss",
        tags=["a", "b"],
        customMetadataIndexingSettings={"contentClasses": ["Scans"]},
    )
    assert system_admin.put(f"{EC}/ecTopologies", body()) == 200
    recipient = {"address": "a@example.com"}
    assert (
        tenant_admin.post(f"{T}/emailNotification", {"recipients": {"recipient": [recipient]}})
        == 200
    )
    scan = {"name": "box", "expression": "/b", "type": "STRING"}
    assert (
        tenant_admin.post(
            f"{T}/contentClasses/Scans", {"contentProperties": {"contentProperty": [scan]}}
        )
        == 200
    )
    return system_admin


@pytest.mark.parametrize("verbose", ["true", "false"])
def test_every_answer_follows_the_schema(
    checker: xmlschema.XMLSchema, busy: Client, tenant_admin: Client, verbose: str
) -> None:
    for path in PATHS:
        own = tenant_admin if path.startswith(T) else busy
        headers: dict[str, str | None] = {"Accept": "application/xml"}
        answer = own.call("GET", path, headers=headers, verbose=verbose)
        assert answer.status_code == 200, (path, answer.headers.get("X-HCP-ErrorMessage"))
        problems = [error.reason for error in checker.iter_errors(answer.text.partition("?>")[2])]
        assert problems == [], path


def test_no_resource_is_left_out() -> None:
    router = Router(ROUTES)
    read = {
        match.routes["GET"].path
        for path in PATHS
        if (match := router.match(path.strip("/").split("/")))
    }
    with_documents = {r.path for r in ROUTES if r.method == "GET" and XML in r.offered}
    assert with_documents - read == set()


def test_every_body_is_described() -> None:
    for route in ROUTES:
        if route.body is not None:
            described = DOCUMENTS[route.root]
            known = {name for each in described for name in each.model_fields}
            assert set(route.body.model_fields) <= known, route.path


@pytest.mark.parametrize(
    "document",
    [
        "<namespace><nonsense/></namespace>",
        "<namespace><softQuota>much</softQuota></namespace>",
        "<namespace><tags><name>a</name></tags></namespace>",
        "<namespace><name>a</name><description>b</description></namespace>",
        "<link><status>FINE</status></link>",
        "<nonsense/>",
    ],
)
def test_other_documents_do_not(checker: xmlschema.XMLSchema, document: str) -> None:
    assert not checker.is_valid(document)


def test_both_kinds_of_tenants_have_a_place(checker: xmlschema.XMLSchema) -> None:
    assert checker.is_valid("<tenant><name>a</name><softQuota>3</softQuota></tenant>")
    assert checker.is_valid("<tenant><bytesPending>3</bytesPending></tenant>")


def test_who_gets_the_schema(mock: Mock) -> None:
    for host, user, status in (
        ("admin", "sys-a", 200),
        ("admin", "sys-m", 403),
        ("admin", "sys-none", 403),
        ("finance", "boss", 200),
        ("finance", "a", 200),
        ("finance", "m", 403),
        ("finance", "n", 403),
        ("finance", "sys-a", 200),
        ("finance", "sys-s", 403),
        ("basic", "boss", 200),
        ("basic", "sys-a", 403),
        ("off", "boss", 403),
        ("finance", "nobody", 403),
    ):
        assert fetch(mock.client(host, user)).status_code == status, (host, user)


def test_methods_and_places(system_admin: Client) -> None:
    assert fetch(system_admin, "HEAD").status_code == 200
    answer = fetch(system_admin, "POST")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS,HEAD,GET")
    assert fetch(system_admin, "OPTIONS").status_code == 200
    for path in (
        "/static",
        "/static/",
        "/static/mapi-9_3_1.xsd",
        "/static/tenants",
        f"/mapi{SCHEMA}",
    ):
        assert fetch(system_admin, path=path).status_code == 404
    assert fetch(system_admin, Accept="application/json").status_code == 415


def test_the_journal_and_faults_see_the_schema(mock: Mock, system_admin: Client) -> None:
    mock.fault({"path": SCHEMA}, status=503)
    assert fetch(system_admin).status_code == 503
    assert fetch(system_admin).status_code == 200
    assert [entry["path"] for entry in mock.journal()] == [SCHEMA, SCHEMA]


def test_two_types_of_one_name_are_a_mistake() -> None:
    other: Any = type("AvailableServicePlan", (DataType,), {"__annotations__": {}})
    with pytest.raises(ValueError, match="two types called AvailableServicePlan"):
        schema({"one": (AvailableServicePlan,), "two": (other,)})
