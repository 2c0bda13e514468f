"""Contact, email notification and search security of a tenant.

MAPI reference: contactInfo, emailNotification, emailTemplate, recipients, searchSecurity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, create_model

from ..base import AnyCase, DataType, Flag, Text, prop
from ..network import IpSettings, default_ip_settings

# One @ with something on both sides; what exactly HCP calls a valid address is unconfirmed.
_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
_PHONE = re.compile(r"[0-9(). +-]*")


def _check_one_address(value: str) -> str:
    if value and (len(value) > 254 or not _ADDRESS.fullmatch(value)):
        raise ValueError("not an email address")
    return value


def _check_addresses(value: str) -> str:
    for part in value.split(","):
        if not part.strip():
            raise ValueError("not an email address")
        _check_one_address(part.strip())
    return value


def _check_phone(value: str) -> str:
    if not _PHONE.fullmatch(value):
        raise ValueError("not a phone number")
    return value


def _check_sender(value: str) -> str:
    """Check a sender address, which may contain variables."""
    if not _ADDRESS.fullmatch(value):
        raise ValueError("not an email address")
    return value


def _one_line(value: str) -> str:
    if any(char in value for char in "\t\r\n"):
        raise ValueError("line breaks and tabs are not allowed")
    return value


def _without_tabs(value: str) -> str:
    if "\t" in value:
        raise ValueError("tabs are not allowed")
    return value


Name64 = Annotated[Text, Field(max_length=64)]


class ContactInfo(DataType):
    address1: Text | None = prop()
    address2: Text | None = prop()
    city: Text | None = prop()
    countryOrRegion: Text | None = prop()
    emailAddress: Annotated[Text, AfterValidator(_check_one_address)] | None = prop()
    extension: Text | None = prop()
    firstName: Name64 | None = prop()
    lastName: Name64 | None = prop()
    primaryPhone: Annotated[Text, Field(max_length=24), AfterValidator(_check_phone)] | None = (
        prop()
    )
    state: Text | None = prop()
    zipOrPostalCode: Text | None = prop()


class Importance(AnyCase):
    ALL = "ALL"
    MAJOR = "MAJOR"


class Severity(AnyCase):
    NOTICE = "NOTICE"
    WARNING = "WARNING"
    ERROR = "ERROR"


class RecipientType(AnyCase):
    GENERAL = "GENERAL"
    SECURITY = "SECURITY"
    COMPLIANCE = "COMPLIANCE"


def _normalised_types(value: str) -> str:
    """Normalize a comma-separated list of types in any case."""
    return ",".join(dict.fromkeys(RecipientType(part).value for part in value.split(",")))


class Recipient(DataType):
    address: Annotated[Text, AfterValidator(_check_addresses)] | None = prop()
    importance: Importance | None = prop()
    severity: Severity | None = prop()
    type: Annotated[Text, AfterValidator(_normalised_types)] | None = prop()


class _Template(DataType):
    body: Annotated[Text, AfterValidator(_without_tabs)] | None = prop()
    subject: Annotated[Text, AfterValidator(_one_line)] | None = prop()


if TYPE_CHECKING:
    EmailTemplate = _Template
else:
    # "from" is a keyword: no class statement can have such a property.
    _SENDER = (Annotated[Text, AfterValidator(_check_sender)] | None, prop())
    EmailTemplate = create_model("EmailTemplate", __base__=_Template, **{"from": _SENDER})


class EmailNotification(DataType):
    emailTemplate: EmailTemplate | None = prop()
    enabled: Flag | None = prop()
    recipients: Annotated[list[Recipient], Field(max_length=25)] | None = prop(item="recipient")


class SearchSecurity(DataType):
    ipSettings: IpSettings | None = prop()


def default_template() -> EmailTemplate:
    return EmailTemplate.model_validate(
        {
            "from": "log@$location",
            "subject": "[$severity] $shortText",
            "body": (
                "The following event occurred on $date:\\n\\n$fullText\\n\\nReason: $reason\\n"
                "Action: $action\\nDetails: User: $user Origin: $origin"
            ),
        }
    )


def default_contact() -> ContactInfo:
    return ContactInfo.model_validate(dict.fromkeys(ContactInfo.model_fields, ""))


def default_notification() -> EmailNotification:
    return EmailNotification(emailTemplate=default_template(), enabled=False, recipients=[])


def default_search_security() -> SearchSecurity:
    return SearchSecurity(ipSettings=default_ip_settings())
