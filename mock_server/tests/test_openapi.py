"""The OpenAPI document of the mock."""

from __future__ import annotations

import re

from hcp_mock.api.mapi.routes import route_table
from hcp_mock.services.clock import Clock
from hcp_mock.services.container import build_services
from hcp_mock.state.world import World

from .conftest import DOMAIN, Mock


def test_the_document_has_every_route(mock: Mock) -> None:
    document = mock.control("GET", "/openapi.json").json()
    described = {
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method in operations
    }
    routes = route_table(build_services(World(), Clock(), DOMAIN))
    assert described == {(route.method, f"/mapi{route.path}") for route in routes}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            named = [each["name"] for each in operation["parameters"] if each["in"] == "path"]
            assert named == re.findall(r"\{(\w+)\}", path)


def test_documents_are_described(mock: Mock) -> None:
    document = mock.control("GET", "/openapi.json").json()
    schemas = document["components"]["schemas"]
    put = document["paths"]["/mapi/tenants/{tenant}/namespaces"]["put"]
    name = put["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    properties = schemas[name]["properties"]
    assert properties["searchEnabled"] == {"type": "boolean"}
    assert "SHA-256" in properties["hashScheme"]["enum"]
    assert properties["tags"]["properties"]["tag"] == {"type": "array", "items": {"type": "string"}}
