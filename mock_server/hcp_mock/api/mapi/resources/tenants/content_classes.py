"""Routes of content classes."""

from __future__ import annotations

from .....models.names import Names
from .....models.tenants.content_classes import ContentClass
from .....services.access import A, M, access
from .....services.container import Services
from ...routing import Answer, Call, Route

ALL = "/tenants/{tenant}/contentClasses"
ONE = f"{ALL}/{{contentClass}}"


def routes(s: Services) -> list[Route]:
    classes = s.content_classes

    def found(call: Call) -> ContentClass:
        return classes.find(call.tenant, call.parts["contentClass"])

    def names(call: Call) -> Answer:
        return Answer(Names(name=classes.names(call.tenant)), "contentClasses")

    def create(call: Call) -> None:
        classes.create(call.tenant, call.body)

    def read(call: Call) -> Answer:
        return Answer(classes.view(call.tenant, found(call)), "contentClass")

    def modify(call: Call) -> None:
        classes.modify(call.tenant, found(call), call.body)

    def delete(call: Call) -> None:
        classes.delete(call.tenant, found(call))

    see, write = access(A, M), access(A)
    return [
        Route("GET", ALL, see, names),
        Route("PUT", ALL, write, create, ContentClass, "contentClass"),
        Route("GET", ONE, see, read),
        Route("POST", ONE, write, modify, ContentClass, "contentClass"),
        Route("DELETE", ONE, write, delete),
    ]
