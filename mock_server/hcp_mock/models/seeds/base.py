"""The base of seed parts that are not MAPI data types."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class SeedPart(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)
