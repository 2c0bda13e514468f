# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""S3 buckets. Source: S3 gateway; MAPI reference for settings that S3 does not have.

A bucket is a namespace seen through the S3 gateway. What S3 can say of it is read and written
there, as the bucket's owner; everything else through the management API, with a role for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..schema.context import Context, State
from ..schema.fields import Field, Struct
from ..schema.interface import MAPI, NO_ROLES, S3, Change, Options, Request, Store
from ..schema.part import Part
from ..schema.resource import Resource
from ..values.base import Value
from ..values.choices import Boolean
from ..values.grants import CANNED, CannedAcl, Grants
from ..values.text import Text, host_label
from ..values.times import Timestamp
from .namespace import ADMINISTERED, CORS, ITEM, NAMESPACES
from .user import USERS

OBJECTS = "objects"
NAME_RULE = "3 to 63 letters, digits and hyphens, with no hyphen at either end"
# Options of amazon.aws.s3_bucket and the like that HCP has nothing for, and what it has instead.
UNSUPPORTED = {
    "accelerate_enabled": "Every node of HCP serves S3 alike.",
    "encryption": "HCP encrypts all of its storage or none; it is a setting of the system.",
    "inventory": "Use the metadata query API, or list the bucket.",
    "lifecycle": "Use namespace.multipart_upload_auto_abort_days, and pruning and disposition of"
    " contentplatform.hcp.hcp_namespace.",
    "logging": "HCP keeps logs for the whole tenant.",
    "notification": "HCP sends no notifications; the metadata query API tells what has changed.",
    "object_ownership": "Use acl or grants.",
    "policy": "Use acl or grants, and data_access_permissions of contentplatform.hcp.hcp_user.",
    "public_access": "Use acl, and http.hs3_requires_authentication of"
    " contentplatform.hcp.hcp_namespace.",
    "replication": "Use namespace.replication_enabled.",
    "requester_pays": "HCP bills by tenant.",
    "tagging": "Use namespace.tags.",
    "website": "HCP serves no web pages from buckets.",
}


class Versioning(Boolean):
    """Whether new versions are kept. A bucket that never kept any has no state at all."""

    def encode(self, value: Any) -> Any:
        return {"Status": "Enabled" if value else "Suspended"}

    def decode(self, wire: Any) -> Any:
        status = wire.get("Status") if isinstance(wire, Mapping) else None
        return status == "Enabled"


class GrantsPart(Part):
    """Grants of a bucket. Grants to the owner change nothing."""

    def change(self, task: Context, wanted: Any, current: Any) -> Change | None:
        owner = task.mapi.credentials.username.lower()
        others = [each for each in wanted if str(each.get("user", "")).lower() != owner]
        return super().change(task, others, current)


class VersioningPart(Part):
    """Versioning. Turning it off leaves a mark on a bucket that never had it."""

    def change(self, task: Context, wanted: Any, current: Any) -> Change | None:
        return super().change(task, wanted, bool(current))


class ObjectLockPart(Part):
    """S3 Object Lock. HCP has it for buckets that were created with it."""

    def read(self, task: Context, state: State) -> Any:
        wire = task.interface(self.interface).find(self.path_below(task, state.name)) or {}
        # An owner without roles is shown nothing but name and owner.
        return wire["retentionType"] == "S3" if "retentionType" in wire else None


