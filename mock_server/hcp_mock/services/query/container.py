"""The services of metadata queries, constructed once."""

from __future__ import annotations

from dataclasses import dataclass

from ...state.world import World
from ..accounts.authentication import Authentication
from ..clock import Clock
from ..s3.callers import S3Accounts
from .queries import QueryService
from .searchers import SearcherService


@dataclass
class QueryServices:
    searchers: SearcherService
    queries: QueryService


def build_query(world: World, clock: Clock, authentication: Authentication) -> QueryServices:
    accounts = S3Accounts(world, authentication)
    return QueryServices(
        searchers=SearcherService(world, authentication, accounts),
        queries=QueryService(world, clock),
    )
