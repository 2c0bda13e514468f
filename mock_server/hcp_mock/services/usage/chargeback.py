"""Chargeback reports. MAPI reference: chargebackReport, chargebackData.

Intervals are clock hours, days of 24 hours, or one interval for the whole period, all in UTC.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from ...errors import bad_parameter
from ...models.usage import ChargebackData, ChargebackReport, Granularity
from ...state.records import NamespaceRecord, TenantRecord
from ...state.usage import Activity, Contents, hour_of
from ..clock import TIME_FORMAT, Clock
from ..housekeeping import run_housekeeping

KEPT_HOURS = 180 * 24
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}")
Interval = tuple[int, int]


@dataclass(frozen=True)
class ReportPeriod:
    """The validated query of a report: the first and the last hour."""

    first: int
    last: int
    granularity: Granularity

    def intervals(self, created_hour: int) -> Iterator[Interval]:
        """Yield first and last hour of each interval, from the earliest available data on."""
        first = max(self.first, created_hour)
        if first > self.last:
            return
        if self.granularity is Granularity.TOTAL:
            yield first, self.last
            return
        length = 24 if self.granularity is Granularity.DAY else 1
        for hour in range(first // length * length, self.last + 1, length):
            yield hour, hour + length - 1


def parse_query(query: Mapping[str, str], now: datetime) -> ReportPeriod:
    granularity = query.get("granularity", Granularity.TOTAL)
    try:
        wanted = Granularity(granularity)
    except ValueError:
        raise bad_parameter("granularity") from None
    start, end = _time(query, "start"), _time(query, "end")
    if start is not None and start >= (end or now):
        raise bad_parameter("start")
    earliest = hour_of(now) - KEPT_HOURS
    first = earliest if start is None else max(earliest, hour_of(start))
    last = hour_of(now if end is None else min(end, now))
    return ReportPeriod(first, last, wanted)


def _time(query: Mapping[str, str], name: str) -> datetime | None:
    text = query.get(name)
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text if _TIME.fullmatch(text) else "")
    except ValueError:
        raise bad_parameter(name) from None


@dataclass
class ChargebackService:
    clock: Clock
    domain: str

    def of_namespace(
        self, tenant: TenantRecord, namespace: NamespaceRecord, query: Mapping[str, str]
    ) -> ChargebackReport:
        now = self.clock.now()
        period = parse_query(query, now)
        run_housekeeping(namespace, now)
        rows = [
            self._namespace_row(tenant, namespace, interval)
            for interval in period.intervals(namespace.usage.created_hour)
        ]
        return ChargebackReport(chargebackData=rows)

    def of_tenant(self, tenant: TenantRecord, query: Mapping[str, str]) -> ChargebackReport:
        """Return a row for each namespace and one for the tenant, for each interval.

        The text describes only the row of the tenant, the example shows the namespaces as well.
        """
        now = self.clock.now()
        period = parse_query(query, now)
        for namespace in tenant.namespaces:
            run_housekeeping(namespace, now)
        rows: list[ChargebackData] = []
        for interval in period.intervals(tenant.created_hour):
            existing = [n for n in tenant.namespaces if n.usage.created_hour <= interval[1]]
            rows += [self._namespace_row(tenant, n, interval) for n in existing]
            rows.append(self._tenant_row(tenant, existing, interval))
        return ChargebackReport(chargebackData=rows)

    def _namespace_row(
        self, tenant: TenantRecord, namespace: NamespaceRecord, interval: Interval
    ) -> ChargebackData:
        usage = namespace.usage
        return self._row(
            tenant,
            interval,
            namespace.name,
            usage.activity_between(*interval),
            usage.contents_at_end(interval[1], namespace.contents),
        )

    def _tenant_row(
        self, tenant: TenantRecord, existing: list[NamespaceRecord], interval: Interval
    ) -> ChargebackData:
        first, last = interval
        deleted_usage = [
            usage
            for usage in tenant.deleted_usage
            if usage.created_hour <= last and (usage.deleted_hour or 0) >= first
        ]
        activity = sum(
            (
                usage.activity_between(first, last)
                for usage in (*(n.usage for n in existing), *deleted_usage)
            ),
            Activity(),
        )
        contents = sum((n.usage.contents_at_end(last, n.contents) for n in existing), Contents())
        contents = sum(
            (usage.contents_at_end(last, Contents()) for usage in deleted_usage), contents
        )
        row = self._row(tenant, interval, "", activity, contents)
        row.deleted = "included" if deleted_usage else "false"
        return row

    def _row(
        self,
        tenant: TenantRecord,
        interval: Interval,
        namespace: str,
        activity: Activity,
        contents: Contents,
    ) -> ChargebackData:
        return ChargebackData(
            bytesIn=activity.bytes_in,
            bytesOut=activity.bytes_out,
            deleted="false",
            deletes=activity.deletes,
            endTime=_format_time((interval[1] + 1) * 3600 - 1),
            ingestedVolume=contents.ingested,
            multipartObjectBytes=contents.multipart_object_bytes,
            multipartObjectParts=contents.multipart_object_parts,
            multipartObjects=contents.multipart_objects,
            multipartUploadBytes=contents.upload_bytes,
            multipartUploadParts=contents.upload_parts,
            multipartUploads=contents.uploads,
            namespaceName=namespace,
            objectCount=contents.objects,
            reads=activity.reads,
            startTime=_format_time(interval[0] * 3600),
            storageCapacityUsed=contents.used,
            systemName=self.domain,
            tenantName=tenant.name,
            valid=True,
            writes=activity.writes,
        )


def _format_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime(TIME_FORMAT)
