"""Routes of log packages and health check reports."""

from __future__ import annotations

from ....errors import InvalidRequest, missing_parameter
from ....models.accounts import Role
from ....models.packages import HealthCheckDownload, HealthCheckPrepare, LogDownload, LogPrepare
from ....services.access import A, M, access
from ....services.container import Services
from ...media import XML, ZIP
from ..routing import Document, File, Request, Route

LOGS, REPORTS = "/logs", "/healthCheckReport"
WRITE = access(system=(A, Role.SERVICE))


def routes(s: Services) -> list[Route]:
    return [*_logs(s), *_reports(s)]


def _logs(s: Services) -> list[Route]:
    def status(_request: Request) -> Document:
        return Document(s.logs.status(), "logDownloadStatus")

    def act(request: Request) -> None:
        if ("mark" in request.query) == ("cancel" in request.query):
            raise InvalidRequest("Exactly one of the parameters 'mark' and 'cancel' is required.")
        if "mark" in request.query:
            s.logs.mark(request.query["mark"])
        else:
            s.logs.packaging.clear()

    def prepare(request: Request) -> None:
        s.logs.prepare(request.body)

    def download(request: Request) -> File:
        name, content = s.logs.download(request.body)
        return File(content, ZIP, name, (("Accept-Ranges", "none"),))

    return [
        Route("GET", LOGS, access(system=(A, M, Role.SERVICE)), status, system_only=True),
        Route("POST", LOGS, WRITE, act, system_only=True),
        Route(
            "POST",
            f"{LOGS}/prepare",
            WRITE,
            prepare,
            LogPrepare,
            "logPrepare",
            alternative_root="logDownloadPrepare",
            system_only=True,
        ),
        Route(
            "POST",
            f"{LOGS}/download",
            WRITE,
            download,
            LogDownload,
            "logDownload",
            offered=(ZIP,),
            system_only=True,
        ),
    ]


def _reports(s: Services) -> list[Route]:
    def status(_request: Request) -> Document:
        return Document(s.health_checks.status(), "healthCheckDownloadStatus")

    def cancel(_request: Request) -> None:
        s.health_checks.packaging.clear()

    def act(request: Request) -> None:
        if "cancel" not in request.query:
            raise missing_parameter("cancel")
        cancel(request)

    def prepare(request: Request) -> None:
        s.health_checks.prepare(request.body)

    def download(request: Request) -> File:
        # The example in the reference gives the archive the media type XML.
        return File(s.health_checks.download(request.body), XML)

    return [
        Route("GET", REPORTS, WRITE, status, system_only=True),
        Route("POST", REPORTS, WRITE, act, system_only=True),
        Route("POST", f"{REPORTS}/cancel", WRITE, cancel, system_only=True),
        Route(
            "POST",
            f"{REPORTS}/prepare",
            WRITE,
            prepare,
            HealthCheckPrepare,
            "healthCheckPrepare",
            alternative_root="healthcheckPrepare",
            system_only=True,
        ),
        Route(
            "POST",
            f"{REPORTS}/download",
            WRITE,
            download,
            HealthCheckDownload,
            "healthCheckDownload",
            offered=(XML, ZIP),
            system_only=True,
        ),
    ]
