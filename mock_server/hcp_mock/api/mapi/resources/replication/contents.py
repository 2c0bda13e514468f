"""Routes of what links carry, and of what they could carry."""

from __future__ import annotations

from .....errors import missing_parameter
from .....models.names import Names
from .....services.container import Services
from .....services.replication.contents import CHAINED, DIRECTORIES, KINDS, TENANTS, Lister
from ...routing import Answer, Call, Route
from .links import LINK, READ, WRITE, found

CONTENT = f"{LINK}/content"
# Not {tenant}, {link} ...: what is named may be on the other system only.
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
    """A resource of three lists, and each of the lists."""

    def document(call: Call) -> Answer:
        return Answer(s.replication.contents.document(found(s, call), names), root)

    def lister(kind: str) -> Route:
        def some(call: Call) -> Answer:
            return Answer(Names(name=names(found(s, call), kind)), kind)

        return Route("GET", f"{base}/{kind}", READ, some, system_only=True)

    return [
        Route("GET", base, READ, document, system_only=True),
        *(lister(kind) for kind in KINDS),
    ]


def _items(s: Services, kind: str) -> list[Route]:
    item = _ITEMS[kind]
    path = f"{CONTENT}/{kind}/{{{item}}}"

    def add(call: Call) -> None:
        s.replication.contents.add(found(s, call), kind, call.parts[item])

    def remove(call: Call) -> None:
        s.replication.contents.remove(found(s, call), kind, call.parts[item])

    return [
        Route("PUT", path, WRITE, add, system_only=True, bare=True),
        Route("DELETE", path, WRITE, remove, system_only=True),
    ]


def _tenants(s: Services) -> list[Route]:
    contents = s.replication.contents
    path = f"{CONTENT}/{TENANTS}/{{member}}"

    def read(call: Call) -> Answer:
        link = found(s, call)
        member = contents.member(link, call.parts["member"])
        return Answer(contents.progress(link, member), "tenant")

    def act(call: Call) -> None:
        member = contents.member(found(s, call), call.parts["member"])
        if call.action is None:
            raise missing_parameter("pause")
        (contents.pause if call.action == "pause" else contents.resume)(member)

    return [
        Route("GET", path, READ, read, system_only=True),
        Route("POST", path, WRITE, act, system_only=True, bare=True, actions=("pause", "resume")),
    ]
