"""The access protocols of a namespace.

MAPI reference: httpProtocol, cifsProtocol, nfsProtocol, smtpProtocol, protocols.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from ..base import AnyCase, DataType, Flag, Text, Whole, prop
from ..network import AllowDenyLists, AllowList, IpSettings

UnixId = Annotated[Whole, Field(ge=0)]


def _check_webdav_user(value: str) -> str:
    if len(value) > 64 or value.startswith("["):
        raise ValueError("not a username")
    return value


def _check_mail_directory(value: str) -> str:
    if not value.startswith("/") or not value.endswith("/"):
        raise ValueError("not a directory")
    return value


class HttpProtocol(DataType):
    hs3Enabled: Flag | None = prop()
    hs3RequiresAuthentication: Flag | None = prop()
    httpActiveDirectorySSOEnabled: Flag | None = prop()
    httpEnabled: Flag | None = prop()
    httpsEnabled: Flag | None = prop()
    ipSettings: IpSettings | None = prop()
    restEnabled: Flag | None = prop()
    restRequiresAuthentication: Flag | None = prop()
    webdavBasicAuthEnabled: Flag | None = prop()
    # Part of every response, but always empty: the password is never shown.
    webdavBasicAuthPassword: Annotated[Text, Field(max_length=64)] | None = prop()
    webdavBasicAuthUsername: Annotated[Text, AfterValidator(_check_webdav_user)] | None = prop()
    webdavCustomMetadata: Flag | None = prop()
    webdavEnabled: Flag | None = prop()


class Protocols(DataType):
    """The one resource of the default namespace that replaces a resource for each protocol."""

    httpEnabled: Flag | None = prop()
    httpsEnabled: Flag | None = prop()
    ipSettings: IpSettings | None = prop()


class CaseForcing(AnyCase):
    UPPER = "UPPER"
    LOWER = "LOWER"
    DISABLED = "DISABLED"


class CifsProtocol(DataType):
    caseForcing: CaseForcing | None = prop()
    caseSensitive: Flag | None = prop()
    enabled: Flag | None = prop()
    ipSettings: AllowDenyLists | None = prop()
    requiresAuthentication: Flag | None = prop()


class NfsProtocol(DataType):
    enabled: Flag | None = prop()
    gid: UnixId | None = prop()
    ipSettings: AllowList | None = prop()
    uid: UnixId | None = prop()


class EmailFormat(StrEnum):
    EML = ".eml"
    MBOX = ".mbox"


class SmtpProtocol(DataType):
    emailFormat: EmailFormat | None = prop()
    emailLocation: Annotated[Text, AfterValidator(_check_mail_directory)] | None = prop()
    enabled: Flag | None = prop()
    ipSettings: AllowDenyLists | None = prop()
    separateAttachments: Flag | None = prop()
