"""Contact, email notification and search security of a tenant.

MAPI reference: contactInfo, emailNotification, searchSecurity.
"""

from __future__ import annotations

from ...errors import bad_property, missing_property
from ...models.base import overlay
from ...models.tenants.contact import (
    ContactInfo,
    EmailNotification,
    EmailTemplate,
    Importance,
    Recipient,
    RecipientType,
    SearchSecurity,
    Severity,
    default_template,
)
from ...state.records import TenantRecord


class ContactService:
    @staticmethod
    def modify(tenant: TenantRecord, body: ContactInfo) -> None:
        tenant.contact = tenant.contact.changed_by(body)


class NotificationService:
    """A template and recipients replace the stored ones. The mock never sends mail."""

    @staticmethod
    def modify(tenant: TenantRecord, body: EmailNotification) -> None:
        new = tenant.notification.changed_by(body)
        if body.emailTemplate is not None:
            new.emailTemplate = _template(body.emailTemplate)
        if body.recipients is not None:
            new.recipients = [_with_defaults(recipient) for recipient in body.recipients]
        tenant.notification = new


def _template(body: EmailTemplate) -> EmailTemplate:
    """An empty template is the default one. Sender and subject are required together."""
    given = body.given()
    if not given:
        return default_template()
    for name in ("from", "subject"):
        if name not in given:
            raise missing_property(name)
    if "body" in given and not body.body:
        # The manual clears a body by leaving it out; an empty one is not documented (unconfirmed).
        raise bad_property("body")
    return body if "body" in given else body.model_copy(update={"body": ""})


def _with_defaults(body: Recipient) -> Recipient:
    if body.address is None:
        raise missing_property("address")
    base = Recipient(
        importance=Importance.MAJOR,
        severity=Severity.ERROR,
        type=RecipientType.GENERAL.value,
    )
    return base.changed_by(body)


class SearchSecurityService:
    @staticmethod
    def modify(tenant: TenantRecord, body: SearchSecurity) -> None:
        if body.ipSettings is not None:
            merged = overlay(tenant.search.ipSettings, body.ipSettings)
            tenant.search = tenant.search.model_copy(update={"ipSettings": merged})
