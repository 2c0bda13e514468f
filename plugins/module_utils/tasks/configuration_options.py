# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of the modules that work with whole configurations, and what is planned from them."""

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
    """A module that takes a configuration, and has further arguments."""
    return Module(
        {**shared_arguments(), "config": {"type": "dict", "required": True}, **arguments},
        perform,
        secrets=lambda params: secrets(params.get("config")),
        shown=_without_config,
        missing_library=lambda: REQUESTS_MISSING,
    )


def shared_arguments() -> dict[str, dict[str, Any]]:
    """The options that configurations and exports have in common."""
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
    """The names of the lists that a configuration may have."""
    return [kind.plural for kind in KINDS]


def _words() -> list[str]:
    return sorted({word for kind in KINDS for word in kind.confirmations()})


def _without_config(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options without the configuration, which is long and has secrets in many places."""
    return {**params, "config": OMITTED} if params.get("config") else params


def survey(
    call: Call,
    pool: ThreadPoolExecutor,
    comparing: bool = False,
    changed: ChangedCredentials | None = None,
) -> list[Job]:
    """What the configuration of a task comes to.

    :param comparing: whether it is only told, so that no password is tried and nothing needs to be
        confirmed
    :param changed: the accounts that the task itself has changed
    :raises RefusedError: it cannot be right
    """
    params = call.params
    tree = parse(params["config"], check_entry)
    if tree.problems:
        raise RefusedError.of_many("bad_option", "The configuration cannot be right", tree.problems)
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
    """Refuse what is none of the words that the tables know."""
    for word in words:
        if word not in choices:
            sentence = f"{option} may hold {', '.join(choices)}, but not '{word}'."
            raise RefusedError("bad_option", sentence, option=option)


def check_patterns(option: str, value: Mapping[str, Any]) -> None:
    """``ignore`` and ``names`` are lists of patterns by the plural of a kind."""
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
    """The threads that do several requests at a time."""
    if not 1 <= params["concurrency"] <= 64:
        sentence = f"concurrency must be between 1 and 64, not {params['concurrency']}."
        raise RefusedError("bad_option", sentence, option="concurrency")
    return ThreadPoolExecutor(params["concurrency"])
