# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules: arguments and behaviour, independent of how they are run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule

from ..connections import Connections
from ..protocols.transport import REQUESTS_MISSING
from ..redaction import secret_options, secret_values, spellings_in
from ..schema.interface import S3
from ..schema.resource import Resource
from .arguments import type_problems
from .secrets import redact, withhold

OMITTED = "(not repeated here)"
UNCHECKED = (
    "validate_certs is false, so HCP's certificate is not checked, and an attacker could read"
    " the password. Set ca_path to the CA certificate instead."
)


@dataclass(frozen=True, eq=False, repr=False)
class Call:
    """One task: its options and the way to run it.

    ``progress`` takes a sentence for the user while the task goes on, where there is a way to show
    it.
    """

    params: Mapping[str, Any]
    check: bool
    diff: bool
    connections: Connections
    progress: Callable[[str], None] | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Module:
    """A module, for both ways to run it.

    :ivar perform: does it; the result has ``failed`` where that was not possible, and ``warnings``
    :ivar exclusive: options of which a task may have only one
    :ivar secrets: finds values that must not be shown in what the argument specification does not
        describe
    :ivar shown: the options as a result may repeat them
    :ivar missing_library: the import error of a library without which the module can do nothing
    """

    arguments: dict[str, dict[str, Any]]
    perform: Callable[[Call], dict[str, Any]]
    exclusive: Sequence[Sequence[str]] = ()
    secrets: Callable[[Mapping[str, Any]], set[str]] = lambda params: set()
    shown: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda params: params
    missing_library: Callable[[], ImportError | None] = lambda: REQUESTS_MISSING

    def secret_values(self, params: Mapping[str, Any]) -> set[str]:
        """Return the values of options that are secrets."""
        return secret_values(params, self._secret_options) | self.secrets(params)

    @cached_property
    def _secret_options(self) -> dict[str, Any]:
        return secret_options(self.arguments)

    def done(self, call: Call) -> dict[str, Any]:
        """Run a task. Warn if the certificate is not checked, because the password is at risk."""
        result = self.perform(call)
        if call.params.get("validate_certs") is False:
            result["warnings"] = [UNCHECKED, *result.get("warnings", ())]
        return result

    def reported_options(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options for a result. A misspelt option is omitted: it may hold a password."""
        redacted: dict[str, Any] = _described_only(self.shown(params), self.arguments)
        return redacted

    def redact(self, result: dict[str, Any], secrets: set[str]) -> dict[str, Any]:
        """Return a result without secrets. Booleans stay, whatever the passwords are."""
        kept = {name: value for name, value in result.items() if isinstance(value, bool)}
        hidden = spellings_in(result, secrets)
        redacted: dict[str, Any] = redact(result, hidden) if hidden else result
        return {**redacted, **kept}

    def run(self) -> None:
        """Run as a module process: take the arguments from Ansible, and exit with the result."""
        outer = self

        class RedactingModule(AnsibleModule):
            """An AnsibleModule that redacts secrets in its result."""

            def exit_json(self, **result: Any) -> NoReturn:
                super().exit_json(**self._redacted(result))

            def fail_json(self, msg: str, **result: Any) -> NoReturn:
                super().fail_json(**self._redacted({"msg": msg, **result}))

            def _set_internal_properties(self, *spec: Any) -> None:
                # ansible-core calls it right before it checks the options.
                super()._set_internal_properties(*spec)  # type: ignore[no-untyped-call]
                wrong = type_problems(outer.arguments, self.params)
                if wrong:
                    self.fail_json(wrong[0])

            def _redacted(self, result: dict[str, Any]) -> dict[str, Any]:
                withhold(self)
                redacted = {
                    "invocation": {"module_args": outer.reported_options(self.params)},
                    **result,
                }
                return outer.redact(redacted, self.no_log_values | outer.secret_values(self.params))

            def log(self, msg: str, log_args: Any = None) -> None:
                """Write nothing into the log of the host, which would hold options with secrets.

                Ansible redacts the options of a task, but not those in lists and dictionaries.
                """

        module = RedactingModule(  # type: ignore[no-untyped-call]
            self.arguments,
            supports_check_mode=True,
            mutually_exclusive=[list(names) for names in self.exclusive],
        )
        connections = Connections()
        try:
            call = Call(module.params, module.check_mode, module._diff, connections)
            result = self.done(call)
        finally:
            connections.close()
        for sentence in result.pop("warnings", ()):
            module.warn(sentence)
        if result.pop("failed", False):
            module.fail_json(**result)
        module.exit_json(**result)


def _described_only(value: Any, spec: Mapping[str, Any]) -> Any:
    """Return the options that the argument specification describes, and omit all others."""
    if isinstance(value, list):
        return [_described_only(each, spec) for each in value]
    if not isinstance(value, Mapping):
        return OMITTED
    redacted = {}
    for name, inner in value.items():
        below = spec.get(name, {}).get("options")
        plain = name in spec and not (below and inner is not None)
        redacted[name] = inner if plain else _described_only(inner, below) if below else OMITTED
    return redacted


def missing_library(resource: Resource) -> ImportError | None:
    """Return the import error of a missing library that modules of this kind need."""
    if resource.interface != S3:
        return REQUESTS_MISSING
    # Loading boto3 takes as long as loading everything else.
    from ..protocols.s3.client import BOTO3_MISSING  # noqa: PLC0415

    return REQUESTS_MISSING or BOTO3_MISSING
