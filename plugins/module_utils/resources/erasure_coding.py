# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Topologies for erasure coding, and their life: in use, being retired, retired, deleted.

Source: MAPI reference, type ``ecTopology``. That a topology can be renamed is unconfirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..schema.context import Context, State
from ..schema.fields import Field, ObjectList, Struct, irreversible_switch
from ..schema.interface import SYSTEM, Change, Options
from ..schema.part import Part
from ..schema.resource import Resource
from ..values.choices import Boolean, Choice
from ..values.names import NameSet
from ..values.numbers import Integer
from ..values.text import Text, free_name
from .links import ContentPart
from .replication import REPLICATION

IN_USE, RETIRING = "ACTIVE", "RETIRING"
# The word of ``confirm`` for the deletion of one that is still being retired.
UNRETIRED = "delete_retiring"


class Size(Integer):
    """One of the sizes that HCP has, in bytes."""

    sizes = (4096, 16384, 32768, 65536, 131072, 262144, 524288, 1048576)

    def __init__(self) -> None:
        super().__init__(self.sizes[0], self.sizes[-1])

    def argument(self) -> dict[str, Any]:
        return {"type": "int", "choices": list(self.sizes)}


class RetiredPart(Part):
    """Whether a topology is retired or on its way there, which takes an action."""

    def read(self, task: Context, state: State) -> Any:
        known: Mapping[str, Any] | None = state.details or task.mapi.find(task.path(state.name))
        return None if known is None else known.get("state", IN_USE) != IN_USE

    def change(self, task: Context, wanted: Any, current: Any) -> Change | None:
        if wanted == bool(current):
            return None
        return Change("POST", None, (self.option,), wanted, query={"retire": ""})


def creation_problem(options: Options) -> str | None:
    """Return which rule of HCP the options violate, as a sentence."""
    if options.get("retired"):
        return "a new topology is never retired."
    if not options.get("type"):
        return "it needs a type."
    return None if options.get("replication_links") else "it needs replication_links."


def deletion_query(task: Context, state: State) -> Mapping[str, str]:
    """HCP deletes retired topologies. To delete one that is being retired it has to be forced."""
    held = state.details.get("state")
    if held == IN_USE:
        sentence = f"{task.label} is in use. Retire it before it is deleted, with 'retired: true'."
        task.refuse("forbidden_change", sentence, "state")
    if held == RETIRING and UNRETIRED not in task.confirmed:
        sentence = (
            f"{task.label} is still being retired. Deleting it now may lose objects that are not"
            f" complete again. Wait, or add 'confirm: [{UNRETIRED}]'."
        )
        task.refuse("needs_confirmation", sentence, "state")
    return {"force": "true"} if held == RETIRING else {}


EC_TOPOLOGIES = Resource(
    kind="ec_topology",
    plural="ec_topologies",
    collection="/services/erasureCoding/ecTopologies",
    key=Field("name", "name", free_name(64), required=True),
    access=REPLICATION,
    level=SYSTEM,
    # They are made of links.
    rank=80,
    confirmable={
        UNRETIRED: "a topology that is still being retired is deleted, and what is not whole again"
        " may be lost"
    },
    creation_problem=creation_problem,
    deletion_query=deletion_query,
    read_only=(
        ("id", "id", None),
        ("state", "state", None),
        ("protectionStatus", "protection_status", None),
        ("readStatus", "read_status", None),
        ("erasureCodedObjects", "erasure_coded_objects", Integer(0, 2**63 - 1)),
        ("hcpSystems", "hcp_systems", NameSet("name")),
    ),
    item=Struct(
        Field("type", "type", Choice("FULLY_CONNECTED", "RING"), on_update=False),
        Field(
            "replication_links",
            "replicationLinks",
            ObjectList(
                "replicationLink",
                Struct(
                    Field("name", "name", free_name(64), required=True),
                    Field("hcp_systems", "hcpSystems", NameSet("name", longest=255)),
                ),
            ),
            on_update=False,
        ),
        Field("description", "description", Text()),
        Field(
            "erasure_coding_delay", "erasureCodingDelay", Integer(0, 3650, "days"), when_absent=0
        ),
        Field("full_copy", "fullCopy", Boolean(), when_absent=False),
        Field("minimum_object_size", "minimumObjectSize", Size(), when_absent=Size.sizes[0]),
        Field("restore_period", "restorePeriod", Integer(0, 180, "days"), when_absent=0),
    ),
    parts=(
        ContentPart("tenants", "/tenants", NameSet("name", longest=63), REPLICATION, merges=True),
        RetiredPart(
            "retired",
            "",
            Boolean(),
            REPLICATION,
            order=lambda wanted: 1,
            irreversible=irreversible_switch("a retired topology cannot be used again"),
        ),
    ),
)
