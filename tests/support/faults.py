"""What can go wrong between a module and HCP, and how tasks are to end then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import KINDS
from support.hcp import TENANT, MockHcp
from support.kind_samples import DIRECTORY, account, module_of
from support.listeners import EXPIRED, IS_PLAIN, IS_SILENT, REFUSES, WRONG_NAME, Listeners
from support.matrix import INFO, Case, Fault
from support.samples import for_links, for_topologies, start

Options = Mapping[str, Any]
Place = Callable[[Listeners, Options], dict[str, Any]]

LOGIN = "<html><body>Please log in</body></html>"
HTML = {"Content-Type": "text/html"}
PROXY = {"origin": "proxy"}
AGAIN = {"retries": 1}
LATE = "Fri, 31 Dec 2100 23:59:59 GMT"


def on_all_ports(behaviour: str, lives: int = 0) -> Place:
    """Ports of a sort, for each task its own, in the place of those of the mock."""

    def place(listeners: Listeners, options: Options) -> dict[str, Any]:
        return {
            name: listeners.open(behaviour, options[name], lives)
            for name in ("port", "data_port")
            if name in options
        }

    return place


def on_trusted_ports(behaviour: str, lives: int = 0) -> Place:
    """The same, with certificates of an authority that the task trusts, or would."""
    ports = on_all_ports(behaviour, lives)

    def place(listeners: Listeners, options: Options) -> dict[str, Any]:
        return {**ports(listeners, options), "ca_path": listeners.certificates.ca_path}

    return place


def other_authority(listeners: Listeners, options: Options) -> dict[str, Any]:
    """The mock itself, but trust in another authority than its own."""
    return {"ca_path": listeners.certificates.ca_path}


def one_node_dies(listeners: Listeners, options: Options) -> dict[str, Any]:
    """Two nodes, the first of which is there for one connection only."""
    ports = {}
    for name in ("port", "data_port"):
        if name in options:
            port = listeners.open(REFUSES, options[name], None, "127.0.0.3")
            ports[name] = listeners.open(REFUSES, options[name], 1, "127.0.0.2", port)
    return {**ports, "nodes": ["127.0.0.2", "127.0.0.3"]}


ANSWERS = (
    Fault("503", {"status": 503}, "unavailable"),
    Fault("503, twice", {"status": 503}, "unavailable", options=AGAIN, attempts=2),
    Fault(
        "503 with Retry-After beyond the deadline",
        {"status": 503, "headers": {"Retry-After": "3600"}},
        "unavailable",
        options={"retries": 3},
    ),
    Fault(
        "503 with Retry-After as a date beyond the deadline",
        {"status": 503, "headers": {"Retry-After": LATE}},
        "unavailable",
        options={"retries": 3},
    ),
    Fault(
        "503 with Retry-After, once",
        {"status": 503, "headers": {"Retry-After": "1"}},
        None,
        options=AGAIN,
        once=True,
    ),
    Fault("500", {"status": 500}, "server_error"),
    Fault("500, once", {"status": 500}, None, options=AGAIN, once=True),
    Fault(
        "502 with a web page",
        {"status": 502, **PROXY, "headers": HTML, "body": LOGIN},
        "server_error",
    ),
    Fault("429", {"status": 429}, "unavailable"),
    Fault("429, once", {"status": 429}, None, options=AGAIN, once=True),
    Fault("401", {"status": 401}, "unauthorized", options={"retries": 3}),
    Fault("403", {"status": 403}, "forbidden", options={"retries": 3}),
    Fault(
        "302 to a login page",
        {
            "status": 302,
            **PROXY,
            "headers": {"Location": "https://sso.example/", **HTML},
            "body": LOGIN,
        },
        "redirected",
        options={"retries": 3},
    ),
)
BODIES = (
    Fault(
        "200 with a web page", {"status": 200, **PROXY, "headers": HTML, "body": LOGIN}, "not_mapi"
    ),
    Fault("200 with an unmarked web page", {"status": 200, **PROXY, "body": LOGIN}, "not_mapi"),
    Fault("200 without a body", {"status": 200, **PROXY}, "not_mapi", "not_done"),
    Fault(
        "200 with half of a JSON document",
        {"status": 200, **PROXY, "body": '{"name": "o'},
        "not_mapi",
    ),
    Fault(
        "404 with a web page", {"status": 404, **PROXY, "headers": HTML, "body": LOGIN}, "not_mapi"
    ),
    Fault("200 with the wrong Content-Type", {"headers": {"Content-Type": "text/plain"}}, None),
)
BROKEN = (
    Fault("closed before the response", {"cut": "before"}, "broken_answer"),
    Fault("reset before the response", {"cut": "before", "reset": True}, "broken_answer"),
    Fault("closed in the middle of the response", {"truncate": True}, "broken_answer"),
    Fault(
        "reset in the middle of the response", {"truncate": True, "reset": True}, "broken_answer"
    ),
    Fault("closed after the request was carried out", {"cut": "after"}, "broken_answer"),
    Fault("closed before the response, once", {"cut": "before"}, None, options=AGAIN, once=True),
    Fault(
        "closed after the request was carried out, once",
        {"cut": "after"},
        None,
        options=AGAIN,
        once=True,
    ),
    Fault(
        "reset in the middle, once",
        {"truncate": True, "reset": True},
        None,
        options=AGAIN,
        once=True,
    ),
)
SLOW = (
    Fault("no response", {"hold": "before"}, "timed_out", options={"timeout": 1}),
    Fault(
        "no response after the request was carried out",
        {"hold": "after"},
        "timed_out",
        options={"timeout": 1},
    ),
    Fault("one byte at a time", {"drip": 0.3}, "timed_out", options={"deadline": 1}),
)
CUT = {"cut": "before"}
NETWORK = (
    Fault("connection refused", None, "connection_failed", place=on_all_ports(REFUSES)),
    Fault(
        "connection refused at the second attempt",
        CUT,
        "connection_failed",
        options=AGAIN,
        attempts=2,
        place=on_all_ports(REFUSES, 1),
    ),
    Fault(
        "accepted connection without a byte",
        None,
        "connection_failed",
        options={"timeout": 1},
        place=on_all_ports(IS_SILENT),
    ),
    Fault("plain HTTP", None, "tls_failed", place=on_all_ports(IS_PLAIN)),
    Fault("expired certificate", None, "tls_failed", place=on_trusted_ports(EXPIRED)),
    Fault("certificate for another name", None, "tls_failed", place=on_trusted_ports(WRONG_NAME)),
    Fault("certificate of an unknown CA", None, "tls_failed", place=other_authority),
    Fault(
        "another certificate at the second attempt",
        CUT,
        "tls_failed",
        options=AGAIN,
        attempts=2,
        place=on_all_ports(EXPIRED, 1),
    ),
    Fault(
        "unknown host name",
        None,
        "connection_failed",
        options={"nodes": [], "domain": "nowhere.invalid"},
    ),
    Fault(
        "one node of two is down",
        None,
        None,
        place=None,
        options={"nodes": ["127.0.0.2", "127.0.0.1"]},
    ),
    Fault(
        "both nodes are down",
        None,
        "connection_failed",
        options={"nodes": ["127.0.0.2", "127.0.0.3"]},
    ),
    Fault("a node goes down", CUT, None, options=AGAIN, once=True, place=one_node_dies),
)
GROUPS = {"answers": ANSWERS, "bodies": BODIES, "broken": BROKEN, "slow": SLOW, "network": NETWORK}


def prepared(hcp: MockHcp) -> None:
    """Make the mock the system that the tasks of the matrix speak of."""
    document = start()
    names = [f"group-{name}@{DIRECTORY}" for name in ("one", "two", "three", "never")]
    document["activeDirectory"]["groups"] = names
    hcp.reset(document)
    hcp.control("POST", "seed", for_links())
    hcp.control("POST", "seed", for_topologies())


def info_cases(hcp: MockHcp) -> list[Case]:
    """A task for each module that only reads."""
    found = [
        Case(INFO, f"{module_of(kind)}_info", account(hcp, kind))
        for kind in KINDS
        if not kind.is_singleton
    ]
    tenant, system = {**hcp.as_tenant, "tenant": TENANT}, hcp.as_system
    more: dict[str, dict[str, Any]] = {
        "hcp_certificate_info": system,
        "hcp_chargeback_info": tenant,
        "hcp_config_info": {**hcp.as_tenant, "account_level": "tenant", "tenants": [TENANT]},
        "hcp_drift_info": {
            **hcp.as_tenant,
            "account_level": "tenant",
            "config": {"tenants": [{"name": TENANT, "namespaces": [{"name": "data"}]}]},
        },
        "hcp_query_info": {**tenant, **hcp.s3, "query": "+size:0"},
        "hcp_statistics_info": tenant,
        "hcp_system_info": system,
    }
    return [*found, *(Case(INFO, module, options) for module, options in more.items())]