class DefaultRetention(Value):
    """The retention of objects that are stored without one: a mode, and days or years."""

    def argument(self) -> dict[str, Any]:
        options = {
            "mode": {"type": "str", "choices": ["GOVERNANCE", "COMPLIANCE"], "required": True},
            "days": {"type": "int"},
            "years": {"type": "int"},
        }
        return {
            "type": "dict",
            "options": options,
            "mutually_exclusive": [["days", "years"]],
            "required_one_of": [["days", "years"]],
        }

    def check(self, value: Any) -> str | None:
        for unit in ("days", "years"):
            if value.get(unit) is not None and value[unit] < 1:
                return f"must have {unit} above 0, not {value[unit]}"
        return None

    def encode(self, value: Any) -> Any:
        rule = {name.capitalize(): part for name, part in value.items()}
        return {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": rule}}

    def decode(self, wire: Any) -> Any:
        rule = wire.get("Rule", {}).get("DefaultRetention", {})
        return {name.lower(): part for name, part in rule.items()} or None


def creation_requests(task: Context) -> list[Request]:
    """The requests that create a bucket. S3 knows no way to create one with Object Lock."""
    if not task.options.get("object_lock"):
        return [Request(S3, "PUT", task.path(), None, ("name",))]
    owner = task.mapi.credentials.username
    namespace = NAMESPACES.path(task.options, task.name)
    body = {
        "name": task.name,
        "retentionType": "S3",
        "aclsUsage": "ENFORCED",
        "owner": owner,
        "ownerType": "LOCAL",
    }
    # What S3 gives to who creates a bucket; the management API leaves out DELETE.
    grants = [
        {
            "namespaceName": task.name,
            "permissions": {
                "permission": ["BROWSE", "DELETE", "READ", "READ_ACL", "WRITE", "WRITE_ACL"]
            },
        }
    ]
    account = USERS.path(task.options, owner)
    requests = [
        Request(
            MAPI,
            "PUT",
            NAMESPACES.list_path(task.options),
            body,
            ("name", "object_lock"),
            ADMINISTERED,
        ),
        Request(
            MAPI,
            "POST",
            f"{account}/dataAccessPermissions",
            {"namespacePermission": grants},
            (),
            ADMINISTERED,
            "permissions of the owner",
        ),
        # S3 comes last: what was not finished is no bucket yet.
        Request(
            MAPI,
            "POST",
            f"{namespace}/protocols/http",
            {"hs3Enabled": True},
            (),
            ADMINISTERED,
            "S3",
        ),
    ]
    return requests[1:] if not task.check and is_half_created(task) else requests


def is_half_created(task: Context) -> bool:
    """Whether there is a namespace that was to become a bucket with Object Lock but has not."""
    if not task.options.get("object_lock"):
        return False
    path = NAMESPACES.path(task.options, task.name)
    namespace = task.mapi.find(path) or {}
    own = str(namespace.get("owner", "")).lower() == task.mapi.credentials.username.lower()
    if not own or namespace.get("retentionType") != "S3":
        return False
    return (task.mapi.find(f"{path}/protocols/http") or {}).get("hs3Enabled") is False


def deletion_preparations(task: Context) -> list[Request]:
    """Return the request that empties a bucket before its deletion."""
    most = max(0, int(task.options.get("max_objects", 0)))
    store: Store = task.interface(S3)  # type: ignore[assignment]
    held = store.count(task.name, most + 1)
    if not held:
        return []
    if OBJECTS not in task.confirmed:
        task.refuse(
            "not_empty",
            f"{task.label} is not empty. To delete everything in it first, add"
            f" 'confirm: [delete, {OBJECTS}]'.",
            "state",
        )
    if held > most:
        task.refuse(
            "too_many",
            f"{task.label} holds more than {most} objects, versions and uploads. Raise max_objects"
            " to delete them all.",
            "max_objects",
        )
    path = f"{NAMESPACES.path(task.options, task.name)}/versioningSettings"
    kept = task.interface(S3).find(f"{task.path()}?versioning") or {}
    # An account without roles is not shown it, and learns it from HCP's doing nothing.
    markers = (task.mapi.find(path) or {}).get("useDeleteMarkers")
    if kept.get("Status") and markers is False:
        task.refuse(
            "not_empty",
            f"{task.label} keeps versions, and HCP deletes versions one by one only where delete"
            " markers are in use. Set versioning.use_delete_markers with"
            " contentplatform.hcp.hcp_namespace, or let pruning delete them.",
            "confirm",
        )
    return [Request(S3, "DELETE", f"{task.path()}?objects", None, (), what=f"{held} objects")]


def supported(options: Options) -> str | None:
    """Refuse groups of S3 that HCP does not have, and name those that it has."""
    for option, instead in UNSUPPORTED.items():
        if options.get(option) is not None:
            return f"HCP has no {option} for buckets. {instead}"
    return None


def lock_keeps_versions(options: Options) -> str | None:
    """Object Lock is made of versions."""
    if options.get("object_lock") and options.get("versioning") is False:
        return "object_lock turns versioning on; leave versioning out, or set it to true."
    return None


def lacks_lock(options: Options) -> str | None:
    """A default retention needs Object Lock, which is decided at creation."""
    if options.get("default_retention") and not options.get("object_lock"):
        return "default_retention needs object_lock: true."
    return None


NAMESPACE_OPTIONS = (
    "description",
    "hard_quota",
    "soft_quota",
    "tags",
    "service_plan",
    "multipart_upload_auto_abort_days",
    "s3_unversioned_overwrite",
    "search_enabled",
    "replication_enabled",
)
NAMESPACE = Struct(*(each for each in ITEM.fields if each.option in NAMESPACE_OPTIONS))

BUCKETS = Resource(
    kind="bucket",
    plural="buckets",
    collection="",
    interface=S3,
    parents=(Field("tenant", "tenant", host_label(), required=True),),
    key=Field(
        "name",
        "Name",
        Text(63, 3, r"^(?!xn--)[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]\Z", NAME_RULE, ignore_case=True),
        required=True,
    ),
    access=NO_ROLES,
    deletion_loss="removes its settings and chargeback data for good",
    confirmable={
        OBJECTS: "a bucket that is deleted is emptied first, of old versions and uploads as well"
    },
    creation_requests=creation_requests,
    deletion_preparations=deletion_preparations,
    exclusive=(("acl", "grants"),),
    rules=(supported, lock_keeps_versions),
    creation_problem=lacks_lock,
    is_half_created=is_half_created,
    filters={"name_prefix": "name"},
    rank=30,
    also_counted_as="namespaces",
    extras={
        "max_objects": {"type": "int", "default": 1000},
        **{option: {"type": "raw"} for option in UNSUPPORTED},
    },
    read_only=(("CreationDate", "creation_time", Timestamp()),),
    item=Struct(),
    parts=(
        Part("namespace", "", NAMESPACE, ADMINISTERED, owner_path=NAMESPACES.path),
        ObjectLockPart(
            "object_lock",
            "",
            Boolean(),
            ADMINISTERED,
            owner_path=NAMESPACES.path,
            set_at_creation=True,
        ),
        VersioningPart(
            "versioning", "?versioning", Versioning(), NO_ROLES, method="PUT", interface=S3
        ),
        # What it means is in the grants, so an info module shows only those.
        Part(
            "acl", "?acl", CannedAcl(*CANNED), NO_ROLES, method="PUT", interface=S3, in_info=False
        ),
        GrantsPart("grants", "?acl", Grants(), NO_ROLES, method="PUT", interface=S3),
        replace(CORS, owner_path=NAMESPACES.path),
        Part(
            "default_retention",
            "?object-lock",
            DefaultRetention(),
            NO_ROLES,
            method="PUT",
            interface=S3,
            unavailable_statuses=(404, 409),
        ),
    ),
)
