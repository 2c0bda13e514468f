"""A file of CA certificates is read, or refused with its name and the reason."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from ansible_collections.contentplatform.hcp.plugins.module_utils.protocols.tls import (
    tls_settings,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.refusal import RefusedError

PEM = trustme.CA().cert_pem.bytes()
OTHER = trustme.CA().cert_pem.bytes()
LEAF = trustme.CA().issue_cert("hcp.example.com")
KEY = LEAF.private_key_pem.bytes()
DER = ssl.PEM_cert_to_DER_cert(PEM.decode())
DAMAGED = OTHER.replace(b"\nMII", b"\nXXX", 1)
BLOCK = b"-----BEGIN %b-----\nAAAA\n-----END %b-----\n"
READ: dict[str, bytes] = {
    "PEM": PEM,
    "two of them": PEM + OTHER,
    "PEM with comments": "# Die Prüfstelle\n".encode() + PEM,
    "with Windows line ends": PEM.replace(b"\n", b"\r\n"),
    "with a key": PEM + KEY,
    "DER": DER,
    "several in DER": DER + ssl.PEM_cert_to_DER_cert(OTHER.decode()),
}
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \n", "is empty"),
    "UTF-16": (PEM.decode().encode("utf-16"), "is text in UTF-16"),
    "UTF-16 without a mark": (PEM.decode().encode("utf-16-le"), "is text in UTF-16"),
    "a key": (KEY, "contains no certificate, but:"),
    "a request": (BLOCK.replace(b"%b", b"CERTIFICATE REQUEST"), "contains no certificate, but:"),
    "PKCS#7": (BLOCK.replace(b"%b", b"PKCS7"), "is a PKCS#7 file"),
    "PKCS#7 in DER": (
        bytes.fromhex("3082010006092a864886f70d010702a0820100") + bytes(64),
        "is a PKCS#7 file",
    ),
    "PKCS#12": (bytes.fromhex("30820100020103308200f0") + bytes(64), "is a PKCS#12 file"),
    "other text": (b"hello\n", "contains no certificate."),
    "other data": (b"\x30\x03abc", "is binary"),
    "a damaged entry": (PEM + DAMAGED, "certificate 2, at line"),
    "an entry without its end": (PEM + OTHER[:200], "certificate 2, at line"),
    "an entry that ends in the next": (OTHER[:200] + b"\n" + PEM, "certificate 1, at line 1,"),
}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes], str]:
    def write(content: bytes) -> str:
        path = tmp_path / "ca.pem"
        path.write_bytes(content)
        return str(path)

    return write


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_what_can_be_read(written: Callable[[bytes], str], content: bytes) -> None:
    context = tls_settings(True, written(content))["ssl_context"]
    names = [each["subject"] for each in context.get_ca_certs()]
    assert len(names) == content.count(b"BEGIN CERTIFICATE") or content.startswith(b"\x30")
    assert names


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read(written: Callable[[bytes], str], content: bytes, reason: str) -> None:
    path = written(content)
    with pytest.raises(RefusedError) as refused:
        tls_settings(True, path)
    assert str(refused.value).startswith(f"ca_path '{path}' ")
    assert reason in str(refused.value)
    assert (refused.value.code, refused.value.option) == ("bad_option", "ca_path")


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="No such file"):
        tls_settings(True, str(tmp_path / "none.pem"))


def test_directories(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="openssl rehash"):
        tls_settings(True, str(tmp_path))
    (tmp_path / "12345678.0").write_bytes(PEM)
    assert tls_settings(True, str(tmp_path))["ssl_context"]


def test_a_file_that_an_environment_variable_names(
    written: Callable[[bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(KEY)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", path)
    with pytest.raises(RefusedError, match="REQUESTS_CA_BUNDLE"):
        tls_settings(True, None)


def test_no_file_is_read_where_certificates_are_not_validated(tmp_path: Path) -> None:
    assert tls_settings(False, str(tmp_path / "none.pem"))["cert_reqs"] == "CERT_NONE"
