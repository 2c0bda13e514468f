"""Routes of the packages of logs and of health check reports."""

from __future__ import annotations

from ....errors import InvalidRequest, missing_parameter
from ....models.accounts import Role
from ....models.packages import HealthCheckDownload, HealthCheckPrepare, LogDownload, LogPrepare
from ....services.access import A, M, access
from ....services.container import Services
from ...media import XML, ZIP
from ..routing import Answer, Call, File, Route

LOGS, REPORTS = "/logs", "/healthCheckReport"
WRITE = access(system=(A, Role.SERVICE))


def routes(s: Services) -> list[Route]:
    return [*_logs(s), *_reports(s)]


def _logs(s: Services) -> list[Route]:
    def status(_call: Call) -> Answer:
        return Answer(s.logs.status(), "logDownloadStatus")

    def act(call: Call) -> None:
        if ("mark" in call.query) == ("cancel" in call.query):
            raise InvalidRequest("Exactly one of the parameters 'mark' and 'cancel' is required.")
        if "mark" in call.query:
            s.logs.mark(call.query["mark"])
        else:
            s.logs.packaging.clear()

    def prepare(call: Call) -> None:
        s.logs.prepare(call.body)

    def download(call: Call) -> File:
        name, content = s.logs.download(call.body)
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
            also="logDownloadPrepare",
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
    def status(_call: Call) -> Answer:
        return Answer(s.health_checks.status(), "healthCheckDownloadStatus")

    def cancel(_call: Call) -> None:
        s.health_checks.packaging.clear()

    def act(call: Call) -> None:
        if "cancel" not in call.query:
            raise missing_parameter("cancel")
        cancel(call)

    def prepare(call: Call) -> None:
        s.health_checks.prepare(call.body)

    def download(call: Call) -> File:
        # The archive is called XML in the reference's example.
        return File(s.health_checks.download(call.body), XML)

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
            also="healthcheckPrepare",
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
