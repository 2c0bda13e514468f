# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of value MAPI knows: how each is written in a task, on the wire, and compared.

Every option of every module has one of these kinds. A kind answers four questions: what a task may
write (``argument``, ``check``), what MAPI is sent (``encode``), what an answer of MAPI means in a
task's own words (``decode``), and whether a wanted value is what HCP already has (``same``).
``same`` compares as HCP compares, so that a value HCP rewrites ("50 GB" becomes "50.00 GB", READ
brings BROWSE) is never reported as a change.

Retention values are in ``retention.py``. Source: MAPI reference, "Data types" and limits.
"""

from __future__ import annotations

import ipaddress
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, ClassVar


class Value:
    """One kind of value. ``None`` never reaches a kind: an omitted option is not looked at."""

    def argument(self) -> dict[str, Any]:
        """The option's part of a module's argument specification."""
        raise NotImplementedError

    def check(self, value: Any) -> str | None:
        """What is wrong with a value a task gave, as the end of a sentence, or ``None``."""
        return None

    def encode(self, value: Any) -> Any:
        """The value as MAPI's JSON wants it."""
        return value

    def decode(self, wire: Any) -> Any:
        """MAPI's JSON value in the words of a task; ``None`` where HCP says nothing."""
        return wire

    def same(self, wanted: Any, current: Any) -> bool:
        """Whether HCP would see no difference between two values in the words of a task."""
        return bool(wanted == current)


class Text(Value):
    """Free text. HCP does not tell a text never set from an empty one."""

    def __init__(
        self,
        longest: int = 1024,
        shortest: int = 0,
        pattern: str | None = None,
        rule: str = "",
        ignore_case: bool = False,
    ) -> None:
        self.longest = longest
        self.shortest = shortest
        self.pattern = re.compile(pattern) if pattern else None
        self.rule = rule
        self.ignore_case = ignore_case

    def argument(self) -> dict[str, Any]:
        return {"type": "str"}

    def check(self, value: Any) -> str | None:
        if len(value) < self.shortest:
            return f"must have at least {self.shortest} characters, not '{value}'"
        if len(value) > self.longest:
            return f"may have at most {self.longest} characters, this has {len(value)}"
        if value and self.pattern and not self.pattern.match(value):
            return f"must be {self.rule}"
        return None

    def decode(self, wire: Any) -> Any:
        return "" if wire is None else str(wire)

    def same(self, wanted: Any, current: Any) -> bool:
        if self.ignore_case:
            return str(wanted).lower() == str(current).lower()
        return str(wanted) == str(current)


# Letters of any script: HCP makes a host name of them.
HOST_LABEL = r"^(?!xn--)[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?\Z"
HOST_LABEL_RULE = (
    "1 to 63 letters, digits and hyphens, with no hyphen at either end and not starting with xn--"
)


def host_label() -> Text:
    """The name of a tenant or a namespace, which becomes part of a host name."""
    return Text(63, 1, HOST_LABEL, HOST_LABEL_RULE, ignore_case=True)


def free_name(longest: int) -> Text:
    """A name of any characters. Two names would stand for another path."""
    return Text(longest, 1, r"^(?!\.{1,2}\Z)", "a name other than . and ..", ignore_case=True)


def account_name() -> Text:
    """The name of a user account."""
    return Text(
        64, 1, r"^(?!\.{1,2}\Z)[^\[]", "a name that does not start with [", ignore_case=True
    )


def optional_account_name() -> Text:
    """The name of an account, or nothing for none."""
    return Text(64, 0, r"^[^\[]", "a name that does not start with [", ignore_case=True)


class Secret(Value):
    """A value HCP takes and never shows again; it cannot be compared."""

    def argument(self) -> dict[str, Any]:
        return {"type": "str", "no_log": True}

    def decode(self, wire: Any) -> Any:
        return None

    def same(self, wanted: Any, current: Any) -> bool:
        return True


class Boolean(Value):
    """A switch."""

    def argument(self) -> dict[str, Any]:
        return {"type": "bool"}

    def decode(self, wire: Any) -> Any:
        return wire if isinstance(wire, bool) else str(wire).strip() in ("true", "t", "1")


class Integer(Value):
    """A whole number within a range."""

    def __init__(self, lowest: int, highest: int, unit: str = "") -> None:
        self.lowest = lowest
        self.highest = highest
        self.unit = f" {unit}" if unit else ""

    def argument(self) -> dict[str, Any]:
        return {"type": "int"}

    def check(self, value: Any) -> str | None:
        if self.lowest <= value <= self.highest:
            return None
        return f"must be between {self.lowest} and {self.highest}{self.unit}, not {value}"

    def decode(self, wire: Any) -> Any:
        try:
            return int(wire)
        except (TypeError, ValueError, OverflowError):
            return None


