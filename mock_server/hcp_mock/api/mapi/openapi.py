"""The OpenAPI document of MAPI, generated from the routes and the data types.

HCP has none. The document describes the shape of requests, not which values are valid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from typing import Any

from ...models.base import DataType
from ...models.shape import Kind, Shape, shapes
from ..responses import SOFTWARE_VERSION
from .routing import Route

BASE = "/mapi"
_SCALARS: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "string"),
)
# Documents are available in each of these.
_MEDIA = ("application/json", "application/xml")


def openapi(routes: Iterable[Route]) -> dict[str, Any]:
    """Generate the document for routes whose paths start after ``/mapi``."""
    writer = _Writer()
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(BASE + route.path, {})[route.method.lower()] = writer.operation(route)
    token = {"type": "apiKey", "in": "header", "name": "Authorization"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "HCP management API", "version": SOFTWARE_VERSION},
        "security": [{"token": []}],
        "paths": paths,
        "components": {"securitySchemes": {"token": token}, "schemas": writer.schemas},
    }


class _Writer:
    def __init__(self) -> None:
        self.schemas: dict[str, Any] = {}

    def operation(self, route: Route) -> dict[str, Any]:
        names = re.findall(r"\{(\w+)\}", route.path)
        parameters = [_parameter(name, "path", required=True) for name in names]
        parameters += [_parameter(name, "query") for name in ("verbose", *route.actions)]
        result: dict[str, Any] = {
            "operationId": re.sub(r"\W+", "-", f"{route.method.lower()}{route.path}").strip("-"),
            "parameters": parameters,
            "responses": {"200": {"description": "Done"}, "default": {"description": "Not done"}},
        }
        if route.upload:
            result["requestBody"] = {"content": {"application/octet-stream": {}}}
        elif route.body and not route.no_body:
            schema = self.schema(route.body)
            result["requestBody"] = {"content": {kind: {"schema": schema} for kind in _MEDIA}}
        return result

    def schema(self, data_type: type[DataType]) -> dict[str, Any]:
        """Return a reference to the schema of a data type; create the schema if needed."""
        name = data_type.__name__
        if name not in self.schemas:
            # Types may be recursive.
            self.schemas[name] = {}
            properties = {key: self._property(shape) for key, shape in shapes(data_type).items()}
            self.schemas[name] = {"type": "object", "properties": properties}
        return {"$ref": f"#/components/schemas/{name}"}

    def _property(self, shape: Shape) -> dict[str, Any]:
        inner = self.schema(shape.data_type) if shape.data_type else _scalar(shape.scalar)
        if shape.kind is not Kind.LIST:
            return inner
        members = {"type": "array", "items": inner}
        if shape.item is None:
            return members
        return {"type": "object", "properties": {shape.item: members}}


def _scalar(python: type) -> dict[str, Any]:
    if issubclass(python, Enum):
        return {"type": "string", "enum": [each.value for each in python]}
    return {"type": next((name for kind, name in _SCALARS if issubclass(python, kind)), "string")}


def _parameter(name: str, location: str, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": location, "required": required, "schema": {"type": "string"}}
