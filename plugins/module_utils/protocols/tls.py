# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The TLS settings of a connection: which certificates are trusted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def tls_settings(validate_certs: bool, ca_path: str | None) -> dict[str, Any]:
    """Return the settings of urllib3 for the validation of certificates.

    :param ca_path: file or directory of CA certificates; ``None`` for the default of the host
    :raises RefusedError: no certificates can be read from there
    """
    # This file can be loaded without urllib3, as ansible-test requires.
    import urllib3  # noqa: PLC0415
    from urllib3.util.ssl_ import create_urllib3_context  # noqa: PLC0415

    if not validate_certs:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        return {"cert_reqs": "CERT_NONE", "assert_hostname": False}
    context = create_urllib3_context()
    named = {"ca_path": ca_path, **{name: os.environ.get(name) for name in CA_VARIABLES}}
    source, path = next(
        ((name, path) for name, path in named.items() if path), ("", _default_ca_bundle())
    )
    if path is None:
        context.load_default_certs()
    else:
        _trust(context, path, source)
    # Loading certificates takes longer than a request, so the connections share the context.
    return {"cert_reqs": "CERT_REQUIRED", "ssl_context": context}


def _trust(context: Any, path: str, source: str) -> None:
    """Trust the certificates of a file or directory.

    :param source: the option or environment variable that names it
    :raises RefusedError: no certificates can be read from there
    """
    try:
        if not Path(path).is_dir():
            context.load_verify_locations(cafile=path)
            return
    except OSError:
        pass
    # Few tasks need it.
    from .ca_files import trust_file_or_directory  # noqa: PLC0415

    trust_file_or_directory(context, path, source)


def _default_ca_bundle() -> str | None:
    """Return the path of certifi's CA bundle; ``None`` for that of the operating system."""
    try:
        from certifi import where  # noqa: PLC0415
    except ImportError:
        return None
    return str(where())
