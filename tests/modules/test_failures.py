"""What goes wrong on the way to HCP and back is tried again or told in one sentence."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme
from support.hcp import TENANT, MockHcp, seed
from support.module import run

PATH = f"/tenants/{TENANT}/namespaces/alpha"
READ = {"method": "GET", "path": PATH}
MANY = {"nth": 1, "times": None}


def namespace(hcp: MockHcp, fails: bool = False, **options: Any) -> Any:
    given = {**hcp.as_tenant, "tenant": TENANT, "name": "alpha", **options}
    return run("hcp_namespace", given, fails=fails)


@pytest.fixture
def ready(hcp: MockHcp) -> MockHcp:
    """With a namespace ``alpha``."""
    hcp.reset(seed(namespaces=[{"name": "alpha"}]))
    return hcp


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ({"status": 500}, "server_error"),
        ({"status": 503}, "unavailable"),
        ({"status": 502, "body": "<html>Bad Gateway</html>"}, "server_error"),
        ({"cut": "before"}, "broken_answer"),
        ({"truncate": True}, "broken_answer"),
    ],
)
def test_what_may_pass_is_tried_again(ready: MockHcp, action: dict[str, Any], code: str) -> None:
    ready.fault({**READ, "times": 1}, **action)
    assert not namespace(ready, retries=1)["changed"]
    assert ready.seen() == [f"GET {PATH}"] * 2
    ready.fault({**READ, **MANY}, **action)
    failed = namespace(ready, fails=True, retries=1)
    assert failed["error"]["code"] == code
    assert failed["error"]["attempts"] == 2
    assert "after 2 attempts" in failed["msg"]


def test_a_deadline_holds_for_answers_of_a_known_length(ready: MockHcp) -> None:
    ready.fault({**READ, **MANY}, drip=0.2)
    failed = namespace(ready, fails=True, deadline=1)
    assert failed["error"]["code"] == "timed_out"


def test_a_success_that_changes_nothing_is_a_failure(ready: MockHcp) -> None:
    ready.fault({"method": "POST", "path": PATH}, status=200, origin="proxy")
    failed = namespace(ready, fails=True, hard_quota="60 GB")
    assert (failed["error"]["code"], failed["changed"]) == ("not_done", False)
    assert [each["status"] for each in failed["steps"]] == ["failed"]


def test_a_success_without_hcps_headers_is_looked_at(ready: MockHcp) -> None:
    assert namespace(ready, hard_quota="60 GB")["changed"]
    asked = len(ready.seen())
    ready.fault({"method": "POST", "path": PATH}, status=200, carry_out=True, origin="proxy")
    assert namespace(ready, hard_quota="70 GB")["changed"]
    assert len(ready.seen()) == 2 * asked + 1


def test_an_absence_that_a_web_page_tells_is_none(ready: MockHcp) -> None:
    ready.fault({**READ, **MANY}, status=404, origin="proxy", body="<html>Not found</html>")
    failed = namespace(ready, fails=True, state="absent", confirm=["delete"])
    assert (failed["error"]["code"], failed["error"]["status"]) == ("not_mapi", 404)


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ({"status": 200, "body": "<html>Please log in</html>"}, "not_mapi"),
        ({"status": 200, "body": "[1, 2]"}, "not_mapi"),
        ({"status": 200, "body": ""}, "not_mapi"),
        ({"status": 302, "headers": {"Location": "https://elsewhere.example/"}}, "redirected"),
        ({"status": 400, "headers": {"X-HCP-ErrorMessage": "Nonsense."}}, "invalid"),
        ({"status": 401}, "unauthorized"),
        ({"status": 403}, "forbidden"),
        ({"status": 405}, "not_allowed"),
        ({"status": 414}, "uri_too_long"),
        ({"status": 415}, "media_type"),
        ({"status": 418}, "unexpected_status"),
    ],
)
def test_what_does_not_pass_is_told_at_once(
    ready: MockHcp, action: dict[str, Any], code: str
) -> None:
    ready.fault({**READ, **MANY}, **action)
    failed = namespace(ready, fails=True, retries=3)
    assert failed["error"]["code"] == code
    assert ready.seen() == [f"GET {PATH}"]
    assert failed["msg"].startswith(f"namespace alpha of tenant {TENANT}: GET {PATH} failed: ")
    assert "Traceback" not in str(failed)


def test_hcps_own_words_are_passed_on(ready: MockHcp) -> None:
    ready.fault({**READ, **MANY}, status=400, headers={"X-HCP-ErrorMessage": "Nonsense."})
    failed = namespace(ready, fails=True)
    assert "HCP returned 400: Nonsense. " in failed["msg"]
    assert failed["error"]["hcp_message"] == "Nonsense."


def test_retry_after_is_waited_for_but_not_beyond_the_deadline(ready: MockHcp) -> None:
    ready.fault({**READ, **MANY}, status=503, headers={"Retry-After": "120"})
    failed = namespace(ready, fails=True, retries=5, deadline=5)
    assert failed["error"]["attempts"] == 1


def test_a_slow_answer_times_out(ready: MockHcp) -> None:
    ready.fault({**READ, **MANY}, hold="before")
    # Long enough for the connection to be made on a slow machine: that has another message.
    failed = namespace(ready, fails=True, timeout=3)
    assert failed["error"]["code"] == "timed_out"
    assert "no response within 3 s" in failed["msg"]


def test_a_write_whose_answer_is_lost_converges(hcp: MockHcp) -> None:
    # Carried out, but the answer never came: the second try meets a conflict, and finds its work.
    hcp.fault({"method": "PUT", "path": f"/tenants/{TENANT}/namespaces", "times": 1}, cut="after")
    result = namespace(hcp, retries=1, hard_quota="60 GB")
    assert result["changed"]
    assert result["created"]
    assert [each["status"] for each in result["steps"]] == ["done"]
    assert hcp.get(PATH)["hardQuota"] == "60.00 GB"
    assert not namespace(hcp, hard_quota="60 GB")["changed"]


def test_a_rename_whose_answer_is_lost_is_done(ready: MockHcp) -> None:
    ready.fault({"method": "POST", "path": PATH, "times": 1}, cut="after")
    result = namespace(ready, retries=1, name="beta", from_name="alpha", permission_mask=["READ"])
    assert [each["status"] for each in result["steps"]] == ["done", "done"]
    assert result["namespace"]["name"] == "beta"


def test_what_was_written_is_reported_even_if_it_cannot_be_read_back(hcp: MockHcp) -> None:
    hcp.fault({**READ, "nth": 2}, status=500)
    result = namespace(hcp, hard_quota="60 GB")
    assert result["created"]
    assert [each["status"] for each in result["steps"]] == ["done"]
    assert any("The new state could not be read" in text for text in result["warnings"])


def test_a_conflict_that_cannot_be_looked_into_keeps_its_steps(ready: MockHcp) -> None:
    ready.fault({**READ, "nth": 1, "times": 1}, status=404)
    ready.fault({**READ, "nth": 1, "times": None}, status=403)
    failed = namespace(ready, fails=True)
    assert failed["steps"][0]["status"] == "failed"


def test_a_web_page_is_no_success(ready: MockHcp) -> None:
    page = {"status": 200, "headers": {"Content-Type": "text/html"}, "body": "<html>Log in</html>"}
    ready.fault({"method": "POST", "path": PATH}, **page)
    failed = namespace(ready, fails=True, hard_quota="60 GB")
    assert failed["error"]["code"] == "not_mapi"
    assert failed["steps"][0]["status"] == "unknown"


def test_a_plan_that_fails_at_once_claims_nothing(hcp: MockHcp) -> None:
    hcp.fault({"method": "PUT", "path": f"/tenants/{TENANT}/namespaces"}, status=400)
    failed = namespace(hcp, fails=True)
    assert (failed["changed"], failed["created"]) == (False, False)
    assert "namespace" not in failed


@pytest.mark.parametrize(
    "answer",
    [
        {"name": "alpha", "softQuota": "1e400", "hardQuota": 5, "tags": 7},
        {"name": "alpha", "tags": {"tag": {"a": 1}}, "owner": ["x"]},
        {"enterpriseMode": "yes", "aclsUsage": {}},
    ],
)
def test_odd_answers_are_read_or_refused_but_never_crash(
    ready: MockHcp, answer: dict[str, Any]
) -> None:
    json_type = {"Content-Type": "application/json"}
    ready.fault({**READ, **MANY}, status=200, headers=json_type, body=json.dumps(answer))
    given = {**ready.as_tenant, "tenant": TENANT, "name": "alpha"}
    result = run("hcp_namespace_info", given)
    assert result["namespaces"]
    assert not namespace(ready)["changed"]


@pytest.mark.parametrize("name", ["beta", 5])
def test_a_response_about_another_resource_is_not_believed(ready: MockHcp, name: Any) -> None:
    json_type = {"Content-Type": "application/json"}
    body = json.dumps({"name": name, "hardQuota": "50.00 GB"})
    ready.fault({**READ, **MANY}, status=200, headers=json_type, body=body)
    given = {**ready.as_tenant, "tenant": TENANT, "name": "alpha"}
    told = f"the response is about '{name}', not about 'alpha'"
    for failed in (run("hcp_namespace_info", given, fails=True), namespace(ready, fails=True)):
        assert failed["error"]["code"] == "not_mapi"
        assert told in failed["msg"]
    assert ready.writes() == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_names_the_host_that_it_leads_to(ready: MockHcp, status: int) -> None:
    headers = {"Location": "https://login.example.com/?token=secret"}
    ready.fault(
        {"method": "POST", "path": PATH, **MANY}, status=status, origin="proxy", headers=headers
    )
    failed = namespace(ready, fails=True, hard_quota="60 GB")
    assert failed["error"]["code"] == "redirected"
    assert f"the response is a redirect ({status}) to login.example.com. " in failed["msg"]
    assert "secret" not in str(failed)
    assert (failed["error"]["uncertain"], failed["steps"][0]["status"]) == (True, "unknown")


@pytest.mark.parametrize("status", [501, 505, 507])
def test_what_a_server_will_not_do_is_not_sent_again(ready: MockHcp, status: int) -> None:
    ready.fault({"method": "POST", "path": PATH, **MANY}, status=status)
    failed = namespace(ready, fails=True, hard_quota="60 GB", retries=3)
    assert (failed["error"]["code"], failed["error"]["attempts"]) == ("server_error", 1)
    assert (failed["error"]["uncertain"], failed["steps"][0]["status"]) == (False, "failed")


@pytest.mark.parametrize("entries", [["x"], [None], 5, [{"permissions": 7}]])
def test_odd_permissions_never_crash(ready: MockHcp, entries: Any) -> None:
    path = f"/tenants/{TENANT}/userAccounts/storage-admin/dataAccessPermissions"
    body = json.dumps({"namespacePermission": entries})
    ready.fault({"method": "GET", "path": path, **MANY}, status=200, body=body)
    options = {**ready.as_tenant, "tenant": TENANT, "name": "storage-admin"}
    result = run(
        "hcp_user_info", {**options, "include": ["all"]}, fails=entries != [{"permissions": 7}]
    )
    assert "Traceback" not in str(result)


def test_hcps_words_are_utf8(ready: MockHcp) -> None:
    words = "Ungültig".encode().decode("latin-1")
    ready.fault({**READ, **MANY}, status=400, headers={"X-HCP-ErrorMessage": words})
    assert "Ungültig" in namespace(ready, fails=True)["msg"]


def test_a_node_in_trouble_is_left_for_another(ready: MockHcp) -> None:
    ready.fault({**READ, "times": 1}, status=503)
    assert not namespace(ready, nodes=["127.0.0.1", "localhost"], retries=1)["changed"]
    # Both names are the mock's; only a connection of its own shows that the second one was used.
    first, second = ready.journal()
    assert (first["status"], second["status"]) == (503, 200)
    assert first["connection"] != second["connection"]


def test_a_rename_that_cannot_be_looked_into_keeps_its_steps(ready: MockHcp) -> None:
    ready.fault({"method": "POST", "path": PATH, "times": 1}, cut="after")
    ready.fault({"method": "HEAD", "path": PATH.replace("alpha", "beta"), **MANY}, status=500)
    failed = namespace(ready, fails=True, retries=1, name="beta", from_name="alpha")
    assert [each["status"] for each in failed["steps"]] == ["unknown"]


def test_a_write_that_hcp_shows_as_done_is_done_although_no_response_came(ready: MockHcp) -> None:
    ready.fault({"method": "POST", "path": PATH, **MANY}, cut="after")
    result = namespace(ready, hard_quota="60 GB")
    assert (result["changed"], result["steps"][0]["status"]) == (True, "done")
    assert ready.get(PATH)["hardQuota"] == "60.00 GB"


@pytest.mark.parametrize("after", [{"cut": "before"}, {"status": 500}])
def test_a_write_whose_fate_is_not_known_is_called_unknown(
    ready: MockHcp, after: dict[str, Any]
) -> None:
    ready.fault({"method": "POST", "path": PATH, **MANY}, cut="after")
    ready.fault({**READ, "nth": 2, "times": None}, **after)
    failed = namespace(ready, fails=True, hard_quota="60 GB")
    assert (failed["steps"][0]["status"], failed["error"]["uncertain"]) == ("unknown", True)
    ready.control("DELETE", "faults")
    assert ready.get(PATH)["hardQuota"] == "60.00 GB"


def test_a_write_that_hcp_does_not_show_may_still_be_done(ready: MockHcp) -> None:
    ready.fault({"method": "POST", "path": PATH, **MANY}, cut="before")
    failed = namespace(ready, fails=True, hard_quota="60 GB")
    assert (failed["steps"][0]["status"], failed["error"]["uncertain"]) == ("unknown", True)


def test_a_deletion_whose_answer_is_lost_is_done(ready: MockHcp) -> None:
    ready.fault({"method": "DELETE", "path": PATH, "times": 1}, cut="after")
    assert namespace(ready, retries=1, state="absent", confirm=["delete"])["changed"]
    assert ready.ask(PATH).status_code == 404


def test_somebody_elses_creation_is_converged(hcp: MockHcp) -> None:
    # The reading says there is none; when it is created there is one.
    hcp.reset(seed(namespaces=[{"name": "alpha", "description": "theirs"}]))
    hcp.fault({**READ, "times": 1}, status=404)
    result = namespace(hcp, description="ours")
    assert result["changed"]
    assert [each["action"] for each in result["steps"]] == ["update"]
    assert hcp.get(PATH)["description"] == "ours"


def test_one_connection_serves_a_whole_task(ready: MockHcp) -> None:
    namespace(ready, versioning={"enabled": True}, permission_mask=["READ"], hard_quota="60 GB")
    assert len({each["connection"] for each in ready.journal()}) == 1
    assert len(ready.journal()) > 6


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that refuses connections, and that nobody else gets meanwhile."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield int(bound.getsockname()[1])


def test_a_node_that_is_down_is_passed_over(ready: MockHcp) -> None:
    # 127.0.0.2 is this host too, but nothing listens there.
    nodes = ["127.0.0.2", "127.0.0.1"]
    assert not namespace(ready, nodes=nodes)["changed"]
    assert not namespace(ready, nodes=nodes, permission_mask=["READ"])["warnings"]
    hosts = {each["host"].partition(":")[0] for each in ready.journal()}
    assert hosts == {f"{TENANT}.hcp.example.com"}


def test_no_node_at_all_is_one_sentence(ready: MockHcp) -> None:
    failed = namespace(ready, fails=True, nodes=["127.0.0.2", "127.0.0.3"], retries=1)
    assert failed["error"]["code"] == "connection_failed"
    assert "Connection refused" in failed["msg"]
    assert failed["error"]["attempts"] == 2


def test_a_name_that_is_not_known(ready: MockHcp) -> None:
    failed = namespace(ready, fails=True, nodes=[], domain="nowhere.invalid")
    assert failed["error"]["code"] == "connection_failed"
    assert "Check domain" in failed["msg"]


def test_a_certificate_of_an_unknown_authority(ready: MockHcp, tmp_path: Path) -> None:
    other = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    failed = namespace(ready, fails=True, ca_path=str(other), retries=3)
    assert failed["error"]["code"] == "tls_failed"
    assert "ca_path" in failed["msg"]
    assert failed["error"]["attempts"] == 1
    assert not namespace(ready, ca_path=str(other), validate_certs=False)["changed"]


def test_a_certificate_for_another_domain(ready: MockHcp) -> None:
    failed = namespace(ready, fails=True, domain="other.example.com")
    assert failed["error"]["code"] == "tls_failed"
    assert "match" in failed["msg"]


@pytest.fixture
def silent_server(tmp_path: Path) -> Iterator[int]:
    """Accepts connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_a_server_that_says_nothing(ready: MockHcp, silent_server: int) -> None:
    failed = namespace(ready, fails=True, port=silent_server, timeout=1)
    assert failed["error"]["code"] in ("timed_out", "connection_failed")


