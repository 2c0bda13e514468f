"""Routes of replication: service, certificates, links and schedules."""

from __future__ import annotations

from .....models.names import Names
from .....models.replication import Link, ReplicationService, Schedule
from .....services.access import A, M, access
from .....services.container import Services
from .....state.replication import LinkRecord
from ....media import TEXT
from ...routing import Document, File, Request, Route

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
    "beginRecovery",  # the spelling of another part of the reference
    "completeRecovery",
    "restore",
)


def routes(s: Services) -> list[Route]:
    return [*_service(s), *_certificates(s), *_links(s), *_schedule(s)]


def _service(s: Services) -> list[Route]:
    settings = s.replication.settings

    def read(request: Request) -> Document:
        return Document(settings.view(), "replicationService")

    def modify(request: Request) -> None:
        if request.action == "shutDownAllLinks":
            settings.shut_down(request.query[request.action])
        elif request.action == "reestablishAllLinks":
            settings.reestablish()
        else:
            settings.modify(request.body)

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

    def every(request: Request) -> Document:
        return Document(certificates.view(), "certificates")

    def upload(request: Request) -> None:
        certificates.upload(request.body)

    def read(request: Request) -> File:
        return File(certificates.text(request.parts["certificateId"]).encode("ascii"), TEXT)

    def server(request: Request) -> File:
        return File(certificates.server().encode("ascii"), TEXT, "server_certificate.txt")

    def delete(request: Request) -> None:
        certificates.delete(request.parts["certificateId"])

    one, text = f"{CERTIFICATES}/{{certificateId}}", (TEXT,)
    return [
        Route("GET", CERTIFICATES, READ, every, system_only=True),
        Route(
            "PUT",
            CERTIFICATES,
            WRITE,
            upload,
            system_only=True,
            upload=True,
            content_type_optional=True,
        ),
        Route("GET", one, READ, read, system_only=True, offered=text),
        Route("DELETE", one, WRITE, delete, system_only=True),
        Route("GET", f"{CERTIFICATES}/server", WRITE, server, system_only=True, offered=text),
    ]


def link_of(s: Services, request: Request) -> LinkRecord:
    return s.replication.links.find(request.parts["link"])


def _links(s: Services) -> list[Route]:
    links = s.replication.links

    def names(request: Request) -> Document:
        return Document(Names(name=links.names()), "links")

    def create(request: Request) -> None:
        links.create(request.body)

    def read(request: Request) -> Document:
        return Document(links.view(link_of(s, request)), "link")

    def modify(request: Request) -> None:
        if request.action is None:
            links.modify(link_of(s, request), request.body)
        else:
            s.replication.lifecycle.act(link_of(s, request), request.action)

    def delete(request: Request) -> None:
        links.delete(link_of(s, request))

    return [
        Route("GET", LINKS, READ, names, system_only=True),
        Route("PUT", LINKS, WRITE, create, Link, "link", system_only=True),
        Route("GET", LINK, READ, read, system_only=True),
        Route("POST", LINK, WRITE, modify, Link, "link", system_only=True, actions=ACTIONS),
        Route("DELETE", LINK, WRITE, delete, system_only=True),
    ]


def _schedule(s: Services) -> list[Route]:
    path = f"{LINK}/schedule"

    def read(request: Request) -> Document:
        return Document(s.replication.links.schedule(link_of(s, request)), "schedule")

    def modify(request: Request) -> None:
        s.replication.links.modify_schedule(link_of(s, request), request.body)

    return [
        Route("GET", path, READ, read, system_only=True),
        Route("POST", path, WRITE, modify, Schedule, "schedule", system_only=True),
    ]
