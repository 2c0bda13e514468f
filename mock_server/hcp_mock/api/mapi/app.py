"""The MAPI application: host, authentication, route, authorization, documents, handler."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from urllib.parse import parse_qsl

from ...errors import HcpError, InvalidRequest, NotFound, RoleMissing
from ...services.access import Level, authorize
from ...services.accounts.authentication import Authentication, Login
from ...services.finder import Finder
from ..asgi import Receive, Scope, Send, header_map, raw_path
from ..credentials import parse_credentials
from ..encode import write_document, write_table
from ..media import CSV, WADL, negotiate
from ..responses import (
    MethodNotAllowed,
    PathTooLong,
    Response,
    download,
    empty_success,
    error_response,
    success,
)
from .bodies import request_body
from .routing import File, Match, Request, Route, Router, decode_path, select_action
from .wadl import allowed_methods, describe

MAX_PATH = 4095
# HCP's limit is not documented; no document of MAPI is nearly as large.
MAX_BODY = 8 * 1024 * 1024


async def read_body(receive: Receive) -> bytes | None:
    """Return the whole body, or ``None`` if it is too large."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY:
            chunks.clear()
        else:
            chunks.append(chunk)
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return None if size > MAX_BODY else b"".join(chunks)


def mapi_path(scope: Scope) -> bytes:
    """Return the raw path after ``/mapi``."""
    return raw_path(scope).removeprefix(b"/mapi")


@dataclass
class MapiApp:
    router: Router
    authentication: Authentication
    finder: Finder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive)
        headers = header_map(scope)
        response = self._respond(
            scope["method"], mapi_path(scope), scope["query_string"], headers, body
        )
        await send(
            {
                "type": "http.response.start",
                "status": response.status,
                "headers": response.raw_headers(),
            }
        )
        if response.chunks is not None:
            with contextlib.closing(response.chunks) as chunks:
                for chunk in chunks:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        content = b"" if scope["method"] == "HEAD" else response.body
        await send({"type": "http.response.body", "body": content})

    def _respond(
        self,
        method: str,
        path: bytes,
        query: bytes,
        headers: dict[str, str],
        body: bytes | None,
    ) -> Response:
        style = headers.get("x-hcp-cookiecompatibility")
        try:
            if body is None:
                raise InvalidRequest("The request body is too large.")
            return self._perform(method, path, query, headers, body, style)
        except HcpError as error:
            return error_response(error, method == "HEAD", style)

    def _perform(
        self,
        method: str,
        path: bytes,
        query: bytes,
        headers: dict[str, str],
        body: bytes,
        style: str | None,
    ) -> Response:
        if len(path) > MAX_PATH:
            raise PathTooLong("The URL is too long.")
        login = self.authentication.login(headers.get("host", ""), parse_credentials(headers))
        match = self.router.match(decode_path(path))
        if match is None:
            raise NotFound
        if method == "OPTIONS":
            methods = allowed_methods(set(match.routes))
            response = success(describe(path.decode("ascii", "replace"), methods), WADL, style)
            response.headers.append(("Allow", ",".join(methods)))
            return response
        route = self._route(match, method)
        request = self._authorize(route, match, login, _parse_query(query))
        offered = negotiate(headers.get("accept"), route.offered)
        request.action = select_action(route, request.query)
        request.body = request_body(route, request.action, headers.get("content-type"), body)
        response = self._call_handler(route, request, offered, style)
        if login.session:
            response.headers.append(
                ("Set-Cookie", f"HCAP-Login={login.session}; Path=/mapi; Secure; HttpOnly")
            )
        return response

    @staticmethod
    def _route(match: Match, method: str) -> Route:
        route = match.routes.get(method)
        if route is None and method == "HEAD":
            route = match.routes.get("GET")
        if route is None:
            raise MethodNotAllowed(allowed_methods(set(match.routes)))
        return route

    def _authorize(
        self, route: Route, match: Match, login: Login, query: dict[str, str]
    ) -> Request:
        """Check the account level, then the tenant, then the role.

        A resource below no tenant belongs to the caller's own tenant.
        """
        caller = login.caller
        name = match.parts.get("tenant", None if route.system_only else caller.tenant)
        if route.system_only and not (caller.level is Level.SYSTEM and caller.admin_host):
            raise RoleMissing
        if name is not None and caller.level is Level.TENANT and name.casefold() != caller.tenant:
            raise RoleMissing
        tenant = self.finder.tenant(name) if name is not None else None
        if tenant is not None and not route.access.exists_for(tenant):
            raise MethodNotAllowed(
                allowed_methods({m for m, r in match.routes.items() if r.access.exists_for(tenant)})
            )
        return Request(match.parts, query, authorize(route.access, caller, tenant), tenant)

    @staticmethod
    def _call_handler(
        route: Route, request: Request, media_type: str, style: str | None
    ) -> Response:
        result = route.handler(request)
        if result is None:
            return empty_success(style)
        if isinstance(result, File):
            response = download(result.content, result.media_type, result.name, style)
            response.headers.extend(result.headers)
            return response
        if media_type == CSV:
            return success(write_table(result.document, result.columns), media_type, style)
        content = write_document(
            result.document,
            result.root,
            media_type,
            request.verbose,
            "prettyprint" in request.query,
        )
        return success(content, media_type, style)


def _parse_query(raw: bytes) -> dict[str, str]:
    """Parse the query: names are case-sensitive, unknown ones are ignored, flags need no value."""
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise InvalidRequest("The URL is malformed.") from None
    return dict(pairs)
