"""A new kind of resource is one table: the one in docs/architecture.md is run as it stands."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
from support.hcp import ROOT, TENANT, MockHcp, seed
from support.module import Flag

from ansible_collections.contentplatform.hcp.plugins.module_utils.connections import Connections
from ansible_collections.contentplatform.hcp.plugins.module_utils.resources import retention_class
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.resource import Resource
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.arguments import (
    argument_spec,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import gather
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.module import Call
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import execute

PATH = f"/tenants/{TENANT}/namespaces/alpha/retentionClasses"


@pytest.fixture
def kind() -> Resource:
    """The table from the documentation, with the words of the file that it stands in."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    block = text.partition("```python\n")[2].partition("```")[0]
    block = textwrap.dedent(block)
    assert block in Path(str(retention_class.__file__)).read_text()
    names: dict[str, Any] = dict(vars(retention_class))
    del names["RETENTION_CLASSES"]
    exec(block, names)  # noqa: S102
    found: Resource = names["RETENTION_CLASSES"]
    return found


def test_it_converges(hcp: MockHcp, kind: Resource) -> None:
    hcp.reset(seed(namespaces=[{"name": "alpha"}]))

    connections = Connections()

    def params(**options: Any) -> dict[str, Any]:
        spec = argument_spec(kind)
        silent = {option: each.get("default") for option, each in spec.items()}
        given = {"tenant": TENANT, "namespace": "alpha", "name": "seven", **options}
        return {**silent, **hcp.as_tenant, **given}

    def run(check: Flag = False, **options: Any) -> dict[str, Any]:
        call = Call(params(**options), check, True, connections)
        return execute(kind, call)

    wish = {"value": "A+7y", "description": "seven years", "allow_disposition": True}
    assert run(check=True, **wish)["created"]
    assert hcp.writes() == []
    created = run(**wish)
    assert created["created"], created
    assert hcp.get(f"{PATH}/seven")["value"] == "A+7y"
    assert not run(**wish)["changed"]
    assert run(value="A+8y", confirm=["value"])["changed"]
    info = gather(kind, Call({**params(), "name": None}, False, False, connections))
    assert [each["value"] for each in info["retention_classes"]] == ["A+8y"]
    assert run(state="absent")["changed"]
    assert not run(state="absent")["changed"]
