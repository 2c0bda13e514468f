"""The login and password policy of a tenant. MAPI reference: consoleSecurity."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..base import Count999, DataType, Description, Flag, Whole, prop
from ..network import IpSettings


class ConsoleSecurity(DataType):
    """The login and password policy of a tenant. The misspelt property name is HCP's."""

    automaticUserAccountUnlockSetting: Flag | None = prop()
    automaticUserAccoutUnlockDuration: Count999 | None = prop()
    blockCommonPassword: Flag | None = prop()
    blockPasswordReUse: Flag | None = prop()
    coolDownPeriodDuration: Count999 | None = prop()
    coolDownPeriodSettings: Flag | None = prop()
    disableAfterAttempts: Count999 | None = prop()
    disableAfterInactiveDays: Count999 | None = prop()
    forcePasswordChangeDays: Annotated[Whole, Field(ge=0, le=999999)] | None = prop()
    ipSettings: IpSettings | None = prop()
    loginMessage: Description | None = prop()
    logoutOnInactive: Count999 | None = prop()
    lowerCaseLetterCount: Annotated[Whole, Field(ge=0, le=64)] | None = prop()
    minimumPasswordLength: Annotated[Whole, Field(ge=2, le=64)] | None = prop()
    numericCharacterCount: Annotated[Whole, Field(ge=0, le=64)] | None = prop()
    passwordCombination: Flag | None = prop()
    passwordContainsUsername: Flag | None = prop()
    passwordReuseDepth: Annotated[Whole, Field(ge=0, le=64)] | None = prop()
    specialCharacterCount: Annotated[Whole, Field(ge=0, le=64)] | None = prop()
    upperCaseLetterCount: Annotated[Whole, Field(ge=0, le=64)] | None = prop()
