"""Routes of replication: the service, certificates, links and their schedules."""

from __future__ import annotations

from .....models.names import Names
from .....models.replication import Link, ReplicationService, Schedule
from .....services.access import A, M, access
from .....services.container import Services
from .....state.replication import LinkRecord
from ....media import TEXT
from ...routing import Answer, Call, File, Route

BASE = "/services/replication"
CERTIFICATES = f"{BASE}/certificates"
LINKS = f"{BASE}/links"
LINK = f"{LINKS}/{{link}}"
READ, WRITE = access(system=(A, M)), access(system=(A,))
ACTIONS = (
    "suspend",
    "resume",
    "failOver",
    "failBack",
    "beginRecover",
    "beginRecovery",  # what a client sends, and another part of the reference says
    "completeRecovery",
    "restore",
)


def routes(s: Services) -> list[Route]:
    return [*_service(s), *_certificates(s), *_links(s), *_schedule(s)]


def _service(s: Services) -> list[Route]:
    settings = s.replication.settings

    def read(call: Call) -> Answer:
        return Answer(settings.view(), "replicationService")

    def modify(call: Call) -> None:
        if call.action == "shutDownAllLinks":
            settings.shut_down(call.query[call.action])
        elif call.action == "reestablishAllLinks":
            settings.reestablish()
        else:
            settings.modify(call.body)

    return [
        Route("GET", BASE, READ, read, system_only=True),
        Route(
            "POST",
            BASE,
            WRITE,
            modify,
            ReplicationService,
            "replicationService",
            system_only=True,
            actions=("shutDownAllLinks", "reestablishAllLinks"),
        ),
    ]


def _certificates(s: Services) -> list[Route]:
    certificates = s.replication.certificates

    def every(call: Call) -> Answer:
        return Answer(certificates.view(), "certificates")

    def upload(call: Call) -> None:
        certificates.upload(call.body)

    def read(call: Call) -> File:
        return File(certificates.text(call.parts["certificateId"]).encode("ascii"), TEXT)

    def server(call: Call) -> File:
        return File(certificates.server().encode("ascii"), TEXT, "server_certificate.txt")

    def delete(call: Call) -> None:
        certificates.delete(call.parts["certificateId"])

    one, text = f"{CERTIFICATES}/{{certificateId}}", (TEXT,)
    return [
        Route("GET", CERTIFICATES, READ, every, system_only=True),
        Route("PUT", CERTIFICATES, WRITE, upload, system_only=True, upload=True, untyped=True),
        Route("GET", one, READ, read, system_only=True, offered=text),
        Route("DELETE", one, WRITE, delete, system_only=True),
        Route("GET", f"{CERTIFICATES}/server", WRITE, server, system_only=True, offered=text),
    ]


def found(s: Services, call: Call) -> LinkRecord:
    return s.replication.links.find(call.parts["link"])


def _links(s: Services) -> list[Route]:
    links = s.replication.links

    def names(call: Call) -> Answer:
        return Answer(Names(name=links.names()), "links")

    def create(call: Call) -> None:
        links.create(call.body)

    def read(call: Call) -> Answer:
        return Answer(links.view(found(s, call)), "link")

    def modify(call: Call) -> None:
        if call.action is None:
            links.modify(found(s, call), call.body)
        else:
            s.replication.life.act(found(s, call), call.action)

    def delete(call: Call) -> None:
        links.delete(found(s, call))

    return [
        Route("GET", LINKS, READ, names, system_only=True),
        Route("PUT", LINKS, WRITE, create, Link, "link", system_only=True),
        Route("GET", LINK, READ, read, system_only=True),
        Route("POST", LINK, WRITE, modify, Link, "link", system_only=True, actions=ACTIONS),
        Route("DELETE", LINK, WRITE, delete, system_only=True),
    ]


def _schedule(s: Services) -> list[Route]:
    path = f"{LINK}/schedule"

    def read(call: Call) -> Answer:
        return Answer(s.replication.links.schedule(found(s, call)), "schedule")

    def modify(call: Call) -> None:
        s.replication.links.modify_schedule(found(s, call), call.body)

    return [
        Route("GET", path, READ, read, system_only=True),
        Route("POST", path, WRITE, modify, Schedule, "schedule", system_only=True),
    ]
