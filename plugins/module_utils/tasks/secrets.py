# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets as ansible-core handles them, and results without secrets.

ansible-core 2.22 has a registry of secrets. The controller masks registered secrets in everything
that it shows. A module process redacts nothing itself: it prints its secrets in clear, for the
controller to register. Older releases redact the output of a module process, and nothing else.

In this collection the controller registers the secrets before a module runs, and a module process
prints none. Results are redacted in the same way with every release.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

try:
    from ansible.module_utils.secrets import (  # type: ignore[import-not-found,unused-ignore]
        register_secrets,
    )
except ImportError:  # ansible-core before 2.22
    register_secrets = None

if TYPE_CHECKING:
    from ansible.module_utils.basic import AnsibleModule

# They replace a value that is a secret, and a secret within a text.
WHOLE = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
WITHIN = "********"


def register(secrets: Iterable[str]) -> None:
    """Have the controller mask secrets in everything that it shows from now on.

    Before ansible-core 2.22 it does nothing. It has an effect in the controller's process only.
    """
    if register_secrets is not None:
        register_secrets(secrets)


def withhold(module: AnsibleModule) -> None:
    """Keep a module process from printing the secrets that ansible-core registered in it.

    An asynchronous task would leave them in clear in its job file, which others can read. The
    controller has registered the secrets of the task already.
    """
    registered = getattr(module, "_new_secrets", None)
    if registered is not None:
        registered.flush()


def redact(value: Any, secrets: Sequence[str]) -> Any:
    """Return a copy of a value in which every secret is replaced.

    :param secrets: texts that are not empty; one that contains another comes first
    """
    if isinstance(value, Mapping):
        return {name: redact(inner, secrets) for name, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [redact(inner, secrets) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return WHOLE if any(secret in str(value) for secret in secrets) else value
    if value in secrets:
        return WHOLE
    text = str(value)
    for secret in secrets:
        text = text.replace(secret, WITHIN)
    return text
