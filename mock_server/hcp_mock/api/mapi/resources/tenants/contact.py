"""Routes of contact, email notification and search security of a tenant."""

from __future__ import annotations

from .....models.tenants.contact import ContactInfo, EmailNotification, SearchSecurity
from .....services.access import A, M, S, access
from .....services.container import Services
from ...routing import Document, Request, Route

ONE = "/tenants/{tenant}"


def routes(s: Services) -> list[Route]:
    def read_contact(request: Request) -> Document:
        return Document(request.tenant.contact, "contactInfo")

    def modify_contact(request: Request) -> None:
        s.contact.modify(request.tenant, request.body)

    def read_mail(request: Request) -> Document:
        return Document(request.tenant.notification, "emailNotification")

    def modify_mail(request: Request) -> None:
        s.notification.modify(request.tenant, request.body)

    def read_search(request: Request) -> Document:
        return Document(request.tenant.search, "searchSecurity")

    def modify_search(request: Request) -> None:
        s.search_security.modify(request.tenant, request.body)

    contact, mail, search = (
        f"{ONE}/{name}" for name in ("contactInfo", "emailNotification", "searchSecurity")
    )
    see, write, security = access(A, M), access(A), access(S, default=())
    return [
        Route("GET", contact, see, read_contact),
        Route("POST", contact, write, modify_contact, ContactInfo, "contactInfo"),
        Route("GET", mail, see, read_mail),
        Route("POST", mail, write, modify_mail, EmailNotification, "emailNotification"),
        Route("GET", search, security, read_search),
        Route("POST", search, security, modify_search, SearchSecurity, "searchSecurity"),
    ]
