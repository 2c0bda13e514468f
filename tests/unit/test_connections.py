"""Clients that are kept and shared."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from ansible_collections.contentplatform.hcp.plugins.module_utils.connections import (
    Account,
    Connections,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.credentials import (
    Credentials,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.transport import (
    Endpoint,
)


def test_all_threads_get_the_same_client() -> None:
    connections = Connections()
    endpoint = Endpoint("hcp.example.com")
    accounts = [Account(endpoint, Credentials(f"user{n}", "Some-Pass-1")) for n in range(50)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda each: connections.mapi(each, "research"), accounts * 8))
    assert len({id(client) for client in made}) == len(accounts)
