"""For any generated request the mock returns one of HCP's statuses and limits its memory."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hcp_mock.api.mapi.routes import route_table
from hcp_mock.api.mapi.routing import Route
from hcp_mock.models.base import DataType
from hcp_mock.models.shape import Kind, Shape, shapes
from hcp_mock.services.clock import Clock
from hcp_mock.services.container import build_services
from hcp_mock.state.world import World

from .conftest import DOMAIN, Client, Mock
from .s3 import Wire, md5_base64
from .strategies import SETTINGS, TEXTS

T = "/tenants/finance"
N = f"{T}/namespaces/mine"
STATUSES = {200, 302, 400, 403, 404, 405, 409, 414, 415}
NAMES = {
    "tenant": ["finance", "legacy", "default"],
    "namespace": ["mine", "Default"],
    "user": ["boss", "m"],
    "link": ["a-b"],
    "protocol": ["http", "cifs", "nfs", "smtp"],
}
QUERIES = (
    "verbose prettyprint offset count sortType sortOrder filterType filterString username password"
    " forcePasswordChange start end granularity initialSecurityGroup resetPasswords force mark"
)
VALUES = TEXTS | st.sampled_from(["true", "name", "1", "-1", "9" * 30, "0", "ascending", "hour"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
ROUTES = route_table(build_services(World(), Clock(), DOMAIN))
WRITERS = [route for route in ROUTES if route.method in ("PUT", "POST")]
OTHERS = [route for route in ROUTES if route.method not in ("PUT", "POST")]


def filled(path: str) -> st.SearchStrategy[str]:
    """A path with names, most of which exist."""
    parts = re.split(r"\{(\w+)\}", path)

    def name(part: str) -> st.SearchStrategy[str]:
        known = next((each for key, each in NAMES.items() if key in part.lower()), ["x"])
        return st.sampled_from(known * 3 + ["nobody", "%2e%2e", "%0A", "a%2Fb", "%F0%9F%98%80"])

    pieces = [name(each) if odd % 2 else st.just(each) for odd, each in enumerate(parts)]
    return st.tuples(*pieces).map("".join)


def value_of(shape: Shape) -> st.SearchStrategy[Any]:
    """A value that mostly has the right shape."""
    inner = document_of(shape.data_type) if shape.data_type else SCALARS
    fitting = inner
    if shape.kind is Kind.LIST:
        listed = st.lists(inner, max_size=2)
        item = shape.item
        fitting = listed if item is None else listed.map(lambda members: {item: members})
    return st.integers(0, 7).flatmap(lambda number: ANYTHING if number == 0 else fitting)


def later(shape: Shape) -> st.SearchStrategy[Any]:
    """A deferred value, because documents are nested."""
    return st.deferred(lambda: value_of(shape))


def document_of(data_type: type[DataType]) -> st.SearchStrategy[Any]:
    known = shapes(data_type)
    values = {name: later(shape) for name, shape in known.items()}
    few = st.lists(st.sampled_from(sorted(known)), max_size=4) if known else st.just([])
    return few.flatmap(lambda names: st.fixed_dictionaries({each: values[each] for each in names}))


def as_xml(name: str, value: Any) -> str:
    """Write an approximate XML document."""
    if isinstance(value, dict):
        inner = "".join(as_xml(key, each) for key, each in value.items())
    elif isinstance(value, list):
        inner = "".join(as_xml(name, each) for each in value)
    else:
        inner = escape("" if value is None else str(value))
    return f"<{name}>{inner}</{name}>"


QUERY = st.dictionaries(st.sampled_from(QUERIES.split()), VALUES, max_size=2)


def ask(mock: Mock, route: Route, path: str, query: dict[str, str], **sent: Any) -> None:
    client = mock.client("admin", "admin", "Hcp-Mock-1")
    if not route.system_only and path.startswith(T):
        client = mock.client("finance", "boss")
    # An earlier example may have locked the account.
    mock.control("POST", "/reset")
    answer = client.send(route.method, path, sent.get("body"), sent.get("headers"), query)
    assert answer.status_code in STATUSES, (route.method, path, query, sent, answer.status_code)


def test_any_document_for_any_route(mock: Mock) -> None:
    @settings(SETTINGS, max_examples=300)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        route = data.draw(st.sampled_from(WRITERS))
        actions = st.lists(st.sampled_from(route.actions or ("x",)), max_size=1)
        query = {**data.draw(QUERY), **dict.fromkeys(data.draw(actions), "")}
        document = data.draw(document_of(route.body) if route.body else ANYTHING)
        if data.draw(st.booleans()):
            body, kind = as_xml(route.root or "x", document).encode(), "application/xml"
        else:
            body, kind = json.dumps(document).encode(), "application/json"
        headers = {"Content-Type": kind, "Accept": "*/*"}
        ask(mock, route, data.draw(filled(route.path)), query, body=body, headers=headers)

    holds()


def test_any_other_request_for_any_route(mock: Mock) -> None:
    @settings(SETTINGS, max_examples=150)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        route = data.draw(st.sampled_from(OTHERS))
        ask(mock, route, data.draw(filled(route.path)), data.draw(QUERY), headers={"Accept": "*/*"})

    holds()


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
ATTRIBUTES = " ".join(f"a{n}=''" for n in range(50_000))
BOMBS = {
    "expansion": f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]><tenant><name>&a9;</name></tenant>',
    "external entity": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><tenant>&e;</tenant>',
    "external document type": '<!DOCTYPE tenant SYSTEM "http://127.0.0.1:1/x.dtd"><tenant/>',
    "parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/">%p;]><tenant/>',
    "document type": "<!DOCTYPE tenant><tenant/>",
    "unknown entity": "<tenant>&nothing;</tenant>",
    "deep": "<a>" * 200_000 + "</a>" * 200_000,
    "deep where known": "<tenant>" * 5_000 + "</tenant>" * 5_000,
    "many attributes": f"<tenant {ATTRIBUTES}/>",
    "a long name": f"<{'a' * 1_000_000}/>",
    "a character that is none": "<tenant>&#0;</tenant>",
    "half a document": "<tenant><description>",
    "two documents": "<tenant/><tenant/>",
    "nothing": " ",
    "a name space": '<t:tenant xmlns:t="urn:x"/>',
    "no name space": "<t:tenant/>",
    "include": '<tenant xmlns:x="http://www.w3.org/2001/XInclude">'
    '<x:include href="/etc/passwd"/></tenant>',
}
ENCODED = {
    "UTF-16": "<tenant/>".encode("utf-16"),
    "UTF-16 that says so": '<?xml version="1.0" encoding="UTF-16"?><tenant/>'.encode("utf-16"),
    "UTF-32": "<tenant/>".encode("utf-32"),
    "UTF-7 that says so": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-tenant/+AD4-',
    "Latin-1 that says so": b'<?xml version="1.0" encoding="ISO-8859-1"?><tenant>\xe9</tenant>',
    "an unknown encoding": b'<?xml version="1.0" encoding="x-none"?><tenant>a</tenant>',
    "not UTF-8": b"<tenant>\xff\xfe</tenant>",
    "a surrogate": b"<tenant>\xed\xa0\x80</tenant>",
    "NUL": b"<tenant>\0</tenant>",
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf<tenant>",
}
DOCUMENTS = {**{name: text.encode() for name, text in BOMBS.items()}, **ENCODED}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_harmful_xml_is_refused(mock: Mock, tenant_admin: Client, name: str) -> None:
    body, headers = DOCUMENTS[name], {"Content-Type": "application/xml"}
    before = tenant_admin.read(T, verbose="true")
    answer = tenant_admin.call("POST", T, body, headers)
    assert answer.status_code in (400, 403)
    assert "root:" not in answer.text + str(answer.headers)
    assert tenant_admin.read(T, verbose="true") == before
    cors = tenant_admin.call("PUT", f"{T}/cors", {"cors": body.decode("utf-8", "replace")})
    assert cors.status_code == 400


@pytest.mark.parametrize("depth", [1_000, 200_000])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_deep_json_is_refused(tenant_admin: Client, opening: str, depth: int) -> None:
    headers = {"Content-Type": "application/json"}
    assert tenant_admin.call("POST", T, (opening * depth).encode(), headers).status_code == 400
    closing = "]" if opening == "[" else "}"
    whole = opening * depth + "1" + closing * depth
    assert tenant_admin.call("POST", T, whole.encode(), headers).status_code == 400


def memory(mock: Mock) -> int:
    """Return the peak memory of the mock in kilobytes."""
    status = Path(f"/proc/{mock.facts['pid']}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def test_large_documents_take_no_memory(mock: Mock, tenant_admin: Client) -> None:
    before = memory(mock)
    for kind in ("application/xml", "application/json"):
        body = b"<tenant>" + b"x" * (64 * 1024 * 1024)
        answer = tenant_admin.call("POST", T, body, {"Content-Type": kind})
        assert answer.status_code == 400
    assert memory(mock) - before < 96 * 1024


@pytest.mark.parametrize("name", DOCUMENTS)
def test_harmful_xml_is_refused_by_s3_and_queries(mock: Mock, bucket: str, name: str) -> None:
    body, wire = DOCUMENTS[name], Wire(mock)
    headers = {"Content-MD5": md5_base64(body)}
    for method, what in (
        ("PUT", "versioning"),
        ("PUT", "acl"),
        ("PUT", "cors"),
        ("POST", "delete"),
    ):
        query = {what: ""}
        answer = wire.send(method, f"/{bucket}", query, headers, body)
        assert 400 <= answer.status_code < 500, what
        assert "root:" not in answer.text
    answer = wire.hcp("POST", "/query", body=body, headers={"Content-Type": "application/xml"})
    assert 400 <= answer.status_code < 500
    assert "root:" not in answer.text + str(answer.headers)
