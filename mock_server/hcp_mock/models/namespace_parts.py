"""The settings that a namespace keeps in resources of their own.

MAPI reference: httpProtocol, cifsProtocol, nfsProtocol, smtpProtocol,
customMetadataIndexingSettings, replicationCollisionSettings.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from .base import AnyCase, DataType, Days36500, Flag, Shown, Text, Use, Whole, prop, read_only
from .network import AllowDenyLists, AllowList, IpSettings

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
    # Part of every answer, but always empty: the password is never told.
    webdavBasicAuthPassword: Annotated[Text, Field(max_length=64)] | None = prop()
    webdavBasicAuthUsername: Annotated[Text, AfterValidator(_check_webdav_user)] | None = prop()
    webdavCustomMetadata: Flag | None = prop()
    webdavEnabled: Flag | None = prop()


class Protocols(DataType):
    """What the default namespace has in place of a resource for each protocol."""

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


class CustomMetadataIndexingSettings(DataType):
    contentClasses: list[Text] | None = prop(item="name")
    excludedAnnotations: Text | None = prop()
    fullIndexingEnabled: Flag | None = prop()


class CollisionAction(AnyCase):
    MOVE = "MOVE"
    RENAME = "RENAME"


class ReplicationCollisionSettings(DataType):
    action: CollisionAction | None = prop()
    deleteDays: Days36500 | None = prop()
    deleteEnabled: Flag | None = prop()


class Statistics(DataType):
    """What a namespace holds, or all namespaces of a tenant together."""

    customMetadataCount: int | None = read_only(Shown.ALWAYS)
    customMetadataSize: int | None = read_only(Shown.ALWAYS)
    ingestedVolume: int | None = read_only(Shown.ALWAYS)
    objectCount: int | None = read_only(Shown.ALWAYS)
    shredCount: int | None = read_only(Shown.ALWAYS)
    shredSize: int | None = read_only(Shown.ALWAYS)
    storageCapacityUsed: int | None = read_only(Shown.ALWAYS)


class ContentPropertyType(AnyCase):
    BOOLEAN = "BOOLEAN"
    DATE = "DATE"
    FLOAT = "FLOAT"
    FULLTEXT = "FULLTEXT"
    INTEGER = "INTEGER"
    STRING = "STRING"


class ContentProperty(DataType):
    name: Annotated[Text, Field(pattern=r"^[A-Za-z0-9_]{1,25}$")] | None = prop()
    expression: Text | None = prop()
    type: ContentPropertyType | None = prop()
    multivalued: Flag | None = prop()
    format: Text | None = prop()


class ContentClass(DataType):
    name: Annotated[Text, Field(min_length=1, max_length=64)] | None = prop(put=Use.REQUIRED)
    contentProperties: list[ContentProperty] | None = prop(item="contentProperty")
    namespaces: list[Text] | None = prop(item="name")
