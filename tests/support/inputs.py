"""Options for modules as people write them, good and bad, made from the argument specifications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

Options = dict[str, Any]
Spec = Mapping[str, Any]

# The same examples everywhere, none kept, none timed.
PLAIN = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)
NAMES = st.sampled_from(
    [
        "",
        " ",
        "a",
        "A" * 63,
        "a" * 64,
        "a" * 65,
        "é" * 63,
        "thing",
        "THING",
        "Straße",
        "名前",
        "name with blanks",
        " thing ",
        "a/b",
        "a%2Fb",
        "%",
        "+&=?#;",
        "..",
        ".",
        "-a",
        "a-",
        "xn--a",
        "[group]",
        "a,b",
        "a@ad.example",
        "line\nbreak",
        "tab\t",
        "\x7f",
        "\x00",
        "'; --",
        "{{ 7 * 7 }}",
        "<a>&amp;",
        "😀",
        "\u202eabc",
        "null",
        "True",
        "0",
        "-1",
        "1e3",
        "A+7y",
        "C+keep",
        "50 GB",
        "5 TB",
        "\u0665 GB",
        "10.0.0.0/8",
        "::1",
        "2030-01-01T00:00:00+0100",
        "9999-99-99T99:99:99+9999",
        "9" * 400,
    ]
)
CHARACTERS = st.characters(codec="utf-8")
TEXTS = NAMES | st.text(CHARACTERS, max_size=70)
NUMBERS = st.sampled_from(
    [0, 1, -1, 5, 10, 95, 100, 101, 36500, 2**31, 2**63, "5", " 5 ", "0", "-1", "x", "", 5.0, 5.5]
)
SWITCHES = st.sampled_from([True, False, "yes", "no", "on", "off", 1, 0, "1", "0", "maybe", "", 2])
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", [], {}, [[]], [None], [{}], {"x": 1}, "a=b", "a,b", True, 0, -1.5]
)


def values(spec: Spec) -> st.SearchStrategy[Any]:
    """Values for an option, most of them of its type."""
    kind = spec.get("type", "str")
    if kind == "list":
        fitting: st.SearchStrategy[Any] = st.lists(
            values({**spec, "type": spec.get("elements", "str"), "elements": None}), max_size=3
        )
    elif kind == "dict":
        fitting = suboptions(spec.get("options") or {})
    elif kind == "int":
        fitting = NUMBERS | st.integers(-(2**40), 2**40)
    elif kind == "bool":
        fitting = SWITCHES
    else:
        fitting = TEXTS
    if spec.get("choices"):
        choices = st.sampled_from(list(spec["choices"]))
        # A word in another case is no choice, but people write them.
        other = choices.map(lambda word: str(word).swapcase())
        if kind == "list":
            fitting = st.lists(choices, max_size=4) | st.lists(other, max_size=1)
        else:
            fitting = choices | other
    return st.integers(0, 9).flatmap(lambda number: ODD if number == 0 else fitting)


def suboptions(specs: Mapping[str, Spec]) -> st.SearchStrategy[Options]:
    """Some of the options, those that are required nearly always."""
    required = {name: values(each) for name, each in specs.items() if each.get("required")}
    free = {name: values(each) for name, each in specs.items() if not each.get("required")}
    some = st.fixed_dictionaries({}, optional=free)
    few = st.lists(st.sampled_from(sorted(free)), max_size=3).flatmap(
        lambda names: st.fixed_dictionaries({name: free[name] for name in names})
    )
    chosen = few if free else some
    whole = st.fixed_dictionaries(required).flatmap(
        lambda given: chosen.map(lambda more: {**more, **given})
    )
    return st.integers(0, 9).flatmap(
        lambda number: chosen if number == 0 else (some if number == 1 else whole)
    )


def merged(first: Options, second: Options) -> Options:
    """Both, with the second one's values where both have one."""
    result = dict(first)
    for name, value in second.items():
        held = result.get(name)
        both = isinstance(held, dict) and isinstance(value, dict)
        result[name] = merged(held, value) if both and isinstance(held, dict) else value
    return result