@pytest.fixture
def dripping_server(tmp_path: Path) -> Iterator[tuple[int, str]]:
    """Sends its answer little by little, never to an end."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(f"{TENANT}.hcp.example.com").configure_cert(context)
    stop = threading.Event()

    def serve(server: socket.socket) -> None:
        try:
            connection, _address = server.accept()
            with context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(65536)
                secure.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                while not stop.wait(0.2):
                    secure.sendall(b"1\r\n \r\n")
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, args=(server,), daemon=True)
        thread.start()
        yield int(server.getsockname()[1]), str(tmp_path / "ca.pem")
        stop.set()
        thread.join(5)


def test_an_answer_that_never_ends_ends_with_the_deadline(
    ready: MockHcp, dripping_server: tuple[int, str]
) -> None:
    port, authority = dripping_server
    failed = namespace(ready, fails=True, port=port, ca_path=authority, timeout=5, deadline=2)
    assert failed["error"]["code"] == "timed_out"
    assert "deadline" in failed["msg"]


def test_a_proxy_of_the_environment_needs_no_scheme(
    ready: MockHcp, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{closed_port}")
    assert namespace(ready, fails=True)["error"]["code"] == "proxy_failed"


def test_a_node_may_be_kept_from_the_proxy(
    ready: MockHcp, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{closed_port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.0/8,localhost")
    namespace(ready)


def test_a_proxy_that_is_not_there(ready: MockHcp, closed_port: int) -> None:
    proxy = f"http://user:Proxy-Pass-1@127.0.0.1:{closed_port}"
    failed = namespace(ready, fails=True, proxy=proxy)
    assert failed["error"]["code"] == "proxy_failed"
    assert "Proxy-Pass-1" not in str(failed)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"domain": "https://hcp.example.com"}, "domain must be"),
        ({"ca_path": "/does/not/exist.pem"}, "ca_path '/does/not/exist.pem' cannot be read"),
        ({"port": 0}, "port must be between"),
        ({"timeout": 0}, "timeout and deadline"),
        ({"timeout": 10**12}, "timeout and deadline"),
        ({"domain": "a..b"}, "domain must be"),
        ({"domain": "a" * 64 + ".example"}, "domain must be"),
        ({"nodes": ["127.0.0.1:9090"]}, "nodes must hold"),
        ({"nodes": ["evil@127.0.0.1"]}, "nodes must hold"),
        ({"name": ".."}, "name must be"),
        ({"from_name": ".."}, "from_name must be"),
        ({"tenant": "../x"}, "tenant must be"),
        ({"hard_quota": "9" * 40 + " GB"}, "hard_quota must be"),
        ({"auth_type": "ad"}, "user@ad-domain"),
        ({"hard_quota": "50"}, "hard_quota must be a number"),
        ({"soft_quota": 5}, "soft_quota must be between 10 and 95 percent, not 5"),
        ({"name": "-alpha"}, "name must be 1 to 63 letters"),
        ({"tags": ["a,b"]}, "tags must not hold"),
        ({"compliance": {"retention_default": "7y"}}, "retention_default: it must be 0, -1 or -2"),
        ({"http": {"ip_settings": {"allow_addresses": ["x"]}}}, "not 'x'"),
        ({"smtp": {"email_location": "mail"}}, "starts and ends with /"),
        ({"owner_type": "LOCAL"}, "owner_type needs owner"),
        ({"http": {"webdav_basic_auth_password": "x"}}, "needs http.webdav_basic_auth_username"),
        ({"cors": [{"allowed_origins": [], "allowed_methods": ["GET"]}]}, "in rule 1"),
    ],
)
def test_bad_input_is_refused_before_anything_is_sent(
    ready: MockHcp, options: dict[str, Any], words: str
) -> None:
    failed = namespace(ready, fails=True, **options)
    assert words in failed["msg"]
    assert failed["error"]["code"] == "bad_option"
    assert ready.seen() == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"versioning": [None]}, "versioning must be a dictionary."),
        ({"versioning": ""}, "versioning must be a dictionary."),
        ({"http": {"ip_settings": [None]}}, "http.ip_settings must be a dictionary."),
        ({"cors": [None]}, "cors must be a list of dictionaries."),
        ({"cors": "x"}, "cors must be a list of dictionaries."),
        ({"cors": {"allowed_origins": ["*"]}}, "cors must be a list of dictionaries."),
    ],
)
def test_what_is_no_dictionary_is_named(
    ready: MockHcp, options: dict[str, Any], words: str
) -> None:
    assert namespace(ready, fails=True, **options)["msg"] == words
    assert ready.seen() == []


def test_a_dictionary_may_be_written_as_text(ready: MockHcp) -> None:
    assert namespace(ready, versioning='{"enabled": true}')["changed"]
    assert not namespace(ready, versioning="enabled=yes")["changed"]
