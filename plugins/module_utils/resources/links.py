# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replication links: their settings, contents and schedules.

Source: MAPI reference, ``links``, types ``link``, ``connection``, ``failoverSettings``, ``content``
and ``schedule``. That a list of transitions replaces the stored one is unconfirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..protocols.mapi.client import segment
from ..schema.context import Context, State
from ..schema.fields import Field, Irreversible, ObjectList, Struct
from ..schema.interface import SYSTEM, Change, Options
from ..schema.part import Part
from ..schema.resource import Resource
from ..values.choices import Boolean, Choice
from ..values.names import NameSet
from ..values.numbers import Integer
from ..values.text import Text, free_name
from .replication import REPLICATION

ACTIVE_ACTIVE = "ACTIVE_ACTIVE"
OF_RECOVERY = ("auto_complete_recovery", "auto_complete_recovery_minutes")


class Hosts(Text):
    """A host name, or addresses with commas between them."""

    def same(self, wanted: Any, current: Any) -> bool:
        return self._normalized(wanted) == self._normalized(current)

    @staticmethod
    def _normalized(value: Any) -> set[str]:
        return {part.strip().lower() for part in str(value).split(",")}


class LinkItem(Struct):
    """A link. One that is active/active has no recovery, and takes no settings for it."""

    def differences(self, wanted: Options, current: Options) -> list[Field]:
        return super().differences(_usable(wanted, current), current)

    def delta(
        self, wanted: Options, current: Options, also: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        # What is sent besides what differs is as the link had it.
        return dict(_usable(super().delta(_usable(wanted, current), current, also), current))


def _usable(wanted: Options, current: Options) -> Options:
    """Return the options without those that have no effect for the type of the link."""
    sides = wanted.get("failover_settings")
    if not sides or {**current, **wanted}.get("type") != ACTIVE_ACTIVE:
        return wanted
    usable = {
        side: {name: each for name, each in settings.items() if name not in OF_RECOVERY}
        for side, settings in sides.items()
    }
    return {**wanted, "failover_settings": usable}


class Transitions(ObjectList):
    """When a link changes its pace. The list has no wrapper around it."""

    def check(self, value: Any) -> str | None:
        if value and all(entry["performance_level"] == "OFF" for entry in value):
            return "must leave the link on for some of the week"
        return super().check(value)

    def encode(self, value: Any) -> Any:
        return super().encode(value)[self.wrapper]

    def decode(self, wire: Any) -> Any:
        return super().decode({self.wrapper: wire})


class SuspendedPart(Part):
    """Whether a link is suspended, which takes an action to change."""

    def read(self, task: Context, state: State) -> Any:
        wire = task.mapi.find(task.path(state.name), {"verbose": "true"})
        return None if wire is None else Boolean().decode(wire.get("suspended"))

    def change(self, task: Context, wanted: Any, current: Any) -> Change | None:
        if wanted == bool(current):
            return None
        query = {"suspend" if wanted else "resume": ""}
        return Change("POST", None, (self.option,), wanted, query=query)


class ContentPart(Part):
    """The contents of a link. Each addition and each removal is a request."""

    def changes(self, task: Context, wanted: Any, current: Any) -> list[Change]:
        held = list(current or ())
        done: list[Change] = []
        for name in held if self.is_exact(task.options) else ():
            if not self._has(wanted, name):
                left = [each for each in (done[-1].after if done else held) if each != name]
                done.append(Change("DELETE", None, (self.option,), left, path=f"/{segment(name)}"))
        for name in wanted:
            after = done[-1].after if done else held
            if not self._has(after, name):
                more = sorted([*after, name], key=str.lower)
                done.append(Change("PUT", None, (self.option,), more, path=f"/{segment(name)}"))
        return done

    def _has(self, names: Any, name: str) -> bool:
        names_of = self.value
        if not isinstance(names_of, NameSet):
            return name in names
        return names_of.normalized([name]) <= names_of.normalized(names)


def _side(*fields: Field) -> Struct:
    """The settings of both ends of a link."""
    return Struct(
        Field("local", "local", Struct(*fields)), Field("remote", "remote", Struct(*fields))
    )


def _content(option: str, path: str, match_case: bool = False) -> ContentPart:
    # HCP has two of the lists only for links and systems of some sort; its answer is unconfirmed.
    return ContentPart(
        option,
        f"/content/{path}",
        NameSet("name", longest=1024, match_case=match_case),
        REPLICATION,
        unavailable_statuses=(400, 403, 404, 405),
        merges=True,
    )


FAILOVER = _side(
    Field("auto_failover", "autoFailover", Boolean()),
    Field("auto_failover_minutes", "autoFailoverMinutes", Integer(7, 9999, "minutes")),
    Field("auto_complete_recovery", "autoCompleteRecovery", Boolean()),
    Field(
        "auto_complete_recovery_minutes",
        "autoCompleteRecoveryMinutes",
        Integer(1, 9999, "minutes"),
    ),
)
SCHEDULE = _side(
    Field(
        "schedule_override",
        "scheduleOverride",
        Choice("LOW", "MEDIUM", "HIGH", "CUSTOM", "NONE"),
    ),
    Field(
        "transitions",
        "transition",
        Transitions(
            "transition",
            Struct(
                Field(
                    "time",
                    "time",
                    Text(
                        6,
                        6,
                        r"^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat):(?:[01][0-9]|2[0-3])\Z",
                        "a day and an hour, like Mon:07",
                    ),
                    required=True,
                ),
                Field(
                    "performance_level",
                    "performanceLevel",
                    Choice("LOW", "MEDIUM", "HIGH", "CUSTOM", "OFF"),
                    required=True,
                ),
            ),
            key="time",
        ),
    ),
)
FOR_GOOD = Irreversible(
    lambda current, wanted: wanted == ACTIVE_ACTIVE and current != ACTIVE_ACTIVE,
    "an active/active link cannot become another type",
    lambda current, wanted: wanted != ACTIVE_ACTIVE,
)


def creation_problem(options: Options) -> str | None:
    """Return which rule of HCP the options violate, as a sentence."""
    connection: Mapping[str, Any] = options.get("connection") or {}
    if not options.get("type"):
        return "it needs a type."
    return None if connection.get("remote_host") else "it needs connection.remote_host."


def without_recovery(options: Options) -> str | None:
    """Active/active links fail back and have nothing to recover."""
    sides = (options.get("failover_settings") or {}).values()
    given = [name for side in sides if side for name in OF_RECOVERY if side.get(name) is not None]
    if given and options.get("type") == ACTIVE_ACTIVE:
        return f"{given[0]} is only for links that are not {ACTIVE_ACTIVE}. Leave it out."
    return None


REPLICATION_LINKS = Resource(
    kind="replication_link",
    plural="replication_links",
    collection="/services/replication/links",
    key=Field("name", "name", free_name(64), required=True),
    access=REPLICATION,
    level=SYSTEM,
    # They carry tenants.
    rank=70,
    deletion_loss="ends the replication of its whole content",
    rules=(without_recovery,),
    creation_problem=creation_problem,
    read_only=(
        ("id", "id", None),
        ("status", "status", None),
        ("statusMessage", "status_message", None),
        ("statistics", "statistics", None),
    ),
    item=LinkItem(
        Field("type", "type", Choice(ACTIVE_ACTIVE, "OUTBOUND", "INBOUND"), irreversible=FOR_GOOD),
        Field("description", "description", Text()),
        Field(
            "connection",
            "connection",
            Struct(
                Field("remote_host", "remoteHost", Hosts(1024, 1)),
                Field("remote_port", "remotePort", Integer(1, 65535)),
                Field("local_host", "localHost", Hosts()),
                Field("local_port", "localPort", Integer(1, 65535)),
            ),
        ),
        Field("compression", "compression", Boolean(), when_absent=False),
        Field("encryption", "encryption", Boolean(), when_absent=False),
        Field("priority", "priority", Choice("FAIR", "OLDEST_FIRST"), when_absent="OLDEST_FIRST"),
        Field("failover_settings", "failoverSettings", FAILOVER),
    ),
    parts=(
        Part("schedule", "/schedule", SCHEDULE, REPLICATION),
        _content("tenants", "tenants"),
        _content("default_namespace_directories", "defaultNamespaceDirectories", match_case=True),
        _content("chained_links", "chainedLinks"),
        SuspendedPart("suspended", "", Boolean(), REPLICATION, order=lambda wanted: 1),
    ),
)
