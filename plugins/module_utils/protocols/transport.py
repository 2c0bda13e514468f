# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTPS exchange with one HCP node, and what its failure means.

Source: MAPI reference, "Endpoint". HCP chooses the tenant by the Host header and shows a
certificate made for its domain, also when the connection goes to a node's address.
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
    # It comes with requests, which takes twice as long to load, and is needed for few things here.
    import urllib3
except ImportError as missing:
    REQUESTS_MISSING: ImportError | None = missing
else:
    REQUESTS_MISSING = None

CHUNK = 64 * 1024
NUMBER = re.compile(r"^[0-9]{1,12}\Z")
TRANSIENT = ("connection_failed", "timed_out", "broken_answer")
LONGEST_PAUSE = 30.0
# To one node, kept open: as many as there may be threads.
MOST_CONNECTIONS = 64
CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
PROXY_VARIABLES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")


Sink = Callable[[bytes], object]


@dataclass(frozen=True, repr=False)
class Endpoint:
    """Where an HCP is and how to talk to it.

    ``timeout`` is in seconds and holds for connecting and for each wait during an answer;
    ``deadline`` is in seconds and holds for one request with all its attempts and pauses;
    ``pause`` is the wait in seconds before the second attempt, doubled before each further one.
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
    """What came back, after how many tries. The names of headers may be in any case.

    ``uncertain``: an earlier try got no usable answer, so HCP may have carried out that one.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    attempts: int = 1
    uncertain: bool = False


