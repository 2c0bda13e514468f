"""Packages of logs and health check reports: preparation, status and download.

MAPI reference: logDownloadPrepare, logDownload, logDownloadStatus, healthCheckPrepare,
healthCheckDownload, healthCheckDownloadStatus.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator

from .base import DataType, Flag, Text, prop


class LogContent(StrEnum):
    ACCESS = "ACCESS"
    SYSTEM = "SYSTEM"
    SERVICE = "SERVICE"
    APPLICATION = "APPLICATION"


def parse_day(text: str) -> date:
    """Parse ``MM/DD/YYYY`` with leading zeros."""
    if not re.fullmatch(r"\d\d/\d\d/\d{4}", text, re.ASCII):
        raise ValueError("not a date")
    return datetime.strptime(text, "%m/%d/%Y").date()  # noqa: DTZ007  (a day, without a time)


def _check_day(text: str) -> str:
    parse_day(text)
    return text


def _check_time(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise ValueError("not a time of day")
    return text


Day = Annotated[Text, AfterValidator(_check_day)]
TimeOfDay = Annotated[Text, AfterValidator(_check_time)]


class LogPrepare(DataType):
    startDate: Day | None = prop()
    endDate: Day | None = prop()
    snodes: Text | None = prop()


class LogDownload(DataType):
    nodes: Text | None = prop()
    snodes: Text | None = prop()
    content: Text | None = prop()


class LogDownloadStatus(DataType):
    readyForStreaming: Flag | None = prop()
    streamingInProgress: Flag | None = prop()
    started: Flag | None = prop()
    error: Flag | None = prop()
    content: Text | None = prop()


class HealthCheckPrepare(DataType):
    startDate: Day | None = prop()
    endDate: Day | None = prop()
    exactTime: TimeOfDay | None = prop()
    collectCurrent: Flag | None = prop()


class HealthCheckDownload(DataType):
    nodes: Text | None = prop()
    content: Text | None = prop()  # obsolete: accepted and ignored


class HealthCheckDownloadStatus(DataType):
    readyForStreaming: Flag | None = prop()
    streamingInProgress: Flag | None = prop()
    error: Flag | None = prop()
    started: Flag | None = prop()
    content: Text | None = prop()
