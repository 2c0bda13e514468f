"""A client for the mock's metadata queries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import requests
from defusedxml.ElementTree import fromstring

from .conftest import DOMAIN, PASSWORD, Mock, token

EVERYTHING = ["BROWSE", "CHOWN", "DELETE", "PRIVILEGED", "PURGE", "READ", "READ_ACL", "SEARCH"]
EVERYTHING += ["WRITE", "WRITE_ACL"]


@dataclass
class Searcher:
    """One account that sends queries to one host name."""

    mock: Mock
    label: str = "finance"
    user: str = "boss"
    password: str = PASSWORD

    def send(
        self,
        body: Any,
        headers: Mapping[str, str | None] | None = None,
        *,
        method: str = "POST",
        path: str = "/query",
    ) -> requests.Response:
        """A text is sent as XML, bytes unchanged, anything else as JSON."""
        sent: dict[str, str | None] = {
            "Host": f"{self.label}.{DOMAIN}",
            "Authorization": f"HCP {token(self.user, self.password)}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            "Content-Type": "application/xml" if isinstance(body, str) else "application/json",
            **(headers or {}),
        }
        if isinstance(body, str):
            body = body.encode()
        elif isinstance(body, dict):
            body = json.dumps(body).encode()
        return self.mock.session.request(
            method,
            f"{self.mock.facts['data_url']}{path}",
            data=body,
            # None keeps requests from adding its own header.
            headers=sent,
            verify=self.mock.ca,
            allow_redirects=False,
            timeout=20,
        )

    def status(self, body: Any, headers: Mapping[str, str | None] | None = None) -> int:
        return self.send(body, headers).status_code

    def ask(self, body: Any) -> dict[str, Any]:
        answer = self.send(body)
        assert answer.status_code == 200, (answer.status_code, dict(answer.headers))
        document: dict[str, Any] = answer.json()
        result: dict[str, Any] = document["queryResult"]
        return result

    def objects(self, expression: str, **more: Any) -> dict[str, Any]:
        return self.ask({"object": {"query": expression, **more}})

    def operations(self, **more: Any) -> dict[str, Any]:
        """Query operations up to now, unless another end is given."""
        metadata = {"changeTime": {"end": 10**13}, **more.pop("systemMetadata", {})}
        return self.ask({"operation": {"systemMetadata": metadata, **more}})

    def keys(self, expression: str, **more: Any) -> list[str]:
        """Return the paths that an expression finds, in the order of the results."""
        result = self.objects(expression, objectProperties="objectPath", **more)
        return [row["objectPath"].removeprefix("/") for row in result["resultSet"]]

    def found(self, expression: str) -> set[str]:
        return set(self.keys(expression))

    def refuses(self, expression: str, **more: Any) -> bool:
        return self.status({"object": {"query": expression, **more}}) == 400

    def xml(self, body: str) -> Element:
        answer = self.send(body, {"Accept": "application/xml"})
        assert answer.status_code == 200, (answer.status_code, dict(answer.headers))
        assert answer.headers["Content-Type"] == "application/xml"
        element: Element = fromstring(answer.content)
        return element


def searchable(mock: Mock, name: str = "docs", tenant: str = "finance", **settings: Any) -> str:
    """Create an indexed namespace whose objects are stored through S3."""
    mock.seed(
        tenants=[
            {
                "name": tenant,
                "namespaces": [
                    {
                        "name": name,
                        "hardQuota": "10 GB",
                        "owner": "boss",
                        "aclsUsage": "ENFORCED",
                        "searchEnabled": True,
                        "http": {"hs3Enabled": True},
                        **settings,
                    }
                ],
                "users": [
                    {
                        "username": "boss",
                        "dataAccessPermissions": [
                            {"namespaceName": name, "permissions": EVERYTHING}
                        ],
                    }
                ],
            }
        ]
    )
    return name
