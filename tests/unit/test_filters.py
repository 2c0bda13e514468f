"""The filters that derive S3 credentials; the worked example is HCP's own."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

PACKAGE = "ansible_collections.contentplatform.hcp.plugins.filter"


def derive(name: str, value: Any) -> Any:
    return importlib.import_module(f"{PACKAGE}.{name}").FilterModule().filters()[name](value)


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("hcp_access_key", "ansible-svc", "YW5zaWJsZS1zdmM="),
        ("hcp_access_key", "ops???", "b3BzPz8/"),
        ("hcp_secret_key", "S3cret-Demo1", "d4fac71529161032ddd30ca9497eeb7b"),
        # Leading zeros belong to it.
        ("hcp_secret_key", "demo12", "0451e06539777666b3a0a3cc420d06df"),
        ("hcp_secret_key", "pä55 wörd", "1489f612bba00c9da96926be51a54ed5"),
    ],
)
def test_keys(name: str, value: str, key: str) -> None:
    assert derive(name, value) == key


@pytest.mark.parametrize("name", ["hcp_access_key", "hcp_secret_key"])
@pytest.mark.parametrize("value", ["", None, 5])
def test_anything_else_is_explained(name: str, value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match=f"{name} takes the"):
        derive(name, value)
