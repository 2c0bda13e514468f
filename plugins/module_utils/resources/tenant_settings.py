# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of a tenant that have paths of their own, as parts of the tenant.

Source: MAPI reference, ``contactInfo``, ``emailNotification``, ``consoleSecurity``,
``searchSecurity``, ``namespaceDefaults`` and ``permissions`` of tenants.
"""

from __future__ import annotations

from typing import Any, ClassVar

from ..protocols.errors import HcpError
from ..schema.context import Context, State
from ..schema.fields import Field, ObjectList, Struct
from ..schema.interface import SYSTEM, Access, Change, Options
from ..schema.part import Part
from ..values.choices import Boolean, Choice
from ..values.names import CommaList
from ..values.numbers import Integer
from ..values.permissions import MASK_PERMISSIONS
from ..values.quota import Quota
from ..values.text import Text
from .namespace import ADMINISTERED, CORS, HASH_SCHEMES, IP_SETTINGS

SECURED = Access(("SECURITY",), ("SECURITY",))


class OwnPart(Part):
    """Settings that HCP opens to system-level accounts only where the tenant lets them in."""

    def read(self, task: Context, state: State) -> Any:
        try:
            return super().read(task, state)
        except HcpError as error:
            if error.code == "forbidden" and task.level == SYSTEM:
                error.hint = (
                    f"{self.option} takes a tenant-level account (account_level: tenant), or a"
                    " tenant that has set administration_allowed."
                )
            raise

    def change(self, task: Context, wanted: Any, current: Any) -> Change | None:
        if current is None and task.level == SYSTEM:
            # The tenant is about to be created, and lets nobody in yet.
            task.refuse(
                "wrong_level",
                f"{self.option} of {task.label} can only be set with a tenant-level account"
                " (account_level: tenant), once the tenant exists.",
                self.option,
            )
        return super().change(task, wanted, current)


class EmailTemplate(Struct):
    """The layout of mails, which MAPI takes whole; nothing at all stands for HCP's own layout."""

    ORIGINAL: ClassVar[dict[str, str]] = {
        "from": "log@$location",
        "subject": "[$severity] $shortText",
    }
    ORIGINAL_BODY = ("$date", "$fullText", "$reason", "$action", "$user", "$origin")

    def same(self, wanted: Any, current: Any) -> bool:
        if wanted:
            return super().same(wanted, current)
        # The original body is known only by the variables in it.
        body = str((current or {}).get("body", ""))
        return super().same(self.ORIGINAL, current) and all(
            variable in body for variable in self.ORIGINAL_BODY
        )

    def merged(self, wanted: Options, current: Options) -> dict[str, Any]:
        return super().merged(wanted, current) if wanted else {}

    def check(self, value: Any) -> str | None:
        if value and not (value.get("from") and value.get("subject")):
            return "needs both from and subject, or nothing for HCP's own layout"
        return super().check(value)

    def encode(self, value: Any) -> Any:
        # An empty body is one that is left out.
        return {name: text for name, text in super().encode(value).items() if text}


