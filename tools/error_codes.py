"""Write docs/errors.md: every code that a failed task can have, and what it means.

    tools/errors-report             writes the page
    tools/errors-report --check     says what does not fit, and exits with 1

The codes come from the source of the collection, what they mean from tools/error_codes.yml.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "plugins"
MEANINGS = ROOT / "tools/error_codes.yml"
PAGE = ROOT / "docs/errors.md"
# What is called with a code as its first argument.
CALLS = (
    "RefusedError",
    "refuse",
    "of_many",
    "error_of",
    "NoResponseError",
    "Cause",
    "QueryError",
    "HcpError",
)
# What holds codes: the first of a pair, or a name with one behind it.
NAMES = ("CAUSES", "STATUS_CAUSES", "code", "fallback", "otherwise")
INTRODUCTION = """# Error codes

<!-- Made by `make errors-report` from the source and tools/error_codes.yml. -->

A failed task returns one sentence in `msg` and the same as data in `error`. `error` is missing
only if Ansible itself rejects options that are misspelt, missing or of the wrong type.

| member | what it is |
| --- | --- |
| `code` | one of the names below; it is stable across releases |
| `resource` | the resource of the task |
| `option` | the option that caused the refusal |
| `status` | the HTTP status of the last response, or null if there was none |
| `method`, `path` | the failed request, without its parameters |
| `hcp_message` | HCP's message, or null |
| `hint` | what to do |
| `attempts` | how often the request was sent |
| `uncertain` | whether HCP may have carried out the request despite the failure |

`changed` is true only if a step is known to be done. `steps` has the status of each step: `done`,
`partly_done`, `failed` (not done), `unknown` (HCP may have done it; `uncertain` is true too) and
`not_done` (not started). In all cases a second run continues from the current state.
"""


def strings(node: ast.AST | None) -> Iterator[str]:
    """The codes that an expression holds: texts, the first of pairs, and choices of both."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple) and node.elts:
        yield from strings(node.elts[0])
    elif isinstance(node, ast.IfExp):
        yield from strings(node.body)
        yield from strings(node.orelse)
    elif isinstance(node, (ast.BoolOp, ast.Dict)):
        for value in node.values:
            yield from strings(value)
    elif isinstance(node, ast.Subscript):
        yield from strings(node.value)


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def first_name(target: ast.AST) -> str:
    head = target.elts[0] if isinstance(target, ast.Tuple) and target.elts else target
    return getattr(head, "id", "")


def codes_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
            inner = (each for each in ast.walk(node) if isinstance(each, ast.Call))
            for call in inner:
                if called(call) == "__init__" and call.args:
                    yield from strings(call.args[0])
        if isinstance(node, ast.Call) and called(node) in CALLS and node.args:
            yield from strings(node.args[0])
        elif isinstance(node, ast.Assign) and first_name(node.targets[0]) in NAMES:
            yield from strings(node.value)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "code":
                    yield from strings(value)


def codes(source: Path) -> set[str]:
    """Every code in the source of the collection."""
    return {
        code
        for path in sorted(source.rglob("*.py"))
        for code in codes_in(ast.parse(path.read_text(encoding="utf-8")))
    }


def page(sections: Sequence[Mapping[str, Any]]) -> str:
    lines = [INTRODUCTION.rstrip()]
    for section in sections:
        lines += ["", f"## {section['title']}", "", section["text"].strip(), ""]
        lines += [
            "| code | what happened | was anything done | what to do |",
            "| --- | --- | --- | --- |",
        ]
        for code, each in section["codes"].items():
            cells = (each["what"], each.get("done", section["done"]), each["todo"])
            lines.append(f"| `{code}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what does not fit")
    parser.add_argument("--source", type=Path, default=SOURCE, metavar="FOLDER")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    options = parser.parse_args(arguments)
    sections = yaml.safe_load(MEANINGS.read_text(encoding="utf-8"))
    explained = {code for section in sections for code in section["codes"]}
    found = codes(options.source)
    problems = [
        f"{code} is not explained in {MEANINGS.name}." for code in sorted(found - explained)
    ]
    problems += [f"{code} is in no source any more." for code in sorted(explained - found)]
    text = page(sections)
    if not options.check:
        options.page.write_text(text, encoding="utf-8")
    elif not options.page.exists() or options.page.read_text(encoding="utf-8") != text:
        problems.append(f"{options.page.name} is not up to date: run make errors-report.")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
