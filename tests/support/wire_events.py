"""What can happen at each place in the life of a request, from its connection to the next use."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterable, Iterator

from support.middlebox import End, Exchange, Interference, Part, Pause, Raw

CRLF = b"\r\n"
PAGE = b"<!doctype html><html><body>Blocked by policy</body></html>"
HTML = (b"Content-Type: text/html",)
LOGIN = (b"Location: https://login.example.com/?return=secret", *HTML)
BROKEN_RECORD = Raw(b"\x17\x03\x03\x00\x20" + bytes(32))
OTHER = (b"X-HCP-Time: 1",)
ZEROS = 300 * 1024 * 1024

Respond = Callable[[Exchange], Iterable[Part]]


def message(line: bytes, headers: Iterable[bytes] = (), body: bytes = b"") -> bytes:
    """A complete response."""
    length = b"Content-Length: %d" % len(body)
    return CRLF.join([b"HTTP/1.1 " + line, *headers, length, b"", body])


def constant(*parts: Part) -> Respond:
    return lambda exchange: parts


def before(*parts: Part) -> Respond:
    """Something that comes before HCP's response."""
    return lambda exchange: [*parts, exchange.response]


def after(*parts: Part) -> Respond:
    """Something that comes after HCP's response."""
    return lambda exchange: [exchange.response, *parts]


def joined(*more: bytes) -> Respond:
    """HCP's response, and more in the same packet."""
    return lambda exchange: [exchange.response + b"".join(more)]


def with_header(*lines: bytes) -> Respond:
    """HCP's response with further header lines."""
    return lambda exchange: [CRLF.join([exchange.head, *lines]) + CRLF + CRLF + exchange.body]


def cut(where: str, end: End) -> Respond:
    """The start of HCP's response."""

    def respond(exchange: Exchange) -> Iterator[Part]:
        head = len(exchange.head)
        length = {
            "status line": 9,
            "header": head // 2,
            "body": head + 4 + len(exchange.body) // 2,
        }[where]
        if where == "body" and not exchange.body:
            # There is no body to cut: announce one.
            yield _replaced_length(exchange, b"64")
        else:
            yield exchange.response[:length]
        yield end

    return respond


def _replaced_length(exchange: Exchange, *lengths: bytes) -> bytes:
    lines = [
        line for line in exchange.head.split(CRLF) if not line.lower().startswith(b"content-length")
    ]
    lines += [b"Content-Length: " + length for length in lengths]
    return CRLF.join([*lines, b"", b""]) + exchange.body


def lengths(*texts: bytes, end: End | None = None) -> Respond:
    """HCP's response with other values of Content-Length; ``%d`` is the right one."""

    def respond(exchange: Exchange) -> Iterator[Part]:
        right = len(exchange.body)
        yield _replaced_length(exchange, *(text.replace(b"%d", b"%d" % right) for text in texts))
        if end:
            yield end

    return respond


def chunked(tail: bytes, end: End | None = None, broken: bool = False) -> Respond:
    """HCP's response in chunks; ``tail`` comes after the last one."""

    def respond(exchange: Exchange) -> Iterator[Part]:
        head = _replaced_length(exchange).removesuffix(exchange.body)
        head = head.removesuffix(CRLF) + b"Transfer-Encoding: chunked" + CRLF + CRLF
        size = b"zz" if broken else b"%x" % len(exchange.body)
        yield head + (size + CRLF + exchange.body + CRLF if exchange.body else b"") + tail
        if end:
            yield end

    return respond


def byte_by_byte(exchange: Exchange) -> Iterator[Part]:
    for number in range(len(exchange.response)):
        yield exchange.response[number : number + 1]


def slowly(exchange: Exchange) -> Iterator[Part]:
    for part in byte_by_byte(exchange):
        yield from (part, Pause(0.1))


def packed(content: Callable[[bytes], bytes]) -> Respond:
    """HCP's response with a body that claims to be gzip."""

    def respond(exchange: Exchange) -> Iterator[Part]:
        if not exchange.body or b"content-encoding: gzip" in exchange.head.lower():
            yield exchange.response
            return
        body = content(exchange.body)
        response = _replaced_length(exchange, b"%d" % len(body)).removesuffix(exchange.body)
        yield response.replace(CRLF, CRLF + b"Content-Encoding: gzip" + CRLF, 1) + body

    return respond