class Choice(Value):
    """One of a few words. HCP's answers may differ from them in case."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices

    def argument(self) -> dict[str, Any]:
        return {"type": "str", "choices": list(self.choices)}

    def decode(self, wire: Any) -> Any:
        if wire in (None, ""):
            return None
        for choice in self.choices:
            if choice.lower() == str(wire).lower():
                return choice
        return str(wire)

    def same(self, wanted: Any, current: Any) -> bool:
        return str(wanted).lower() == str(current).lower()


class Quota(Value):
    """An amount of storage, as ``<number> MB|GB|TB``.

    HCP answers with two decimals, and it is unconfirmed whether it keeps the unit or whether a TB
    has 1000 or 1024 GB. Amounts in one unit are compared exactly; amounts in two units are the same
    where either base makes them so to the two decimals that HCP shows.
    """

    PATTERN = re.compile(
        r"^(\d{1,15}(?:\.\d{1,2})?|\.\d{1,2}) ?(MB|GB|TB)\Z", re.IGNORECASE | re.ASCII
    )
    UNITS = ("MB", "GB", "TB")
    SMALLEST: ClassVar[dict[str, Decimal]] = {
        "MB": Decimal(0),
        "GB": Decimal(1),
        "TB": Decimal("0.01"),
    }

    def argument(self) -> dict[str, Any]:
        return {"type": "str"}

    def parse(self, value: Any) -> tuple[Decimal, str] | None:
        """Number and unit, or ``None`` for a text that is no quota."""
        match = self.PATTERN.match(str(value).strip())
        return (Decimal(match.group(1)), match.group(2).upper()) if match else None

    def check(self, value: Any) -> str | None:
        parsed = self.parse(value)
        if parsed is None:
            return f"must be a number with at most two decimals and MB, GB or TB, not '{value}'"
        number, unit = parsed
        if number < self.SMALLEST[unit]:
            return f"must be at least 1 GB or .01 TB, not '{value}'"
        return None

    def encode(self, value: Any) -> Any:
        parsed = self.parse(value)
        return value if parsed is None else f"{parsed[0]} {parsed[1]}"

    def decode(self, wire: Any) -> Any:
        parsed = self.parse(wire)
        return f"{parsed[0]:.2f} {parsed[1]}" if parsed else wire or None

    def same(self, wanted: Any, current: Any) -> bool:
        left, right = self.parse(wanted), self.parse(current)
        if left is None or right is None:
            return False
        steps = self.UNITS.index(left[1]) - self.UNITS.index(right[1])
        cent = Decimal("0.01")
        return any(
            (left[0] * Decimal(base) ** steps).quantize(cent) == right[0].quantize(cent)
            for base in (1000, 1024)
        )


class CountOrNone(Value):
    """A count written as text, or the word None for no limit."""

    def argument(self) -> dict[str, Any]:
        return {"type": "str"}

    def check(self, value: Any) -> str | None:
        text = str(value)
        if text.lower() == "none" or (re.match(r"^[1-9][0-9]{0,4}\Z", text) and int(text) <= 10000):
            return None
        return f"must be a whole number from 1 to 10000, or None for no limit, not '{value}'"

    def encode(self, value: Any) -> Any:
        return "None" if str(value).lower() == "none" else str(value)

    def decode(self, wire: Any) -> Any:
        return "None" if wire in (None, "") else str(wire)

    def same(self, wanted: Any, current: Any) -> bool:
        return str(wanted).lower() == str(current).lower()


class Names(Value):
    """A set of names in one of MAPI's wrappers, as ``{"tag": ["a", "b"]}``."""

    def __init__(
        self,
        wrapper: str,
        longest: int = 64,
        choices: Sequence[str] = (),
        forbidden: str = "",
        match_case: bool = False,
    ) -> None:
        self.wrapper = wrapper
        self.longest = longest
        self.choices = choices
        self.forbidden = forbidden
        self.match_case = match_case

    def argument(self) -> dict[str, Any]:
        spec: dict[str, Any] = {"type": "list", "elements": "str"}
        if self.choices:
            spec["choices"] = list(self.choices)
        return spec

    def check(self, value: Any) -> str | None:
        for name in value:
            if not name or len(name) > self.longest:
                return f"must hold names of 1 to {self.longest} characters, not '{name}'"
            if self.forbidden and any(mark in name for mark in self.forbidden):
                return f"must not hold names with '{self.forbidden}' in them, like '{name}'"
        return None

    def encode(self, value: Any) -> Any:
        return {self.wrapper: list(value)}

    def decode(self, wire: Any) -> Any:
        spelled = {choice.lower(): choice for choice in self.choices}
        names = (str(name) for name in members(wire, self.wrapper))
        return sorted((spelled.get(name.lower(), name) for name in names), key=str.lower)

    def meaning(self, value: Iterable[str]) -> set[str]:
        """The set as HCP understands it."""
        return {name if self.match_case else name.lower() for name in value}

    def same(self, wanted: Any, current: Any) -> bool:
        return self.meaning(wanted) == self.meaning(current or ())


