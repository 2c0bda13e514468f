# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Group accounts, which stand for groups of Active Directory.

Source: MAPI reference, ``groupAccounts`` and type ``groupAccount``. HCP shows ``roles`` only to
accounts with the SECURITY role. MAPI changes nothing about groups of the system.
"""

from __future__ import annotations

from ..schema.context import Context
from ..schema.fields import Field, Struct
from ..schema.interface import Options
from ..schema.resource import Resource
from ..values.text import Text, free_name
from .accounts import (
    ACCOUNTS,
    NAMESPACE_MANAGEMENT,
    OF_TENANT,
    ROLES,
    exists_in_system,
    grants_part,
    only_read,
)

SID = Field(
    "external_group_id",
    "externalGroupID",
    Text(256, 1, r"^[Ss]-1(?:-[0-9]+)+\Z", "a SID, like S-1-5-21-1-2-3-1113", ignore_case=True),
    on_update=False,
    visible_to="SECURITY",
)
ITEM = Struct(SID, ROLES, NAMESPACE_MANAGEMENT)
NOT_OF_SYSTEM = (*(each.option for each in ITEM.fields), "data_access_permissions")


def actual_name(task: Context, name: str) -> str | None:
    """The name with its domain, which HCP adds, of a group that was named without one."""
    if "@" in name:
        return None
    names = GROUPS.names(task.mapi, task.options)
    found = [each for each in names if each.lower().startswith(f"{name.lower()}@")]
    return found[0] if len(found) == 1 else None


def lacks_domain(options: Options) -> str | None:
    """HCP would find the domain of a new group, but not the group by the name without it."""
    if "@" not in options["name"]:
        return f"name it with its domain, as in {options['name']}@ad.example.com."
    return exists_in_system("group", options)


GROUPS = Resource(
    kind="group",
    plural="groups",
    collection="/tenants/{tenant}/groupAccounts",
    system_collection="/groupAccounts",
    parents=(OF_TENANT,),
    key=Field("name", "groupname", free_name(320), required=True),
    # HCP may return the name that the directory has for the group.
    shows_its_name=False,
    access=ACCOUNTS,
    rules=(only_read("group", "", *NOT_OF_SYSTEM),),
    creation_problem=lacks_domain,
    actual_name=actual_name,
    item=ITEM,
    parts=(grants_part("MONITOR", "ADMINISTRATOR", "SECURITY"),),
)