class NoResponseError(Exception):
    """No usable answer came. ``uncertain``: HCP may have carried the request out all the same.

    ``response`` is the one that is of no use, where there is one.
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
    """Exchanges with the nodes of one HCP, as one account, over kept-alive connections.

    Without ``credentials`` the requests are expected to come signed. Several threads may use it at
    once, each request over a connection of its own.
    """

    def __init__(self, endpoint: Endpoint, credentials: Credentials | None, host: str) -> None:
        self._endpoint = endpoint
        # The port of a scheme is no part of the name, and would not fit what was signed.
        self._host = host if endpoint.port == 443 else f"{host}:{endpoint.port}"
        self._headers = {"User-Agent": "contentplatform.hcp", "Host": self._host}
        if credentials:
            self._headers["Authorization"] = credentials.header().decode("latin-1")
        self._settings = _tls_settings(endpoint)
        if endpoint.nodes:
            # The connection goes to an address, but the certificate is for HCP's host name.
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
        """Send a request, again after any failure that may pass, within the deadline.

        ``target`` is the path and query below the host. The answer may be of any status.
        ``once``: what it asks for must not be done twice, so it is not sent again where HCP may
        have done it. ``sink``: gets the body of a success bit by bit, for as long as it takes;
        such a request is sent with ``once``, because nothing takes back what was given.

        :raises NoAnswerError: there was none, after all tries
        """
        ends = time.monotonic() + self._endpoint.deadline
        attempt = 1
        uncertain = False
        while True:
            wait = self._pause(attempt)
            outcome: Response | NoResponseError
            try:
                outcome = self._exchange(method, target, headers, body, ends, sink)
            except NoResponseError as failure:
                outcome = failure
                again = failure.code in TRANSIENT
                failure.uncertain = uncertain = failure.uncertain or uncertain
            else:
                again = outcome.status >= 500 or outcome.status == 429
                uncertain = uncertain or outcome.status >= 500
                wait = max(wait, _retry_after(outcome.headers.get("Retry-After", "")))
            last = attempt > self._endpoint.retries or time.monotonic() + wait >= ends
            if last or not again or (once and uncertain):
                break
            time.sleep(wait)
            attempt += 1
            # Perhaps only that node is in trouble.
            self._first += 1
        if isinstance(outcome, Response):
            return replace(outcome, attempts=attempt, uncertain=uncertain)
        outcome.attempts = attempt
        raise outcome

    def _pause(self, attempt: int) -> float:
        pause = min(LONGEST_PAUSE, self._endpoint.pause * 2.0 ** (attempt - 1))
        # Spread out: many hosts may be waiting for the same HCP.
        return pause * (0.75 + random.random() / 2)  # noqa: S311

    def _exchange(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes | None,
        ends: float,
        sink: Sink | None,
    ) -> Response:
        """Send a request to the first node that takes the connection, until ``ends``."""
        first = self._first % len(self._addresses)
        addresses = self._addresses[first:] + self._addresses[:first]
        while True:
            address = addresses.pop(0)
            try:
                return self._exchange_with(address, method, target, headers, body, ends, sink)
            except NoResponseError as failure:
                if failure.code != "connection_failed" or not addresses:
                    raise
                # The next request starts with the next node: this one is down.
                self._first += 1

    def _pool(self, address: str) -> Any:
        """The connections to one node."""
        found = self._pools.get(address)
        if found is None:
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
            found = manager.connection_from_host(address, port, "https")
            self._pools[address] = found
        return found

    def _exchange_with(
        self,
        address: str,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: bytes | None,
        ends: float,
        sink: Sink | None,
    ) -> Response:
        wait = max(0.1, min(self._endpoint.timeout, ends - time.monotonic()))
        try:
            response = self._pool(address).request(
                method,
                target,
                body=body,
                headers={**self._headers, **headers},
                timeout=urllib3.Timeout(connect=wait, read=wait),
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
                # Older releases take what was cut short for whole, and use the connection again.
                enforce_content_length=True,
            )
            chunks: list[bytes] = []
            streamed = sink if sink and response.status == 200 else None
            _content(response, streamed or chunks.append, wait, None if streamed else ends)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise _no_response(error, wait) from None
        return Response(response.status, response.headers, b"".join(chunks))


def _tls_settings(endpoint: Endpoint) -> dict[str, Any]:
    if not endpoint.validate_certs:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        return {"cert_reqs": "CERT_NONE", "assert_hostname": False}
    known = (endpoint.ca_path, *(os.environ.get(name) for name in CA_VARIABLES))
    authority = next((path for path in known if path), None) or _bundle()
    kind = "ca_cert_dir" if authority and Path(authority).is_dir() else "ca_certs"
    return {"cert_reqs": "CERT_REQUIRED", kind: authority}


def _bundle() -> str | None:
    """The certificates that requests trusts; ``None`` for those of the operating system."""
    try:
        from certifi import where  # noqa: PLC0415
    except ImportError:
        return None
    return str(where())


def _proxy_for(url: str) -> str | None:
    """The proxy that the environment names for a URL, as requests reads it."""
    if not any(os.environ.get(name) for name in PROXY_VARIABLES):
        return None
    from requests.utils import get_environ_proxies, select_proxy  # noqa: PLC0415

    found: str | None = select_proxy(url, get_environ_proxies(url))
    return found if found is None or "://" in found else f"http://{found}"


def _proxy_headers(proxy: str) -> dict[str, str]:
    auth = urllib3.util.parse_url(proxy).auth
    return dict(urllib3.make_headers(proxy_basic_auth=unquote(auth))) if auth else {}


def _content(
    response: urllib3.BaseHTTPResponse, sink: Sink, timeout: float, ends: float | None
) -> None:
    """Take the body, unless that takes longer than there is time."""
    # What is not read to its end leaves a connection that cannot be used again.
    with response:
        for chunk in _chunks(response, timeout, ends):
            sink(chunk)
        response.release_conn()


def _chunks(
    response: urllib3.BaseHTTPResponse, timeout: float, ends: float | None
) -> Iterator[bytes]:
    if ends is None:
        yield from response.stream(CHUNK, decode_content=False)
        return
    # Older releases of urllib3 cannot take what there is, and wait for a number of bytes: for a
    # few, so that the deadline is looked at soon however slowly they come.
    read1 = getattr(response, "read1", None)
    pieces = response.stream(16, decode_content=False)
    while True:
        left = ends - time.monotonic()
        if left <= 0:
            raise NoResponseError("timed_out", "the answer took longer than the deadline", True)
        used = getattr(response.connection, "sock", None)
        if used:
            used.settimeout(min(timeout, left))
        chunk = read1(CHUNK, decode_content=False) if read1 else next(pieces, None)
        if not chunk:
            return
        yield chunk


def _no_response(error: Exception, wait: float) -> NoResponseError:
    """Say what happened without ``str(error)``, which holds the URL and so perhaps a password."""
    kinds = urllib3.exceptions
    chain = list(_chain(error))
    if isinstance(error, kinds.ProxyError):
        return NoResponseError(
            "proxy_failed", _words(chain, "the proxy did not let it through"), False
        )
    if isinstance(error, (kinds.SSLError, ssl.SSLError)):
        return NoResponseError("tls_failed", _words(chain, "the TLS handshake failed"), False)
    # In older releases of urllib3 this is a timeout, too.
    if isinstance(error, kinds.NewConnectionError):
        return NoResponseError("connection_failed", _words(chain, "no connection"), False)
    if isinstance(error, kinds.ConnectTimeoutError):
        return NoResponseError("connection_failed", f"no connection within {wait:.3g} s", False)
    if isinstance(error, kinds.ReadTimeoutError):
        return NoResponseError("timed_out", f"no answer within {wait:.3g} s", True)
    if isinstance(error, (kinds.ProtocolError, OSError)):
        return NoResponseError("broken_answer", "the connection broke", True)
    return NoResponseError("unsendable", type(error).__name__, False)


def _chain(error: BaseException | None) -> Any:
    """An exception and all that it was made from."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        link = waiting.pop()
        if not isinstance(link, BaseException) or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting.extend([link.__cause__, link.__context__, getattr(link, "reason", None)])
        waiting.extend(arg for arg in link.args if isinstance(arg, BaseException))


def _words(chain: list[BaseException], otherwise: str) -> str:
    """The operating system's or OpenSSL's own words for a failure; they hold no URL."""
    for link in chain:
        if isinstance(link, ssl.SSLCertVerificationError):
            return f"the certificate is not trusted ({link.verify_message})"
        # What urllib3 raises where it compares the names itself.
        if type(link).__name__ == "CertificateError":
            return "the certificate does not match the host name"
    for link in chain:
        if isinstance(link, ssl.SSLError) and link.reason:
            return f"the TLS handshake failed ({link.reason})"
        if isinstance(link, OSError) and isinstance(link.strerror, str) and link.strerror:
            return link.strerror
    return otherwise


def _bracketed(node: str) -> str:
    return f"[{node}]" if ":" in node and not node.startswith("[") else node


def _retry_after(text: str) -> float:
    """The seconds that an answer asks to wait, 0 where it does not ask."""
    if NUMBER.match(text):
        return float(text)
    try:
        timestamp: float = parsedate_to_datetime(text).timestamp()
        return max(0.0, timestamp - time.time())
    except (TypeError, ValueError):
        return 0.0