def other_body(body: bytes) -> Respond:
    def respond(exchange: Exchange) -> Iterator[Part]:
        yield message(
            exchange.head.split(CRLF)[0].removeprefix(b"HTTP/1.1 "), _headers(exchange), body
        )

    return respond


def _headers(exchange: Exchange) -> list[bytes]:
    return [
        line
        for line in exchange.head.split(CRLF)[1:]
        if not line.lower().startswith(b"content-length")
    ]


def old_response(exchange: Exchange) -> Iterator[Part]:
    """The response to the previous request on the connection."""
    yield exchange.last or End.CLOSE


def twice_for(
    place: str, event: str, respond: Respond, is_silent: bool = False
) -> list[Interference]:
    """An event before and after HCP has carried out the request."""
    return [
        Interference(place, f"{event}, not carried out", respond, False, is_silent=is_silent),
        Interference(place, f"{event}, carried out", respond, True, is_silent=is_silent),
    ]


def on_connection(event: str, *parts: Part, is_silent: bool = False) -> Interference:
    return Interference("handshake", event, on_connection=parts, is_silent=is_silent)


def on_response(place: str, *events: tuple[str, Respond]) -> list[Interference]:
    """Events after HCP has carried out the request."""
    return [Interference(place, event, respond) for event, respond in events]


