# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTPS requests to the nodes of one HCP: connections, retries, deadlines and failures.

HCP selects the tenant by the Host header. Its certificate is for its domain, also when the
connection goes to the address of a node.

Source: MAPI reference, "Endpoint".
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.parse import unquote

from .credentials import Credentials
from .failures import TRANSIENT, InvalidResponseError, NoResponseError, no_response
from .response import Response

try:
    # A dependency of requests. Loading requests itself takes twice as long and is seldom needed.
    import urllib3

    from .connection import LONGEST, Connection, Exchange, current
    from .tls import tls_settings
except ImportError as missing:
    REQUESTS_MISSING: ImportError | None = missing
else:
    REQUESTS_MISSING = None

CHUNK = 64 * 1024
NUMBER = re.compile(r"^[0-9]{1,12}\Z")
# The value of wbits with which zlib reads gzip.
GZIP = 31
LONGEST_PAUSE = 30.0
# Connections kept open to one node. Also the largest number of threads.
MOST_CONNECTIONS = 64
PROXY_VARIABLES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")

# Receives a response body in chunks.
Sink = Callable[[bytes], object]


@dataclass(frozen=True, repr=False)
class Endpoint:
    """The address of an HCP, and the settings of the connection.

    :ivar nodes: addresses to connect to instead of resolving ``domain``
    :ivar timeout: seconds, for the connection and for each read
    :ivar retries: largest number of attempts after the first one
    :ivar deadline: seconds, for one request including its retries and pauses
    :ivar pause: seconds before the first retry; doubled before each further one
    """

    domain: str
    port: int = 9090
    nodes: tuple[str, ...] = ()
    validate_certs: bool = True
    ca_path: str | None = None
    proxy: str | None = None
    timeout: float = 60
    retries: int = 3
    deadline: float = 300
    pause: float = 0.5


class Transport:
    """Sends requests to the nodes of one HCP, as one account, over persistent connections.

    Without ``credentials``, callers sign their requests themselves. It is thread-safe: concurrent
    requests use separate connections.
    """

    def __init__(self, endpoint: Endpoint, credentials: Credentials | None, host: str) -> None:
        self._endpoint = endpoint
        # Clients omit the default port from the Host header, and S3 signs the header.
        self._host = host if endpoint.port == 443 else f"{host}:{endpoint.port}"
        self._headers = {"User-Agent": "contentplatform.hcp", "Host": self._host}
        if credentials:
            self._headers["Authorization"] = credentials.header().decode("latin-1")
        self._settings = tls_settings(endpoint.validate_certs, endpoint.ca_path)
        if endpoint.nodes:
            # The connection goes to an address, but the certificate contains HCP's host name.
            self._settings.update(server_hostname=host, assert_hostname=host)
        self._pools: dict[str, Any] = {}
        self._addresses = [_bracketed(node) for node in endpoint.nodes] or [host]
        self._first = 0

    def close(self) -> None:
        """Close the connections."""
        for pool in list(self._pools.values()):
            pool.close()
        self._pools = {}

    def request(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
        once: bool = False,
        sink: Sink | None = None,
    ) -> Response:
        """Send a request, and retry it after transient failures until the deadline.

        :param target: path and query string
        :param once: the request is not idempotent: do not retry it if HCP may have carried it out
        :param sink: receives the body of a successful response in chunks, without a deadline. Use
            ``once`` with it, because chunks cannot be taken back
        :return: the response, of any status
        :raises NoResponseError: all attempts failed without a usable response
        """
        deadline = time.monotonic() + self._endpoint.deadline
        attempt = 1
        uncertain = False
        while True:
            wait = self._pause(attempt)
            outcome: Response | NoResponseError
            try:
                outcome = self._exchange(method, target, headers, body, deadline, sink)
            except NoResponseError as failure:
                outcome = failure
                transient = failure.code in TRANSIENT
                failure.uncertain = uncertain = failure.uncertain or uncertain
            else:
                transient = outcome.is_transient
                uncertain = uncertain or not outcome.is_conclusive
                wait = max(wait, _retry_after(outcome.headers.get("Retry-After", "")))
            last = attempt > self._endpoint.retries or time.monotonic() + wait >= deadline
            if last or not transient or (once and uncertain):
                break
            time.sleep(wait)
            attempt += 1
            # Only this node may have a problem, so the retry uses the next one.
            self._first += 1
        if isinstance(outcome, Response):
            return replace(outcome, attempts=attempt, uncertain=uncertain)
        outcome.attempts = attempt
        raise outcome

    def _pause(self, attempt: int) -> float:
        pause = min(LONGEST_PAUSE, self._endpoint.pause * 2.0 ** (attempt - 1))
        # Jitter: many hosts may wait for the same HCP.
        return pause * (0.75 + random.random() / 2)  # noqa: S311

    def _exchange(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes | None,
        deadline: float,
        sink: Sink | None,
    ) -> Response:
        """Send a request to the first node that accepts a connection.

        :param deadline: the end, in seconds of the monotonic clock
        """
        first = self._first % len(self._addresses)
        addresses = self._addresses[first:] + self._addresses[:first]
        while True:
            address = addresses.pop(0)
            try:
                return self._exchange_with(address, method, target, headers, body, deadline, sink)
            except NoResponseError as failure:
                if failure.code != "connection_failed" or not addresses:
                    raise
                # This node is down, so further requests start with the next one.
                self._first += 1

    def _pool(self, address: str) -> Any:
        """Return the connection pool of one node."""
        pool = self._pools.get(address)
        if pool is None:
            port = self._endpoint.port
            proxy = self._endpoint.proxy or _proxy_for(f"https://{address}:{port}/")
            manager: Any = (
                urllib3.ProxyManager(
                    proxy,
                    proxy_headers=_proxy_headers(proxy),
                    maxsize=MOST_CONNECTIONS,
                    **self._settings,
                )
                if proxy
                else urllib3.PoolManager(maxsize=MOST_CONNECTIONS, **self._settings)
            )
            pool = manager.connection_from_host(address, port, "https")
            pool.ConnectionCls = Connection
            self._pools[address] = pool
        return pool

    def _exchange_with(
        self,
        address: str,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes | None,
        deadline: float,
        sink: Sink | None,
    ) -> Response:
        timeout = max(0.1, min(self._endpoint.timeout, deadline - time.monotonic()))
        exchange = current.exchange = Exchange(timeout, deadline)
        try:
            response = self._pool(address).request(
                method,
                target,
                body=body,
                headers={**self._headers, **headers},
                timeout=urllib3.Timeout(connect=timeout, read=timeout),
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
                # The default of urllib3 1.x, False, accepts truncated bodies.
                enforce_content_length=True,
            )
            chunks: list[bytes] = []
            if sink and response.status == 200:
                exchange.deadline = None
                _read_body(response, sink)
            else:
                _read_body(response, chunks.append, LONGEST)
        except (urllib3.exceptions.HTTPError, OSError, ValueError, HTTPException) as error:
            late = exchange.deadline is not None and time.monotonic() >= exchange.deadline
            limit = "the deadline" if late else f"{timeout:.3g} s"
            raise no_response(error, exchange.sent, limit) from None
        return Response(response.status, response.headers, b"".join(chunks))


