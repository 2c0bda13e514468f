# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter hcp_variables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml

MARKS = ("{{", "{%", "{#")


class _Unsafe(str):
    """A text that Ansible would take for a template."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Indents lists, so that files look as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _unsafe(dumper: yaml.SafeDumper, text: _Unsafe) -> yaml.ScalarNode:
    return dumper.represent_scalar("!unsafe", str(text))


_Dumper.add_representer(_Unsafe, _unsafe)


def hcp_variables(value: Any) -> str:
    """Write a value as a file of variables in which nothing is a template."""
    text: str = yaml.dump(
        _data(value),
        Dumper=_Dumper,
        default_flow_style=False,
        allow_unicode=True,
        sort_keys=False,
        explicit_start=True,
    )
    return text


def _data(value: Any) -> Any:
    """A value of plain types, with what looks like a template marked."""
    if isinstance(value, Mapping):
        return {_data(name): _data(inner) for name, inner in value.items()}
    if isinstance(value, str):
        # A new text, without what Ansible may have noted about the old one.
        text = "".join(list(value))
        return _Unsafe(text) if any(mark in text for mark in MARKS) else text
    if isinstance(value, (list, tuple)):
        return [_data(inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return value
    return int(value) if isinstance(value, int) else float(value)


class FilterModule:
    """The filters of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Filter name → function."""
        return {"hcp_variables": hcp_variables}
