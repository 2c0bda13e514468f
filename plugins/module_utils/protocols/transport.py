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
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from .credentials import Credentials

try:
    # A dependency of requests. Loading requests itself takes twice as long and is seldom needed.
    import urllib3
except ImportError as missing:
    REQUESTS_MISSING: ImportError | None = missing
else:
    REQUESTS_MISSING = None

CHUNK = 64 * 1024
NUMBER = re.compile(r"^[0-9]{1,12}\Z")
TRANSIENT = ("connection_failed", "timed_out", "broken_answer")
LONGEST_PAUSE = 30.0
# Connections kept open to one node. Also the largest number of threads.
MOST_CONNECTIONS = 64
CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
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


@dataclass(frozen=True, eq=False, repr=False)
class Response:
    """An HTTP response. Header names are case-insensitive.

    :ivar attempts: number of times that the request was sent
    :ivar uncertain: an earlier attempt got no usable response, so HCP may have carried it out
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    attempts: int = 1
    uncertain: bool = False


class NoResponseError(Exception):
    """A request got no usable response.

    :param uncertain: whether HCP may have carried out the request despite the failure
    :param response: the unusable response, if there is one
    """

    def __init__(
        self, code: str, detail: str, uncertain: bool, response: Response | None = None
    ) -> None:
        self.code = code
        self.detail = detail
        self.uncertain = uncertain
        self.attempts = response.attempts if response else 1
        self.status = response.status if response else None
        super().__init__(code, detail)


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
        self._settings = _tls_settings(endpoint)
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
                transient = outcome.status >= 500 or outcome.status == 429
                uncertain = uncertain or outcome.status >= 500
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
            streamed = sink if sink and response.status == 200 else None
            _read_body(response, streamed or chunks.append, timeout, None if streamed else deadline)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise _no_response(error, timeout) from None
        return Response(response.status, response.headers, b"".join(chunks))


def _tls_settings(endpoint: Endpoint) -> dict[str, Any]:
    if not endpoint.validate_certs:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        return {"cert_reqs": "CERT_NONE", "assert_hostname": False}
    candidates = (endpoint.ca_path, *(os.environ.get(name) for name in CA_VARIABLES))
    ca_path = next((path for path in candidates if path), None) or _default_ca_bundle()
    setting = "ca_cert_dir" if ca_path and Path(ca_path).is_dir() else "ca_certs"
    return {"cert_reqs": "CERT_REQUIRED", setting: ca_path}


def _default_ca_bundle() -> str | None:
    """Return the path of certifi's CA bundle; ``None`` for that of the operating system."""
    try:
        from certifi import where  # noqa: PLC0415
    except ImportError:
        return None
    return str(where())


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


def _read_body(
    response: urllib3.BaseHTTPResponse, sink: Sink, timeout: float, deadline: float | None
) -> None:
    """Pass the body to ``sink`` in chunks, until ``deadline``."""
    # A connection whose body was not read to the end cannot be reused; "with" closes it.
    with response:
        for chunk in _chunks(response, timeout, deadline):
            sink(chunk)
        response.release_conn()


def _chunks(
    response: urllib3.BaseHTTPResponse, timeout: float, deadline: float | None
) -> Iterator[bytes]:
    if deadline is None:
        yield from response.stream(CHUNK, decode_content=False)
        return
    # Older releases of urllib3 have no read1 and block until they have the given number of bytes.
    # With a small number the deadline is checked often, also when bytes arrive slowly.
    read1 = getattr(response, "read1", None)
    small_chunks = response.stream(16, decode_content=False)
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise NoResponseError("timed_out", "the response exceeded the deadline", True)
        socket = getattr(response.connection, "sock", None)
        if socket:
            socket.settimeout(min(timeout, left))
        chunk = read1(CHUNK, decode_content=False) if read1 else next(small_chunks, None)
        if not chunk:
            return
        yield chunk


def _no_response(error: Exception, timeout: float) -> NoResponseError:
    """Classify and describe a failure.

    The description never uses ``str(error)``: it contains the URL, which may contain a password.
    ``timeout`` is the one that was set, in seconds.
    """
    exceptions = urllib3.exceptions
    causes = list(_causes(error))
    if isinstance(error, exceptions.ProxyError):
        return NoResponseError(
            "proxy_failed", _description(causes, "the proxy refused the connection"), False
        )
    if isinstance(error, (exceptions.SSLError, ssl.SSLError)):
        return NoResponseError(
            "tls_failed", _description(causes, "the TLS handshake failed"), False
        )
    # urllib3 1.x derives this from ConnectTimeoutError, so it is checked first.
    if isinstance(error, exceptions.NewConnectionError):
        return NoResponseError("connection_failed", _description(causes, "no connection"), False)
    if isinstance(error, exceptions.ConnectTimeoutError):
        return NoResponseError("connection_failed", f"no connection within {timeout:.3g} s", False)
    if isinstance(error, exceptions.ReadTimeoutError):
        return NoResponseError("timed_out", f"no response within {timeout:.3g} s", True)
    if isinstance(error, (exceptions.ProtocolError, OSError)):
        return NoResponseError("broken_answer", "the connection broke", True)
    return NoResponseError("unsendable", type(error).__name__, False)


def _causes(error: BaseException | None) -> Any:
    """Yield an exception and all exceptions that it was raised from or contains."""
    seen: set[int] = set()
    pending = [error]
    while pending:
        cause = pending.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        pending.extend([cause.__cause__, cause.__context__, getattr(cause, "reason", None)])
        pending.extend(arg for arg in cause.args if isinstance(arg, BaseException))


def _description(causes: list[BaseException], default: str) -> str:
    """Return the text of OpenSSL or the operating system for a failure; it contains no URL."""
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"the certificate is not trusted ({cause.verify_message})"
        # urllib3 raises it where it compares the names itself.
        if type(cause).__name__ == "CertificateError":
            return "the certificate does not match the host name"
    for cause in causes:
        if isinstance(cause, ssl.SSLError) and cause.reason:
            return f"the TLS handshake failed ({cause.reason})"
        if isinstance(cause, OSError) and isinstance(cause.strerror, str) and cause.strerror:
            return cause.strerror
    return default


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
