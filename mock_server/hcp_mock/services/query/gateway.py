"""The services of the metadata query API, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from ..container import Services
from ..s3.callers import Accounts
from .queries import QueryService
from .searchers import Searchers


@dataclass
class QueryServices:
    searchers: Searchers
    queries: QueryService


def build_query(services: Services) -> QueryServices:
    world, authentication = services.world, services.authentication
    accounts = Accounts(world, authentication)
    return QueryServices(
        searchers=Searchers(world, authentication, accounts),
        queries=QueryService(world, services.clock),
    )
