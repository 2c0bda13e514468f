# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of the entries of a configuration."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ..resources.kinds import KINDS
from ..schema.resource import Resource
from .arguments import argument_spec, connection_arguments, type_problems, without_none

SET_BY_PLACE = ("assume_absent",)


@cache
def _entry_spec(plural: str) -> dict[str, dict[str, Any]]:
    kind = next(each for each in KINDS if each.plural == plural)
    elsewhere = {*connection_arguments(data=True), *(each.option for each in kind.parents)}
    elsewhere.update(SET_BY_PLACE)
    spec = argument_spec(kind)
    return {option: spec[option] for option in spec if option not in elsewhere}


@lru_cache(maxsize=1000)
def _validator(plural: str, mentioned: frozenset[str]) -> ArgumentSpecValidator:
    """Return a validator for entries with these options. Most entries have the same options."""
    spec = {
        option: each
        for option, each in _entry_spec(plural).items()
        if option in mentioned or each.get("required") or "default" in each
    }
    kind = next(each for each in KINDS if each.plural == plural)
    return ArgumentSpecValidator(spec, mutually_exclusive=[list(each) for each in kind.exclusive])


def check_entry(kind: Resource, options: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Check the options of one resource as its module does; return them and the problems."""
    spec = _entry_spec(kind.plural)
    unknown = [str(option) for option in options if option not in spec]
    if unknown:
        return {}, [f"a {kind.kind} has no option '{option}'." for option in unknown]
    mentioned = frozenset(option for option, value in options.items() if value is not None)
    wrong = type_problems(spec, options)
    if wrong:
        return {}, wrong
    result = _validator(kind.plural, mentioned).validate(without_none(options))
    if result.error_messages:
        return {}, [f"{message.rstrip('.')}." for message in result.error_messages]
    return without_none(result.validated_parameters), []
