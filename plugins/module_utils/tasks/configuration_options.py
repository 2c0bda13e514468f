# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of the modules for whole configurations, and the survey that they describe."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ..configuration.accounts import ChangedCredentials, Sessions
from ..configuration.progress import Progress
from ..configuration.survey import Job, Rules, Survey
from ..configuration.tree import parse, secrets
from ..protocols.transport import REQUESTS_MISSING
from ..refusal import RefusedError
from ..resources.kinds import KINDS
from .arguments import connection_arguments
from .entries import check_entry
from .module import OMITTED, Call, Module


def configuration_module(
    arguments: dict[str, dict[str, Any]], perform: Callable[[Call], dict[str, Any]]
) -> Module:
    """Return a module that takes a configuration and further arguments."""
    return Module(
        {**shared_arguments(), "config": {"type": "dict", "required": True}, **arguments},
        perform,
        secrets=lambda params: secrets(params.get("config")),
        shown=_without_config,
        missing_library=lambda: REQUESTS_MISSING,
    )


def shared_arguments() -> dict[str, dict[str, Any]]:
    """Return the options that configurations and exports have in common."""
    account = {
        "tenant": {"type": "str", "required": True},
        "username": {"type": "str", "required": True},
        "password": {"type": "str", "required": True, "no_log": True},
        "auth_type": {"type": "str", "choices": ["local", "ad"], "default": "local"},
    }
    return {
        **connection_arguments(data=True),
        "accounts": {"type": "list", "elements": "dict", "options": account, "default": []},
        "concurrency": {"type": "int", "default": 8},
    }


def plurals() -> list[str]:
    """Return the names of the lists that a configuration may have."""
    return [kind.plural for kind in KINDS]


def _words() -> list[str]:
    return sorted({word for kind in KINDS for word in kind.confirmations()})


def _without_config(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options without the configuration, which is long and may hold many secrets."""
    return {**params, "config": OMITTED} if params.get("config") else params


def survey(
    call: Call,
    pool: ThreadPoolExecutor,
    comparing: bool = False,
    changed: ChangedCredentials | None = None,
) -> list[Job]:
    """Read HCP as far as the configuration of a task speaks of it, and plan.

    :param comparing: whether the plan is only reported; then no password is tried, and nothing has
        to be confirmed
    :param changed: the accounts that the task itself has changed
    :raises RefusedError: the options or the configuration are invalid
    """
    params = call.params
    tree = parse(params["config"], check_entry)
    if tree.problems:
        raise RefusedError.of_many("bad_option", "The configuration is invalid", tree.problems)
    check_words("exact", params["exact"], plurals())
    confirmed = _words() if comparing else params["confirm"]
    check_words("confirm", confirmed, _words())
    check_patterns("ignore", params["ignore"])
    rules = Rules(
        Sessions(params, call.connections, tree, changed),
        check=call.check or comparing,
        confirmed=frozenset(confirmed),
        exact=frozenset(params["exact"]),
        ignore=params["ignore"],
    )
    return Survey(tree, rules, pool, Progress(call.progress)).jobs


def check_words(option: str, words: Iterable[str], choices: list[str]) -> None:
    """Refuse a word that is not among the choices."""
    for word in words:
        if word not in choices:
            sentence = f"{option} may hold only {', '.join(choices)}, not '{word}'."
            raise RefusedError("bad_option", sentence, option=option)


def check_patterns(option: str, value: Mapping[str, Any]) -> None:
    """Refuse a value that is not a dictionary of lists of patterns, by the plurals of kinds."""
    for plural, patterns in value.items():
        good = isinstance(patterns, list) and all(isinstance(each, str) for each in patterns)
        if plural not in plurals() or not good:
            raise RefusedError(
                "bad_option",
                f"{option} must be a dictionary of lists of patterns, by any of"
                f" {', '.join(plurals())}; '{plural}' is not.",
                option=option,
            )


def worker_pool(params: Mapping[str, Any]) -> ThreadPoolExecutor:
    """Return a pool with as many threads as ``concurrency`` allows."""
    if not 1 <= params["concurrency"] <= 64:
        sentence = f"concurrency must be between 1 and 64, not {params['concurrency']}."
        raise RefusedError("bad_option", sentence, option="concurrency")
    return ThreadPoolExecutor(params["concurrency"])
