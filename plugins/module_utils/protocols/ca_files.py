# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of CA certificates that are no plain PEM: read, or refused with the reason.

Source: RFC 7468, "Textual Encodings of PKIX, PKCS, and CMS Structures".
"""

from __future__ import annotations

import re
import ssl
from pathlib import Path

from ..refusal import RefusedError

DER = b"\x30"
BEGIN = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----")
# The names that OpenSSL looks for in a directory.
HASHED = re.compile(r"^[0-9a-f]{8}\.[0-9]+\Z")
# The object identifier of signed data, near the start of a PKCS#7 file.
PKCS7 = bytes.fromhex("06092a864886f70d010702")
# The version of a PKCS#12 file, near its start.
PKCS12 = bytes.fromhex("020103")
CERTIFICATE_LABELS = ("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE")
EXTRACT_PKCS7 = "Extract them with 'openssl pkcs7 -print_certs'."
EXTRACT_PKCS12 = "Extract them with 'openssl pkcs12 -nokeys'."
EXPECTED = "It must contain the certificate of the CA that signed HCP's certificate, as PEM or DER."


def trust_file_or_directory(context: ssl.SSLContext, path: str, source: str) -> None:
    """Trust the certificates of a directory, or of a file that OpenSSL alone cannot read.

    :param source: the option or environment variable that names it
    :raises RefusedError: no certificates can be read from there
    """
    try:
        problem = (
            _trust_directory(context, path)
            if Path(path).is_dir()
            else _trust_content(context, Path(path).read_bytes())
        )
    except OSError as error:
        problem = f"cannot be read on the host that runs this task: {error.strerror or error}."
    if problem:
        option = source if source == "ca_path" else ""
        raise RefusedError("bad_option", f"{source or 'CA file'} '{path}' {problem}", option=option)


def _trust_directory(context: ssl.SSLContext, path: str) -> str | None:
    if not any(HASHED.match(each.name) for each in Path(path).iterdir()):
        return (
            "is a directory without certificates under hashed names. Run 'openssl rehash' for it,"
            " or name a file."
        )
    context.load_verify_locations(capath=path)
    return None


def _trust_content(context: ssl.SSLContext, content: bytes) -> str | None:
    """Trust the certificates in the content of a file. Return why that is impossible, or ``None``.

    The sentence continues "ca_path 'file' ".
    """
    if not content.strip():
        return f"is empty. {EXPECTED}"
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"-\x00-\x00" in content[:64]:
        return "is text in UTF-16. Save it as ASCII or UTF-8."
    if content.startswith(DER):
        return _trust_der(context, content)
    labels = [match.group(1).decode() for match in BEGIN.finditer(content)]
    if any(label in CERTIFICATE_LABELS for label in labels):
        return _bad_entry(content) or f"cannot be read by OpenSSL. {EXPECTED}"
    if "PKCS7" in labels or "CMS" in labels:
        return f"is a PKCS#7 file. {EXTRACT_PKCS7}"
    if labels:
        return f"contains no certificate, but: {', '.join(labels)}. {EXPECTED}"
    return f"contains no certificate. {EXPECTED}"


def _trust_der(context: ssl.SSLContext, content: bytes) -> str | None:
    try:
        context.load_verify_locations(cadata=content)
    except (ssl.SSLError, ValueError):
        if PKCS7 in content[:32]:
            return f"is a PKCS#7 file. {EXTRACT_PKCS7}"
        if PKCS12 in content[:16]:
            return f"is a PKCS#12 file. {EXTRACT_PKCS12}"
        return f"is binary, but no certificate in DER. {EXPECTED}"
    return None


def _bad_entry(content: bytes) -> str | None:
    """Return which certificate of a PEM file is invalid."""
    number = 0
    for match in BEGIN.finditer(content):
        label = match.group(1).decode()
        if label not in CERTIFICATE_LABELS:
            continue
        number += 1
        line = content.count(b"\n", 0, match.start()) + 1
        place = f"has an invalid entry: certificate {number}, at line {line},"
        end = content.find(b"-----END " + match.group(1) + b"-----", match.end())
        following = BEGIN.search(content, match.end())
        if end < 0 or (following and following.start() < end):
            return f"{place} has no END line."
        body = content[match.end() : end].decode("ascii", "replace")
        pem = f"-----BEGIN CERTIFICATE-----{body}-----END CERTIFICATE-----\n"
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem)
        except (ssl.SSLError, ValueError):
            return f"{place} is no certificate."
    return None
