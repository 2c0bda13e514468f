# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients of HCP's interfaces, made from the connection options of a task."""

from __future__ import annotations

import ipaddress
import os
import re
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from .protocols.credentials import LOCAL, Credentials
from .protocols.mapi.client import Client
from .protocols.transport import REQUESTS_MISSING, Endpoint
from .refusal import RefusedError
from .schema.interface import S3, SYSTEM, TENANT, Interface
from .schema.resource import Resource

if TYPE_CHECKING:
    from .protocols.query.client import QueryClient

LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
DOMAIN = re.compile(rf"^(?!.{{190}}){LABEL}(?:\.{LABEL})*\Z")
A_DAY = 86400

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Account:
    """One account of one HCP.

    :ivar data: the endpoint of the S3 gateway and of metadata queries, if the task names one
    """

    endpoint: Endpoint
    credentials: Credentials
    data: Endpoint | None = None


class Connections:
    """Clients, one for each account, so that tasks share their connections."""

    def __init__(self) -> None:
        self._made: dict[Any, Any] = {}
        self._owner = os.getpid()
        self._lock = threading.Lock()

    def mapi(self, account: Account, host: str) -> Client:
        """Return a client of the management API for an account of ``host``."""
        endpoint, credentials = account.endpoint, account.credentials
        return self._cached(
            (endpoint, credentials, host, "mapi"), lambda: Client(endpoint, credentials, host)
        )

    def s3(self, account: Account, tenant: str) -> Interface:
        """Return a client of the S3 gateway of a tenant."""
        key = (account.data, account.credentials, tenant, S3)
        return self._cached(key, lambda: _buckets(account, tenant))

    def query(self, account: Account, host: str) -> QueryClient:
        """Return a client of metadata queries; ``host`` is a tenant, or ``admin`` for all."""
        endpoint, credentials = account.data or account.endpoint, account.credentials
        key = (endpoint, credentials, host, "query")
        return self._cached(key, lambda: _queries(endpoint, credentials, host))

    def _cached(self, key: Any, make: Callable[[], T]) -> T:
        # Threads share a client.
        with self._lock:
            if self._owner != os.getpid():
                # A connection must not be used from both sides of a fork.
                self._made, self._owner = {}, os.getpid()
            if key not in self._made:
                self._made[key] = make()
            found: T = self._made[key]
            return found

    def clear_cache(self) -> None:
        """Clear the caches of the clients, so that the next task reads HCP again."""
        for client in self._made.values():
            client.clear_cache()

    def close(self) -> None:
        """Close the connections."""
        for client in self._made.values():
            client.close()
        self._made.clear()


def account_from(params: Mapping[str, Any]) -> Account:
    """Return the account that the options describe.

    :raises RefusedError: the options are invalid, or a library is missing
    """
    if REQUESTS_MISSING is not None:
        raise library_missing("requests")
    credentials = Credentials(params["username"], params["password"], params["auth_type"])
    endpoint = Endpoint(
        domain=params["domain"].rstrip("."),
        port=params["port"],
        nodes=tuple(node.strip() for node in params["nodes"] or () if node.strip()),
        validate_certs=params["validate_certs"],
        ca_path=params["ca_path"],
        proxy=params["proxy"],
        timeout=params["timeout"],
        retries=params["retries"],
        deadline=params["deadline"],
    )
    problem = credentials.problem() or _connection_problem(endpoint)
    if problem:
        raise RefusedError("bad_option", problem)
    if params.get("data_port") is None:
        return Account(endpoint, credentials)
    data = replace(endpoint, port=params["data_port"])
    problem = _connection_problem(data)
    if problem:
        raise RefusedError("bad_option", f"data_port: {problem}", option="data_port")
    return Account(endpoint, credentials, data)


def connect(
    resource: Resource, params: Mapping[str, Any], account: Account, connections: Connections
) -> tuple[Client, dict[str, Interface], str]:
    """Return the management API, other interfaces that a kind needs, and the account's level."""
    level = params["account_level"] or resource.usual_level(params)
    tenant = resource.tenant(params)
    resource.check_names(params)
    if level == SYSTEM and resource.interface == S3:
        sentence = "S3 needs an account of a tenant, not of the system."
        raise RefusedError("bad_option", sentence, option="account_level")
    if level == TENANT and resource.systemwide:
        sentence = f"{resource.plural} is for accounts of the system: leave account_level out."
        raise RefusedError("bad_option", sentence, option="account_level")
    if level == TENANT and not tenant:
        raise RefusedError(
            "bad_option",
            f"A tenant-level account cannot list {resource.plural}: name the tenant, or use a"
            " system-level account.",
        )
    mapi = connections.mapi(account, "admin" if level == SYSTEM else str(tenant))
    others = {S3: connections.s3(account, str(tenant))} if resource.interface == S3 else {}
    return mapi, others, level


def host_of(tenant: str | None, level: str) -> str:
    """Return the first label of the host name for tasks that manage no kind of resource."""
    if level == SYSTEM:
        return "admin"
    if not tenant:
        sentence = "A tenant-level account needs its tenant to be named: set tenant."
        raise RefusedError("bad_option", sentence, option="tenant")
    if not re.fullmatch(LABEL, tenant):
        sentence = f"tenant must be the name of a tenant, not '{tenant}'."
        raise RefusedError("bad_option", sentence, option="tenant")
    return tenant


def _queries(endpoint: Endpoint, credentials: Credentials, host: str) -> QueryClient:
    # Loaded only by the tasks that need it.
    from .protocols.query.client import QueryClient  # noqa: PLC0415

    return QueryClient(endpoint, credentials, host)


def _buckets(account: Account, tenant: str) -> Interface:
    # boto3 takes as long to load as everything else together.
    from .protocols.s3.client import BOTO3_MISSING, S3Client  # noqa: PLC0415

    if BOTO3_MISSING is not None:
        raise library_missing("boto3")
    if account.credentials.kind != LOCAL:
        sentence = "S3 needs an account of HCP itself, not of Active Directory."
        raise RefusedError("bad_option", sentence, option="auth_type")
    try:
        return S3Client(account.data or account.endpoint, account.credentials, tenant)
    except ValueError as error:
        sentence = f"boto3 cannot use this tenant and domain: {error}."
        raise RefusedError("bad_option", sentence, option="tenant") from None


def library_missing(name: str) -> RefusedError:
    """Return the error for a library that is missing."""
    return RefusedError(
        "library_missing",
        f"The Python library {name} is missing on the host that runs this task. Install it for"
        f" {sys.executable}, or set ansible_python_interpreter to a Python that has it.",
    )


def _connection_problem(endpoint: Endpoint) -> str | None:
    if not DOMAIN.match(endpoint.domain):
        return (
            f"domain must be only the HCP's domain name, like hcp.example.com, not"
            f" '{endpoint.domain}'."
        )
    for node in endpoint.nodes:
        if not DOMAIN.match(node) and not _is_address(node):
            return f"nodes must hold only host names or IP addresses, not '{node}'."
    if not 0 < endpoint.port < 65536:
        return f"port must be between 1 and 65535, not {endpoint.port}."
    if not 0 < endpoint.timeout <= A_DAY or not 0 < endpoint.deadline <= A_DAY:
        return f"timeout and deadline must be between 1 and {A_DAY} seconds."
    if not 0 <= endpoint.retries <= 100:
        return "retries must be between 0 and 100."
    return None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True
