"""The services of the metadata query API, put together once."""

from __future__ import annotations

from dataclasses import dataclass

from ...state.world import World
from ..accounts.authentication import Authentication
from ..clock import Clock
from ..s3.callers import Accounts
from .queries import QueryService
from .searchers import Searchers


@dataclass
class QueryServices:
    searchers: Searchers
    queries: QueryService


def build_query(world: World, clock: Clock, authentication: Authentication) -> QueryServices:
    accounts = Accounts(world, authentication)
    return QueryServices(
        searchers=Searchers(world, authentication, accounts),
        queries=QueryService(world, clock),
    )
