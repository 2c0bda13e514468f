# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CORS configurations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .base import Value
from .numbers import Integer
from .pattern import Pattern

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What no XML document can hold.
NOT_XML = Pattern("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


class CorsRules(Value):
    """The rules of a CORS configuration; MAPI keeps them as one XML document."""

    LISTS = (
        ("allowed_origins", "AllowedOrigin"),
        ("allowed_methods", "AllowedMethod"),
        ("allowed_headers", "AllowedHeader"),
        ("expose_headers", "ExposeHeader"),
    )
    METHODS = ("DELETE", "GET", "HEAD", "POST", "PUT")

    def argument(self) -> dict[str, Any]:
        options: dict[str, Any] = {
            option: {"type": "list", "elements": "str"} for option, tag in self.LISTS
        }
        options["allowed_origins"]["required"] = True
        options["allowed_methods"].update(required=True, choices=list(self.METHODS))
        options["id"] = {"type": "str"}
        options["max_age_seconds"] = {"type": "int"}
        return {"type": "list", "elements": "dict", "options": options}

    def check(self, value: Any) -> str | None:
        for number, rule in enumerate(value, 1):
            if not rule.get("allowed_origins") or not rule.get("allowed_methods"):
                return f"needs at least one origin and one method in rule {number}"
            texts = [each for option, _tag in self.LISTS for each in rule.get(option) or ()]
            wrong = [each for each in texts if not each.strip() or NOT_XML.search(each)]
            if wrong or NOT_XML.search(rule.get("id") or ""):
                return f"must have no blank texts and no control characters in rule {number}"
        return None

    def encode(self, value: Any) -> Any:
        # Few tasks have CORS rules, and loading this takes long.
        from xml.etree.ElementTree import Element, SubElement, tostring  # noqa: PLC0415

        root = Element("CORSConfiguration")
        for rule in value:
            node = SubElement(root, "CORSRule")
            if rule.get("id"):
                SubElement(node, "ID").text = rule["id"]
            for option, tag in self.LISTS:
                for text in rule.get(option) or ():
                    SubElement(node, tag).text = text
            if rule.get("max_age_seconds") is not None:
                SubElement(node, "MaxAgeSeconds").text = str(rule["max_age_seconds"])
        return {"cors": tostring(root, encoding="unicode")}

    def decode(self, wire: Any) -> Any:
        text = wire.get("cors") if isinstance(wire, Mapping) else wire
        if not text:
            return []
        from xml.etree.ElementTree import ParseError, fromstring  # noqa: PLC0415

        # HCP puts an XML declaration in front of what it stores; a text with one must be bytes.
        try:
            # Without a document type there are no entities to expand.
            if "<!DOCTYPE" in str(text):
                return None
            root = fromstring(str(text).strip().encode("utf-8"))  # noqa: S314
        except ParseError:
            return None
        return [self._rule(node) for node in root if _tag(node) == "CORSRule"]

    def _rule(self, node: Element) -> dict[str, Any]:
        texts: dict[str, list[str]] = {}
        for child in node:
            texts.setdefault(_tag(child).lower(), []).append((child.text or "").strip())
        rule: dict[str, Any] = {
            option: texts[tag.lower()] for option, tag in self.LISTS if tag.lower() in texts
        }
        if "id" in texts:
            rule["id"] = texts["id"][0]
        if "maxageseconds" in texts:
            rule["max_age_seconds"] = Integer(0, 0).decode(texts["maxageseconds"][0])
        return rule

    def normalized(self, value: Any) -> list[dict[str, Any]]:
        """The rules in their order; within a rule, the order of origins and the like is none."""
        rules = [{name: _tidy(part) for name, part in rule.items()} for rule in value or ()]
        return [
            {name: part for name, part in rule.items() if part not in (None, [], "")}
            for rule in rules
        ]

    def same(self, wanted: Any, current: Any) -> bool:
        return self.normalized(wanted) == self.normalized(current)


def _tag(node: Element) -> str:
    return node.tag.rpartition("}")[2]


def _tidy(part: Any) -> Any:
    """A part of a rule as it is read: in no order, and without the blanks around a text."""
    if isinstance(part, list):
        return sorted(text.strip() for text in part)
    return part.strip() if isinstance(part, str) else part
