"""Write docs/irreversible.md: what the modules do only where ``confirm`` names it.

    tools/irreversible             writes the page
    tools/irreversible --check     says whether it is up to date, and exits with 1 if not

All of it stands in the tables of the resources and of the actions.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.kinds import KINDS
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.fields import Field
from ansible_collections.contentplatform.hcp.plugins.module_utils.schema.resource import Resource
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.replication import ACTIONS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import execute
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.security import (
    OPTION,
    REPLACES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.values.choices import (
    Boolean,
    Choice,
)

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/irreversible.md"
MODULES = "ansible_collections.contentplatform.hcp.plugins.modules"
INTRODUCTION = """\
# What cannot be undone

<!-- Made by `make irreversible` from the tables of the resources. -->

A task that would make one of these changes is refused before anything is written, in check mode
too, unless its `confirm` names the change. For `hcp_config`, set `confirm` in the task or in an
item of the configuration.
"""
LATER = """
Settings that let HCP delete data later need no confirmation: `versioning.prune`,
`compliance.disposition_enabled`, `replication_collision.delete_enabled` and
`multipart_upload_auto_abort_days` of namespaces, `allow_disposition` of retention classes. Nor
do settings that affect the deletion of objects stored later, because the objects cannot be
deleted for a time, or are shredded: `compliance.retention_default` and
`compliance.shredding_default` of namespaces, `default_retention` of buckets.

Requests of `hcp_mapi` are sent as they are, and need no confirmation either.
"""


def modules() -> dict[str, str]:
    """The module that manages each kind."""
    found = {}
    for path in sorted((ROOT / "plugins/modules").glob("*.py")):
        perform = importlib.import_module(f"{MODULES}.{path.stem}").MODULE.perform
        if isinstance(perform, partial) and perform.func is execute:
            found[perform.args[0].kind] = path.stem
    return found


def targets(each: Field) -> str:
    """The values that cannot be taken back."""
    values: Sequence[bool | str] = ()
    if isinstance(each.value, Choice):
        values = each.value.choices
    elif isinstance(each.value, Boolean):
        values = (True, False)
    way = each.irreversible
    final = [
        to for to in values if way and any(way.is_change(now, to) for now in values if now != to)
    ]
    spelled = [str(to).lower() if isinstance(to, bool) else str(to) for to in final]
    return ", ".join(f"`{to}`" for to in spelled) or "a longer one"


def changes(kind: Resource, module: str) -> Iterator[tuple[str, ...]]:
    for path, each in kind.irreversible_fields():
        if way := each.irreversible:
            new = "yes" if way.at_creation else "no"
            yield f"`{module}`", f"`{path}`", targets(each), f"`{each.option}`", new, way.why


def deletions(kind: Resource, module: str) -> Iterator[tuple[str, ...]]:
    if kind.deletion_loss:
        yield f"`{module}`", "`delete`", kind.deletion_loss, kind.deletion_hint
    for word, does in kind.confirmable.items():
        yield f"`{module}`", f"`{word}`", does, ""


def fixed(kind: Resource, module: str) -> Iterator[tuple[str, ...]]:
    options = [each.option for each in kind.item.fields if not each.on_update]
    options += [part.option for part in kind.parts if part.set_at_creation]
    if options:
        yield f"`{module}`", ", ".join(f"`{option}`" for option in options)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heads, ["---"] * len(heads), *rows]
    return ["", *(f"| {' | '.join(cells)} |" for cells in lines)]


def page() -> str:
    names = modules()
    kinds = [(kind, names[kind.kind]) for kind in KINDS]
    lines = [
        INTRODUCTION,
        "## Changes",
        "",
        '"If new" says whether a new resource with the value needs the confirmation too.',
    ]
    rows = [row for kind, name in kinds for row in changes(kind, name)]
    lines += table(("module", "option", "new value", "`confirm`", "if new", "why"), rows)
    lines += ["", "## Deletions"]
    rows = [row for kind, name in kinds for row in deletions(kind, name)]
    lines += table(("module", "`confirm`", "what it does", "what HCP refuses"), rows)
    lines += ["", "## Actions"]
    confirmed = [(name, action.does) for name, action in ACTIONS.items() if action.confirmed]
    rows = [("`hcp_replication_link_action`", f"`{name}`", does) for name, does in confirmed]
    rows += [("`hcp_security_reset`", f"`{OPTION}`", REPLACES)]
    lines += table(("module", "`confirm`", "what it does"), rows)
    lines += [
        "",
        "## Decided at creation",
        "",
        "For an existing resource another value is refused.",
    ]
    rows = [row for kind, name in kinds for row in fixed(kind, name)]
    lines += table(("module", "options"), rows)
    return "\n".join([*lines, "", "## What takes no confirmation"]) + "\n" + LATER


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what does not fit")
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    options = parser.parse_args(arguments)
    text = page()
    if not options.check:
        options.page.write_text(text, encoding="utf-8")
    elif not options.page.exists() or options.page.read_text(encoding="utf-8") != text:
        print(f"{options.page.name} is not up to date: run make irreversible.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
