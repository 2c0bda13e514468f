"""Parsing of seeds."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from ...models.seeds.seed import Seed
from .errors import unusable


def parse_seed(document: Any) -> Seed:
    try:
        return Seed.model_validate({} if document is None else document)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the document"
        raise unusable(f"{where}: {first['msg']}") from None