ENDS = {"closed": End.CLOSE, "cut off": End.CUT, "reset": End.RESET, "silence": End.SILENCE}
HANDSHAKE = [
    on_connection("silence", End.SILENCE, is_silent=True),
    on_connection("closed", End.CUT),
    on_connection("reset", End.RESET),
    on_connection("junk", b"SSH-2.0-OpenSSH_9.9\r\n", End.CUT),
    on_connection("half a record", b"\x16\x03\x03\x00\x7a\x02", End.CUT),
    on_connection("plain HTTP", message(b"400 Bad Request"), End.CUT),
]
WAITING = [
    *(
        each
        for event, end in ENDS.items()
        for each in twice_for("waiting", event, constant(end), end is End.SILENCE)
    ),
    *twice_for("waiting", "a broken TLS record", constant(BROKEN_RECORD, End.CUT)),
]
CUT = [
    Interference(where, f"{event} in the middle", cut(where, end), is_silent=end is End.SILENCE)
    for where in ("status line", "header", "body")
    for event, end in ENDS.items()
]
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
INTERIM = on_response(
    "status line",
    ("100 first", before(b"HTTP/1.1 100 Continue\r\n\r\n")),
    ("102 first", before(b"HTTP/1.1 102 Processing\r\n\r\n")),
    ("103 first", before(HINTS)),
    ("103 three times, slowly", before(HINTS, Pause(0.05), HINTS, HINTS)),
    ("103 a hundred times", constant(HINTS * 100, End.CLOSE)),
    ("103 and no more", constant(HINTS, End.CLOSE)),
    ("101", constant(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")),
)
STATUS_LINE = on_response(
    "status line",
    ("junk", constant(b"\x00\x01 SSH-2.0\r\n\r\n", End.CLOSE)),
    ("an unknown version", constant(b"HTTP/3.7 200 OK\r\n\r\n", End.CLOSE)),
    ("70 KB", constant(b"HTTP/1.1 200 " + b"x" * 70_000 + CRLF, End.CLOSE)),
    ("HTTP/1.0", lambda exchange: [exchange.response.replace(b"1.1", b"1.0", 1), End.CLOSE]),
)
REDIRECTS = [
    each
    for status in (b"301 Moved", b"302 Found", b"303 Other", b"307 Temporary", b"308 Permanent")
    for each in twice_for(
        "status line", f"redirect {status[:3].decode()}", constant(message(status, LOGIN, PAGE))
    )
]
SOMEBODY_ELSE = [
    each
    for status in (
        b"200 OK",
        b"204 No Content",
        b"304 Not Modified",
        b"401 Unauthorized",
        b"403 Forbidden",
        b"404 Not Found",
        b"408 Request Timeout",
        b"413 Too Large",
        b"429 Too Many Requests",
        b"502 Bad Gateway",
        b"503 Unavailable",
    )
    for what, headers, body in (("without a body", (), b""), ("with a page", HTML, PAGE))
    if body == b"" or status[:3] in (b"200", b"403", b"404", b"503")
    for each in twice_for(
        "status line",
        f"a firewall's {status[:3].decode()} {what}",
        constant(message(status, headers, body)),
    )
]
HEADER = on_response(
    "header",
    ("no colon", with_header(b"this is no header")),
    ("150 lines", with_header(*(b"X-%d: y" % number for number in range(150)))),
    ("a line of 70 KB", with_header(b"X-Long: " + b"y" * 70_000)),
    ("two values of Content-Length", lengths(b"%d", b"7")),
    ("Content-Length twice", lengths(b"%d", b"%d")),
    ("no Content-Length, then closed", lengths(end=End.CLOSE)),
    ("no Content-Length, then cut off", lengths(end=End.CUT)),
    ("a negative Content-Length", lengths(b"-5", end=End.CLOSE)),
    ("a Content-Length of letters", lengths(b"many", end=End.CLOSE)),
)
BODY = [
    *on_response(
        "body",
        ("byte by byte", byte_by_byte),
        ("less than announced", lengths(b"9%d", end=End.CLOSE)),
        ("junk after it", joined(b"junk" * 100)),
        ("junk after it, 40 KB", joined(b"junk" * 10_000)),
        ("another response after it", joined(message(b"200 OK", OTHER))),
        ("a page", other_body(PAGE)),
        ("chunks", chunked(b"0\r\n\r\n")),
        ("a chunk without a size", chunked(b"0\r\n\r\n", End.CLOSE, broken=True)),
        ("gzip", packed(gzip.compress)),
        ("half a gzip", packed(lambda body: gzip.compress(body)[:15])),
        ("no gzip", packed(lambda body: b"not packed")),
        ("300 MB in a gzip", packed(lambda body: gzip.compress(bytes(ZEROS), 1))),
    ),
    Interference("body", "half a JSON document", other_body(b'{"name": "al'), spoils_content=True),
]
SLOW = Interference("header", "a byte in 0.1 s", slowly, is_silent=True)
TRAILER = [
    *on_response(
        "trailer",
        ("two lines", chunked(b"0\r\nX-One: 1\r\nX-Two: 2\r\n\r\n")),
        ("junk", chunked(b"0\r\n\x00\x01\x02\r\n\r\n")),
        ("closed before the last chunk", chunked(b"", End.CLOSE)),
        ("reset before the last chunk", chunked(b"", End.RESET)),
    ),
    Interference(
        "trailer", "silence before the last chunk", chunked(b"", End.SILENCE), is_silent=True
    ),
]
CLOSING = on_response(
    "closing",
    ("announced", lambda it: [*with_header(b"Connection: close")(it), End.CLOSE]),
    ("not announced", after(End.CLOSE)),
    ("without an alert", after(End.CUT)),
    ("reset", after(End.RESET)),
    ("a broken TLS record", after(BROKEN_RECORD, End.CUT)),
)
NEXT_USE = [
    *on_response(
        "next use",
        ("another response came meanwhile", after(Pause(0.03), message(b"200 OK", OTHER))),
        ("closed meanwhile", after(Pause(0.03), End.CLOSE)),
    ),
    Interference(
        "next use", "an old response", old_response, False, is_silent=True, spoils_content=True
    ),
]
EVENTS = [
    *HANDSHAKE,
    *WAITING,
    *INTERIM,
    *STATUS_LINE,
    *REDIRECTS,
    *SOMEBODY_ELSE,
    *HEADER,
    SLOW,
    *CUT,
    *BODY,
    *TRAILER,
    *CLOSING,
    *NEXT_USE,
]


def mutation(seed: int) -> Interference:
    """HCP's response with a few mutated bytes, after which the connection is closed.

    The digits of the status stay: nothing shows that HCP sent another status.
    """
    chance = random.Random(seed)  # noqa: S311

    def respond(exchange: Exchange) -> Iterator[Part]:
        content = bytearray(exchange.response)
        for _each in range(chance.randint(1, 3)):
            place = chance.choice([*range(8), *range(12, len(exchange.head))])
            change = chance.choice(("replace", "insert", "delete", "repeat", "cut"))
            if change == "replace":
                content[place : place + 1] = bytes([chance.randrange(256)])
            elif change == "insert":
                content[place:place] = chance.randbytes(chance.randint(1, 8))
            elif change == "delete" and place >= 12:
                del content[place : place + chance.randint(1, 8)]
            elif change == "repeat" and place >= 12:
                content[place:place] = content[place : place + chance.randint(1, 40)]
            elif change == "cut":
                del content[chance.randrange(len(content)) :]
                break
        yield bytes(content)
        yield End.CLOSE

    return Interference("bytes", f"seed {seed}", respond, spoils_content=True)
