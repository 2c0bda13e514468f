"""What a task needs to name and to create a resource of each kind, with as little as possible."""

from __future__ import annotations

from typing import Any

from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.interface import S3, SYSTEM
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.resource import Resource
from support.hcp import TENANT, MockHcp
from support.samples import (
    OF_BUCKETS,
    OF_CONTENT_CLASSES,
    OF_EC_TOPOLOGIES,
    OF_GROUPS,
    OF_NAMESPACES,
    OF_NETWORK,
    OF_REPLICATION_LINKS,
    OF_REPLICATION_SERVICE,
    OF_RETENTION_CLASSES,
    OF_TENANTS,
    OF_USERS,
    WEB,
    Sample,
    with_option,
)

DIRECTORY = "ad.example"
# kind → samples of its options
SAMPLES: dict[str, dict[str, Sample]] = {
    "bucket": OF_BUCKETS,
    "content_class": OF_CONTENT_CLASSES,
    "ec_topology": OF_EC_TOPOLOGIES,
    "group": OF_GROUPS,
    "namespace": OF_NAMESPACES,
    "network": OF_NETWORK,
    "replication_link": OF_REPLICATION_LINKS,
    "replication_service": OF_REPLICATION_SERVICE,
    "retention_class": OF_RETENTION_CLASSES,
    "tenant": OF_TENANTS,
    "user": OF_USERS,
}
# kind → what a creation takes besides a name
LEAST: dict[str, dict[str, Any]] = {
    "ec_topology": {"type": "FULLY_CONNECTED", "replication_links": WEB},
    "replication_link": {"type": "ACTIVE_ACTIVE", "connection": {"remote_host": "10.1.1.1"}},
    "retention_class": {"value": "A+1y"},
    "tenant": {
        "hard_quota": "5 TB",
        "initial_user": {"username": "first", "password": "First-Pass-1"},
    },
    "user": {"user_password": "Thing-Pass-1"},
}
# kinds of which one has to be retired before it can be deleted
LASTING = ("ec_topology",)
ABOVE = {"tenant": TENANT, "namespace": "data"}


def module_of(kind: Resource) -> str:
    """The module that manages a kind."""
    return "hcp_s3_bucket" if kind.interface == S3 else f"hcp_{kind.kind}"


def account(hcp: MockHcp, kind: Resource) -> dict[str, Any]:
    """The options with which a module reaches the resources of a kind."""
    who = hcp.as_system if kind.level == SYSTEM else hcp.as_tenant
    where = hcp.s3 if kind.interface == S3 else {}
    return {**who, **where, **{each.option: ABOVE[each.option] for each in kind.parents}}


def named(kind: Resource, name: str) -> dict[str, Any]:
    """The option that names a resource, with a name that its kind may have."""
    own = f"{kind.kind.replace('_', '-')}-{name}"
    return kind.name_option(f"{own}@{DIRECTORY}" if kind.kind == "group" else own)


def states(kind: Resource) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two states that one option of the resource, and one of its parts, can go between."""
    parts = {part.option for part in kind.parts}
    own = {each.option for each in kind.item.fields if each.level not in (None, kind.level)}
    # What a tenant sets for itself is not for the account that makes tenants.
    own |= parts if kind.kind == "tenant" else set()
    found: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    groups: set[bool] = set()
    for option, sample in SAMPLES[kind.kind].items():
        head = option.partition(".")[0]
        plain = not (sample.fixed or sample.confirm or sample.sent_along)
        if plain and head not in own and (head in parts) not in groups:
            groups.add(head in parts)
            found[0].update(with_option(option, sample.first, {}))
            found[1].update(with_option(option, sample.second, {}))
    return found