def _proxy_for(url: str) -> str | None:
    """Return the proxy for a URL from the environment, with the rules of requests."""
    if not any(os.environ.get(name) for name in PROXY_VARIABLES):
        return None
    from requests.utils import get_environ_proxies, select_proxy  # noqa: PLC0415

    proxy: str | None = select_proxy(url, get_environ_proxies(url))
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


def _proxy_headers(proxy: str) -> dict[str, str]:
    auth = urllib3.util.parse_url(proxy).auth
    return dict(urllib3.make_headers(proxy_basic_auth=unquote(auth))) if auth else {}


def _read_body(response: urllib3.BaseHTTPResponse, sink: Sink, longest: int | None = None) -> None:
    """Pass the unpacked body to ``sink`` in chunks.

    :param longest: the largest number of bytes to pass on
    :raises InvalidResponseError: the body is longer, or cannot be unpacked
    """
    packed = response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip")
    chunks = response.stream(CHUNK, decode_content=False)
    length = 0
    # A connection whose response was not read to the end cannot be reused; "with" closes it.
    with response:
        for chunk in _unpacked(chunks) if packed else chunks:
            length += len(chunk)
            if longest is not None and length > longest:
                raise InvalidResponseError(f"has more than {longest} bytes")
            sink(chunk)


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Unpack gzip in chunks of bounded size.

    :raises InvalidResponseError: it is no gzip, or incomplete
    """
    import zlib  # noqa: PLC0415

    unpacker = zlib.decompressobj(wbits=GZIP)
    is_empty = True
    try:
        for chunk in chunks:
            left = chunk
            is_empty = is_empty and not chunk
            while left and not unpacker.eof:
                yield unpacker.decompress(left, CHUNK)
                left = unpacker.unconsumed_tail
    except zlib.error:
        raise InvalidResponseError("is not the gzip that it claims to be") from None
    # A response to HEAD has the headers of a body, but no body.
    if not unpacker.eof and not is_empty:
        raise InvalidResponseError("is an incomplete gzip")


def _bracketed(node: str) -> str:
    return f"[{node}]" if ":" in node and not node.startswith("[") else node


def _retry_after(text: str) -> float:
    """Parse a Retry-After header, a number or a date; return seconds, 0 if it is absent."""
    if NUMBER.match(text):
        return float(text)
    try:
        timestamp: float = parsedate_to_datetime(text).timestamp()
        return max(0.0, timestamp - time.time())
    except (TypeError, ValueError):
        return 0.0
