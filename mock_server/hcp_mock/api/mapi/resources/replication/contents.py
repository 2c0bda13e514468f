"""Routes of the contents of links and of the candidates for them."""

from __future__ import annotations

from .....errors import missing_parameter
from .....models.names import Names
from .....services.container import Services
from .....services.replication.contents import CHAINED, DIRECTORIES, KINDS, TENANTS, Lister
from ...routing import Document, Request, Route
from .links import LINK, READ, WRITE, link_of

CONTENT = f"{LINK}/content"
# Not {tenant}, {link} ...: the named item may exist only on the other system.
_ITEMS = {DIRECTORIES: "directory", CHAINED: "chainedLink", TENANTS: "member"}


def routes(s: Services) -> list[Route]:
    contents = s.replication.contents
    return [
        *_lists(s, CONTENT, "content", contents.included),
        *_lists(s, f"{LINK}/localCandidates", "content", contents.local),
        *_lists(s, f"{LINK}/remoteCandidates", "content", contents.remote),
        *(route for kind in KINDS for route in _items(s, kind)),
        *_tenants(s),
    ]


def _lists(s: Services, base: str, root: str, names: Lister) -> list[Route]:
    """Return the routes of a resource with three lists, and of each list."""

    def document(request: Request) -> Document:
        return Document(s.replication.contents.document(link_of(s, request), names), root)

    def lister(kind: str) -> Route:
        def some(request: Request) -> Document:
            return Document(Names(name=names(link_of(s, request), kind)), kind)

        return Route("GET", f"{base}/{kind}", READ, some, system_only=True)

    return [
        Route("GET", base, READ, document, system_only=True),
        *(lister(kind) for kind in KINDS),
    ]


def _items(s: Services, kind: str) -> list[Route]:
    item = _ITEMS[kind]
    path = f"{CONTENT}/{kind}/{{{item}}}"

    def add(request: Request) -> None:
        s.replication.contents.add(link_of(s, request), kind, request.parts[item])

    def remove(request: Request) -> None:
        s.replication.contents.remove(link_of(s, request), kind, request.parts[item])

    return [
        Route("PUT", path, WRITE, add, system_only=True, no_body=True),
        Route("DELETE", path, WRITE, remove, system_only=True),
    ]


def _tenants(s: Services) -> list[Route]:
    contents = s.replication.contents
    path = f"{CONTENT}/{TENANTS}/{{member}}"

    def read(request: Request) -> Document:
        link = link_of(s, request)
        member = contents.member(link, request.parts["member"])
        return Document(contents.progress(link, member), "tenant")

    def act(request: Request) -> None:
        member = contents.member(link_of(s, request), request.parts["member"])
        if request.action is None:
            raise missing_parameter("pause")
        (contents.pause if request.action == "pause" else contents.resume)(member)

    return [
        Route("GET", path, READ, read, system_only=True),
        Route(
            "POST", path, WRITE, act, system_only=True, no_body=True, actions=("pause", "resume")
        ),
    ]
