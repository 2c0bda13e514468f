"""How much of everything is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """
    :ivar runs: samples of each figure; the median is what counts
    :ivar requests: to the mock, over each connection
    :ivar mock_namespaces: that the mock has meanwhile
    :ivar quick_items: two lengths of a loop whose items take no process of their own
    :ivar slow_items: two lengths of a loop whose items do
    :ivar bulk: numbers of namespaces, the smallest first
    :ivar long_bulk: above this number there is only one sample with a latency: it takes long
    :ivar latencies: seconds by which the mock delays every answer
    :ivar limit: two numbers of namespaces, and as many user accounts
    """

    runs: int
    requests: int
    mock_namespaces: int
    quick_items: tuple[int, int]
    slow_items: tuple[int, int]
    bulk: tuple[int, ...]
    long_bulk: int
    latencies: tuple[float, ...]
    limit: tuple[int, int]


FULL = Sizes(
    5, 1000, 1000, (20, 420), (2, 12), (100, 1000, 5000), 1000, (0.0, 0.05), (1000, 10_000)
)
QUICK = Sizes(3, 200, 100, (5, 105), (1, 5), (40, 200), 200, (0.0, 0.05), (40, 200))
# For the test of the benchmark itself.
TINY = Sizes(1, 2, 2, (1, 2), (1, 2), (3, 6), 6, (0.0,), (3, 6))
