"""Routes of contact, mail and search console of a tenant."""

from __future__ import annotations

from .....models.tenants.contact import ContactInfo, EmailNotification, SearchSecurity
from .....services.access import A, M, S, access
from .....services.container import Services
from ...routing import Answer, Call, Route

ONE = "/tenants/{tenant}"


def routes(s: Services) -> list[Route]:
    def read_contact(call: Call) -> Answer:
        return Answer(call.tenant.contact, "contactInfo")

    def modify_contact(call: Call) -> None:
        s.contact.modify(call.tenant, call.body)

    def read_mail(call: Call) -> Answer:
        return Answer(call.tenant.notification, "emailNotification")

    def modify_mail(call: Call) -> None:
        s.notification.modify(call.tenant, call.body)

    def read_search(call: Call) -> Answer:
        return Answer(call.tenant.search, "searchSecurity")

    def modify_search(call: Call) -> None:
        s.search_security.modify(call.tenant, call.body)

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