class Permissions(Names):
    """A set of permissions, to which HCP adds what each one brings with it."""

    def __init__(self, choices: Sequence[str], brings: Mapping[str, Sequence[str]]) -> None:
        super().__init__("permission", choices=choices)
        self.brings = brings

    def decode(self, wire: Any) -> Any:
        return sorted(self.meaning(super().decode(wire)))

    def meaning(self, value: Iterable[str]) -> set[str]:
        held = {name.upper() for name in value}
        return held.union(*(self.brings.get(name, ()) for name in held))


DATA_PERMISSIONS = Permissions(
    (
        "BROWSE",
        "CHOWN",
        "DELETE",
        "PRIVILEGED",
        "PURGE",
        "READ",
        "READ_ACL",
        "SEARCH",
        "WRITE",
        "WRITE_ACL",
    ),
    {"PURGE": ("DELETE",), "READ": ("BROWSE",), "SEARCH": ("BROWSE", "READ")},
)
MINIMUM_PERMISSIONS = Permissions(
    ("BROWSE", "DELETE", "PURGE", "READ", "READ_ACL", "WRITE", "WRITE_ACL"),
    {"PURGE": ("DELETE",), "READ": ("BROWSE",)},
)
MASK_PERMISSIONS = Permissions(
    ("DELETE", "PRIVILEGED", "PURGE", "READ", "SEARCH", "WRITE"),
    {"PURGE": ("DELETE",), "SEARCH": ("READ",)},
)


class Addresses(Names):
    """A set of client addresses: single ones, networks in CIDR or netmask form, comma lists."""

    def __init__(self) -> None:
        super().__init__("ipAddress", longest=1024)

    def meaning(self, value: Iterable[str]) -> set[str]:
        return {network(part) for entry in value for part in entry.split(",") if part.strip()}

    def check(self, value: Any) -> str | None:
        for entry in value:
            for part in entry.split(","):
                try:
                    ipaddress.ip_network(part.strip(), strict=False)
                except ValueError:
                    return f"must hold IP addresses or networks, not '{part.strip()}'"
        return None


def network(text: str) -> str:
    """One way of writing an address or a network; a text that is neither stays as it is."""
    try:
        return str(ipaddress.ip_network(text.strip(), strict=False))
    except ValueError:
        return text.strip()


class Instant(Value):
    """A moment that HCP shows; results have it as UTC in ISO 8601."""

    def decode(self, wire: Any) -> Any:
        try:
            if isinstance(wire, datetime):
                moment = wire
            else:
                moment = datetime.strptime(str(wire), "%Y-%m-%dT%H:%M:%S%z")
        except ValueError:
            return str(wire)
        return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


class CommaList(Value):
    """A set of names that MAPI keeps as one text with commas.

    With ``choices`` it is a set of words without case.
    """

    def __init__(self, separator: str = ", ", choices: Sequence[str] = ()) -> None:
        self.separator = separator
        self.choices = choices

    def argument(self) -> dict[str, Any]:
        spec: dict[str, Any] = {"type": "list", "elements": "str"}
        return dict(spec, choices=list(self.choices)) if self.choices else spec

    def check(self, value: Any) -> str | None:
        for name in value:
            if "," in name or not name.strip():
                return f"must hold one name per list entry, not '{name}'"
        return None

    def encode(self, value: Any) -> Any:
        return self.separator.join(value)

    def decode(self, wire: Any) -> Any:
        spelled = {choice.lower(): choice for choice in self.choices}
        names = (part.strip() for part in str(wire or "").split(",") if part.strip())
        return sorted(spelled.get(name.lower(), name) for name in names)

    def same(self, wanted: Any, current: Any) -> bool:
        return {name.strip() for name in wanted} == set(current or ())


