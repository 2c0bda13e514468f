"""The base of the parts of a seed that are no data types of MAPI."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class SeedPart(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
