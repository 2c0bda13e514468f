"""One piece of bulk work, as both programs that do it are told about it, and how it is timed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from .servers import namespace_name, namespace_path, user_name, user_path
from .wire import TENANT, Place, Request

CONCURRENCY = 8
SOFT_QUOTA = 80
PAGE = 500
ALL = f"/mapi/tenants/{TENANT}/namespaces"
ALL_USERS = f"/mapi/tenants/{TENANT}/userAccounts"
DESCRIPTION = "from a configuration"


@dataclass(frozen=True)
class Job:
    """Have ``count`` namespaces, of which so many do not exist, or differ in one setting.

    The first ones are missing or drifted. There are ``users`` accounts besides, which all exist and
    are as they should be.
    """

    place: Place
    count: int
    missing: int = 0
    drifted: int = 0
    concurrency: int = CONCURRENCY
    users: int = 0

    @classmethod
    def read(cls, path: Path) -> Self:
        found = json.loads(path.read_text())
        return cls(**{**found, "place": Place(**found["place"])})

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self)))

    @property
    def namespaces(self) -> list[dict[str, Any]]:
        """What is to be there, in the words of the modules."""
        return [
            {"name": namespace_name(number), "hard_quota": "1 GB", "soft_quota": SOFT_QUOTA}
            for number in range(self.count)
        ]

    @property
    def accounts(self) -> list[dict[str, Any]]:
        """The accounts that are to be there, in the words of the modules."""
        return [
            {"name": user_name(number), "description": DESCRIPTION} for number in range(self.users)
        ]

    @property
    def listing(self) -> list[Request]:
        """Tells what exists. A full page may not be the last one."""
        lists = [(ALL, "name", self.count - self.missing)]
        if self.users:
            # The administrator is one more.
            lists.append((ALL_USERS, "username", self.users + 1))
        return [
            Request("GET", f"{path}?sortType={sort}&offset={offset}&count={PAGE}")
            for path, sort, existing in lists
            for offset in range(0, existing + 1, PAGE)
        ]

    @property
    def reads(self) -> list[Request]:
        """Those that exist have to be looked at one by one: HCP's lists hold nothing but names."""
        namespaces = map(namespace_path, range(self.missing, self.count))
        users = map(user_path, range(self.users))
        return [Request("GET", f"{path}?verbose=true") for path in (*namespaces, *users)]

    @property
    def writes(self) -> list[Request]:
        created = [
            Request(
                "PUT",
                ALL,
                {"name": namespace_name(number), "hardQuota": "1 GB", "softQuota": SOFT_QUOTA},
            )
            for number in range(self.missing)
        ]
        changed = [
            Request("POST", namespace_path(number), {"softQuota": SOFT_QUOTA})
            for number in range(self.drifted)
        ]
        return created + changed

    @property
    def minimum(self) -> int:
        """How many requests it takes."""
        return len(self.listing) + len(self.reads) + len(self.writes)


def timed(work: Callable[[], None]) -> dict[str, float]:
    """The seconds that it takes, and the most memory in MB that the process had by then."""
    started = time.perf_counter()
    work()
    seconds = time.perf_counter() - started
    status = Path("/proc/self/status").read_text()
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return {"seconds": seconds, "megabytes": int(peak) / 1024}