CONTACT_INFO = Struct(
    Field("first_name", "firstName", Text()),
    Field("last_name", "lastName", Text()),
    Field("email_address", "emailAddress", Text()),
    Field("primary_phone", "primaryPhone", Text()),
    Field("extension", "extension", Text()),
    Field("address1", "address1", Text()),
    Field("address2", "address2", Text()),
    Field("city", "city", Text()),
    Field("state", "state", Text()),
    Field("zip_or_postal_code", "zipOrPostalCode", Text()),
    Field("country_or_region", "countryOrRegion", Text()),
)
ONE_LINE = r"^[^\t\r\n]+\Z"
EMAIL_NOTIFICATION = Struct(
    Field("enabled", "enabled", Boolean()),
    Field(
        "email_template",
        "emailTemplate",
        EmailTemplate(
            Field("from", "from", Text(1024, 1, ONE_LINE, "text on one line, without tabs")),
            Field("subject", "subject", Text(1024, 1, ONE_LINE, "text on one line, without tabs")),
            Field("body", "body", Text(65536, 0, r"^[^\t]*\Z", "text without tabs")),
        ),
    ),
    Field(
        "recipients",
        "recipients",
        ObjectList(
            "recipient",
            Struct(
                Field("addresses", "address", CommaList(","), required=True),
                Field("importance", "importance", Choice("ALL", "MAJOR"), when_absent="MAJOR"),
                Field(
                    "severity",
                    "severity",
                    Choice("NOTICE", "WARNING", "ERROR"),
                    when_absent="ERROR",
                ),
                Field(
                    "types",
                    "type",
                    CommaList(",", ("GENERAL", "SECURITY", "COMPLIANCE")),
                    when_absent=["GENERAL"],
                ),
            ),
            most=25,
        ),
    ),
)
CONSOLE_SECURITY = Struct(
    Field("minimum_password_length", "minimumPasswordLength", Integer(2, 64, "characters")),
    Field("password_combination", "passwordCombination", Boolean()),
    Field("upper_case_letter_count", "upperCaseLetterCount", Integer(0, 64)),
    Field("lower_case_letter_count", "lowerCaseLetterCount", Integer(0, 64)),
    Field("numeric_character_count", "numericCharacterCount", Integer(0, 64)),
    Field("special_character_count", "specialCharacterCount", Integer(0, 64)),
    Field("password_contains_username", "passwordContainsUsername", Boolean()),
    Field("block_common_password", "blockCommonPassword", Boolean()),
    Field("block_password_reuse", "blockPasswordReUse", Boolean()),
    Field("password_reuse_depth", "passwordReuseDepth", Integer(0, 999)),
    Field("force_password_change_days", "forcePasswordChangeDays", Integer(0, 999999, "days")),
    Field("disable_after_attempts", "disableAfterAttempts", Integer(0, 999)),
    Field("disable_after_inactive_days", "disableAfterInactiveDays", Integer(0, 999, "days")),
    Field("automatic_user_account_unlock_setting", "automaticUserAccountUnlockSetting", Boolean()),
    # MAPI's own spelling.
    Field(
        "automatic_user_account_unlock_duration",
        "automaticUserAccoutUnlockDuration",
        Integer(0, 999, "minutes"),
    ),
    Field("cool_down_period_settings", "coolDownPeriodSettings", Boolean()),
    Field("cool_down_period_duration", "coolDownPeriodDuration", Integer(0, 999, "seconds")),
    Field("logout_on_inactive", "logoutOnInactive", Integer(0, 999, "minutes")),
    Field("login_message", "loginMessage", Text()),
    IP_SETTINGS,
)
SEARCH_SECURITY = Struct(IP_SETTINGS)
NAMESPACE_DEFAULTS = Struct(
    Field("description", "description", Text()),
    Field("hard_quota", "hardQuota", Quota()),
    Field("soft_quota", "softQuota", Integer(10, 95, "percent")),
    Field("hash_scheme", "hashScheme", Choice(*HASH_SCHEMES)),
    Field("enterprise_mode", "enterpriseMode", Boolean(), when_absent=True),
    Field("retention_type", "retentionType", Choice("HCP", "S3")),
    Field("optimized_for", "optimizedFor", Choice("ALL", "CLOUD", "DEFAULT")),
    Field("directory_usage", "directoryUsage", Choice("Balanced", "Unbalanced", "Default")),
    Field("service_plan", "servicePlan", Text(64, 1)),
    Field(
        "multipart_upload_auto_abort_days", "multipartUploadAutoAbortDays", Integer(0, 180, "days")
    ),
    Field("s3_unversioned_overwrite", "s3UnversionedOverwrite", Boolean()),
    Field("search_enabled", "searchEnabled", Boolean(), when_absent=False),
    Field("replication_enabled", "replicationEnabled", Boolean(), when_absent=False),
    Field("allow_erasure_coding", "allowErasureCoding", Boolean(), when_absent=False),
    Field(
        "versioning",
        "versioningSettings",
        Struct(
            Field("enabled", "enabled", Boolean(), required=True),
            Field("prune", "prune", Boolean()),
            Field("prune_days", "pruneDays", Integer(0, 36500, "days")),
            Field("use_delete_markers", "useDeleteMarkers", Boolean()),
        ),
    ),
)

TENANT_PARTS = (
    OwnPart("contact_info", "/contactInfo", CONTACT_INFO, ADMINISTERED),
    OwnPart("email_notification", "/emailNotification", EMAIL_NOTIFICATION, ADMINISTERED),
    OwnPart("console_security", "/consoleSecurity", CONSOLE_SECURITY, SECURED),
    OwnPart("search_security", "/searchSecurity", SEARCH_SECURITY, SECURED),
    OwnPart("namespace_defaults", "/namespaceDefaults", NAMESPACE_DEFAULTS, ADMINISTERED),
    OwnPart(
        "permission_mask",
        "/permissions",
        MASK_PERMISSIONS,
        Access(("MONITOR", "ADMINISTRATOR", "COMPLIANCE"), ("ADMINISTRATOR",)),
    ),
    CORS,
)
