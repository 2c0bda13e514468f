"""A seed: a start state described with MAPI's property names."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .accounts import SeedDirectory
from .base import SeedPart
from .system import SeedSystem
from .tenants import SeedPlan, SeedTenant


class SeedRules(SeedPart):
    allowNamespaceManagementOnPut: bool | None = None
    forcedPasswordChangeBlocks: bool | None = None
    trailingChecksums: bool | None = None
    ownBucketError: bool | None = None
    completeNeedsContentType: bool | None = None
    indexDelay: Annotated[float, Field(ge=0)] | None = None
    linkReplySeconds: Annotated[float, Field(ge=0)] | None = None
    linkRecoverySeconds: Annotated[float, Field(ge=0)] | None = None
    retirementSeconds: Annotated[float, Field(ge=0)] | None = None


class Seed(SeedPart):
    rules: SeedRules = SeedRules()
    system: SeedSystem = SeedSystem()
    activeDirectory: SeedDirectory | None = None
    servicePlans: list[SeedPlan] = Field(default_factory=list)
    tenants: list[SeedTenant] = Field(default_factory=list)