# What no XML document can hold.
NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


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
        root = ET.Element("CORSConfiguration")
        for rule in value:
            node = ET.SubElement(root, "CORSRule")
            if rule.get("id"):
                ET.SubElement(node, "ID").text = rule["id"]
            for option, tag in self.LISTS:
                for text in rule.get(option) or ():
                    ET.SubElement(node, tag).text = text
            if rule.get("max_age_seconds") is not None:
                ET.SubElement(node, "MaxAgeSeconds").text = str(rule["max_age_seconds"])
        return {"cors": ET.tostring(root, encoding="unicode")}

    def decode(self, wire: Any) -> Any:
        text = wire.get("cors") if isinstance(wire, Mapping) else wire
        if not text:
            return []
        # HCP puts an XML declaration in front of what it stores; a text with one must be bytes.
        try:
            # Without a document type there are no entities to expand.
            if "<!DOCTYPE" in str(text):
                return None
            root = ET.fromstring(str(text).strip().encode("utf-8"))  # noqa: S314
        except ET.ParseError:
            return None
        return [self._rule(node) for node in root if _tag(node) == "CORSRule"]

    def _rule(self, node: ET.Element) -> dict[str, Any]:
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

    def meaning(self, value: Any) -> list[dict[str, Any]]:
        """The rules in their order; within a rule, the order of origins and the like is none."""
        rules = [{name: _tidy(part) for name, part in rule.items()} for rule in value or ()]
        return [
            {name: part for name, part in rule.items() if part not in (None, [], "")}
            for rule in rules
        ]

    def same(self, wanted: Any, current: Any) -> bool:
        return self.meaning(wanted) == self.meaning(current)


class Grants(Value):
    """Data access permissions: for each namespace, what an account may do there.

    In ``merge`` mode a namespace that is not mentioned keeps its permissions, as MAPI itself does.
    """

    def argument(self) -> dict[str, Any]:
        options = {
            "namespace": {"type": "str", "required": True},
            "permissions": dict(DATA_PERMISSIONS.argument(), required=True),
        }
        return {"type": "list", "elements": "dict", "options": options}

    def check(self, value: Any) -> str | None:
        seen: set[str] = set()
        for grant in value:
            name = grant["namespace"].lower()
            if not name:
                return "has a grant without the name of a namespace"
            if name in seen:
                return f"names namespace '{grant['namespace']}' twice"
            seen.add(name)
        return None

    def encode(self, value: Any) -> Any:
        return {
            "namespacePermission": [
                {
                    "namespaceName": grant["namespace"],
                    "permissions": DATA_PERMISSIONS.encode(grant["permissions"]),
                }
                for grant in value
            ]
        }

    def decode(self, wire: Any) -> Any:
        grants = [
            {
                "namespace": str(entry.get("namespaceName", "")),
                "permissions": DATA_PERMISSIONS.decode(entry.get("permissions")),
            }
            for entry in members(wire, "namespacePermission")
        ]
        return sorted(
            (grant for grant in grants if grant["permissions"]),
            key=lambda grant: str(grant["namespace"]).lower(),
        )

    def missing(self, wanted: Any, current: Any, exact: bool) -> list[dict[str, Any]]:
        """The entries to send so that ``current`` becomes ``wanted``."""
        held = {grant["namespace"].lower(): grant for grant in current or ()}
        changes = []
        for grant in wanted:
            before = held.pop(grant["namespace"].lower(), None)
            if not DATA_PERMISSIONS.same(
                grant["permissions"], before["permissions"] if before else []
            ):
                changes.append(grant)
        if exact:
            changes.extend(
                {"namespace": grant["namespace"], "permissions": []} for grant in held.values()
            )
        return changes

    def merged(self, current: Any, changes: Any) -> list[dict[str, Any]]:
        """``current`` once the ``changes`` are made, as HCP would show it."""
        result = {grant["namespace"].lower(): grant for grant in current or ()}
        for grant in changes:
            key = grant["namespace"].lower()
            name = result.get(key, grant)["namespace"]
            permissions = DATA_PERMISSIONS.decode(grant["permissions"])
            result[key] = {"namespace": name, "permissions": permissions}
        return [result[key] for key in sorted(result) if result[key]["permissions"]]


def members(wire: Any, wrapper: str) -> list[Any]:
    """The members of one of MAPI's lists.

    An empty list may come as nothing, ``null``, ``""``, ``{}`` or ``{"tag": []}``, and a single
    member may come without its array: JSON answers of these kinds are not documented.
    """
    inner = wire.get(wrapper) if isinstance(wire, Mapping) else wire
    if inner in (None, "", {}):
        return []
    return list(inner) if isinstance(inner, (list, tuple)) else [inner]


def _tag(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]


def _tidy(part: Any) -> Any:
    """A part of a rule as it is read: in no order, and without the blanks around a text."""
    if isinstance(part, list):
        return sorted(text.strip() for text in part)
    return part.strip() if isinstance(part, str) else part
