"""The guide to replication, step by step, with two systems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.hcp import ROOT, TENANT, MockHcp, seed
from support.playbook import playbook

PAGE = ROOT / "docs" / "replication.md"
HOSTS = PAGE.read_text().partition("    [hcp_systems]\n")[2].partition("\n## ")[0]
SYSTEM = {"username": "admin", "password": "Hcp-Mock-1", "host": "admin"}
LINK = "/services/replication/links/berlin-munich"
CERTIFICATES = "/services/replication/certificates"
BERLIN, MUNICH, ROME = "hcp.example.com", "hcp2.example.com", "hcp4.example.com"


def plays() -> dict[str, Any]:
    """The plays of the page by their names."""
    blocks = [block.partition("```")[0] for block in PAGE.read_text().split("```yaml\n")[1:]]
    return {play["name"]: play for block in blocks for play in yaml.safe_load(block)}


def link(name: str, other: str, **values: Any) -> dict[str, Any]:
    """A link that works."""
    connection = {"remoteHost": f"replication.admin.{other}"}
    return {"name": name, "type": "ACTIVE_ACTIVE", "connection": connection, **values}


@pytest.fixture
def munich(tmp_path: Path) -> Iterator[MockHcp]:
    """The other system."""
    other = MockHcp(tmp_path / "munich", MUNICH)
    yield other
    other.stop()


class Guide:
    """The plays of the page, for the two mocks."""

    def __init__(self, berlin: MockHcp, munich: MockHcp, folder: Path) -> None:
        self.berlin = berlin
        self.folder = folder
        hosts = "[hcp_systems]\n" + "\n".join(line.strip() for line in HOSTS.splitlines())
        (folder / "hosts").write_text(hosts + "\n")
        (folder / "host_vars").mkdir()
        for name, hcp in (("berlin", berlin), ("munich", munich)):
            (folder / "host_vars" / f"{name}.yml").write_text(yaml.safe_dump({"where": where(hcp)}))
        self.plays = plays()
        self.last: dict[str, Any] = {}

    def run(self, name: str, *arguments: str) -> str:
        play = self.plays.pop(name) if not arguments else self.plays[name]
        defaults = {**play["module_defaults"]["group/contentplatform.hcp.hcp"]}
        defaults |= {option: f"{{{{ where.{option} }}}}" for option in ("nodes", "port", "ca_path")}
        self.last = {**play, "module_defaults": {"group/contentplatform.hcp.hcp": defaults}}
        return self.again(*arguments)

    def again(self, *arguments: str) -> str:
        inventory = ("-i", str(self.folder / "hosts"))
        return playbook(self.berlin, [self.last], self.folder, *inventory, *arguments, variables=())


def where(hcp: MockHcp) -> dict[str, Any]:
    return {name: hcp.connection[name] for name in ("nodes", "port", "ca_path")}


def test_from_certificates_to_erasure_coding(hcp: MockHcp, munich: MockHcp, tmp_path: Path) -> None:
    document = seed()
    document["system"]["remoteSystems"] = [{"name": MUNICH}]
    hcp.reset(document)
    archive = link("berlin-archive", BERLIN, type="INBOUND", failedOver=True)
    beyond = {"name": "munich-rome", "hcpSystems": [MUNICH, ROME]}
    munich.reset({"system": {"links": [link("berlin-munich", BERLIN)]}})
    guide = Guide(hcp, munich, tmp_path)

    assert "changed=1" in guide.run("Exchange certificates", "--check")
    assert [*hcp.writes(), *munich.writes()] == []
    guide.run("Exchange certificates")
    for each in (hcp, munich):
        assert len(each.get(CERTIFICATES, **SYSTEM)["certificate"]) == 2
    assert "changed=1" not in guide.again()

    guide.run("Make the link")
    assert hcp.get(f"{LINK}/content/tenants", **SYSTEM) == {"name": [TENANT]}
    assert "changed=0" in guide.again()
    guide.run("Look after the links")

    guide.run("Work on the network")
    assert hcp.get(LINK, **SYSTEM)["status"] == "GOOD"

    guide.run("Take over from Berlin")
    assert munich.get(LINK, **SYSTEM)["statusMessage"] == "Failed over"
    assert "changed=0" in guide.again()
    guide.run("Go back to normal")
    assert munich.get(LINK, **SYSTEM)["statusMessage"] == "Synchronizing data"
    assert "changed=0" in guide.again()

    munich.control("POST", "seed", {"system": {"links": [archive]}})
    guide.run("Give Berlin back what was written meanwhile")
    shown = munich.get("/services/replication/links/berlin-archive", **SYSTEM)
    assert shown["statusMessage"] == "Receiving data"

    system = {"links": [link("berlin-rome", ROME)], "distantLinks": [beyond]}
    hcp.control("POST", "seed", {"system": system})
    guide.run("Code over three systems")
    assert "changed=0" in guide.again()
    topologies = "/services/erasureCoding/ecTopologies"
    assert hcp.get(f"{topologies}/three-sites", **SYSTEM)["tenants"] == {"name": [TENANT]}
    guide.run("Give up erasure coding")
    assert hcp.get(topologies, **SYSTEM) == {"name": []}
    assert "changed=0" in guide.again()

    # There is no play that was not run.
    assert guide.plays == {}
