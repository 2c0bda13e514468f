"""Routes of content classes."""

from __future__ import annotations

from .....models.names import Names
from .....models.tenants.content_classes import ContentClass
from .....services.access import A, M, access
from .....services.container import Services
from ...routing import Document, Request, Route

ALL = "/tenants/{tenant}/contentClasses"
ONE = f"{ALL}/{{contentClass}}"


def routes(s: Services) -> list[Route]:
    classes = s.content_classes

    def class_of(request: Request) -> ContentClass:
        return classes.find(request.tenant, request.parts["contentClass"])

    def names(request: Request) -> Document:
        return Document(Names(name=classes.names(request.tenant)), "contentClasses")

    def create(request: Request) -> None:
        classes.create(request.tenant, request.body)

    def read(request: Request) -> Document:
        return Document(classes.view(request.tenant, class_of(request)), "contentClass")

    def modify(request: Request) -> None:
        classes.modify(request.tenant, class_of(request), request.body)

    def delete(request: Request) -> None:
        classes.delete(request.tenant, class_of(request))

    see, write = access(A, M), access(A)
    return [
        Route("GET", ALL, see, names),
        Route("PUT", ALL, write, create, ContentClass, "contentClass"),
        Route("GET", ONE, see, read),
        Route("POST", ONE, write, modify, ContentClass, "contentClass"),
        Route("DELETE", ONE, write, delete),
    ]
