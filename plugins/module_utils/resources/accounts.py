# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options that user and group accounts have in common.

Source: MAPI reference, ``userAccounts``, ``groupAccounts`` and ``dataAccessPermissions``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..protocols.errors import HcpError
from ..schema.context import Context, State
from ..schema.fields import Field
from ..schema.interface import Access, Change, Options
from ..schema.part import Part
from ..values.choices import Boolean
from ..values.data_access import Grants
from ..values.names import NameSet
from ..values.text import host_label


class GrantsPart(Part):
    """Data access permissions. Those on namespaces that the task does not name stay."""

    grants = Grants()

    def read(self, task: Context, state: State) -> Any:
        path = task.path(state.name) + self.path
        try:
            entries = list(task.mapi.pages(path, "namespacePermission", "name"))
        except HcpError as error:
            if error.code != "not_found":
                raise
            return None
        return self.grants.decode({"namespacePermission": entries})

    def change(self, task: Context, wanted: Any, current: Any) -> Change | None:
        missing = self.grants.missing(wanted, current, self.is_exact(task.options))
        if not missing:
            return None
        body = self.grants.encode(missing)
        return Change("POST", body, (self.option,), self.grants.merged(current, missing))


ACCOUNTS = Access(("MONITOR", "ADMINISTRATOR", "SECURITY"), ("SECURITY",))
# Without it the account is one of the system.
OF_TENANT = Field("tenant", "tenant", host_label())
ROLES = Field(
    "roles",
    "roles",
    NameSet("role", choices=("ADMINISTRATOR", "COMPLIANCE", "MONITOR", "SECURITY")),
    visible_to="SECURITY",
)
NAMESPACE_MANAGEMENT = Field(
    "allow_namespace_management",
    "allowNamespaceManagement",
    Boolean(),
    on_create=False,
    server_default=lambda options: "ADMINISTRATOR" in (options.get("roles") or ()),
)


def only_read(kind: str, takes: str, *refused: str) -> Callable[[Options], str | None]:
    """The rule that HCP's management API changes next to nothing about accounts of the system.

    ``takes`` says what it does change, ``refused`` are the options that it does not take.
    """

    def rule(options: Options) -> str | None:
        changes = [option for option in refused if options.get(option) is not None]
        if options.get("tenant") is not None:
            return None
        if options.get("state") == "absent":
            changes.append("state: absent")
        if not changes:
            return None
        return (
            f"The management API does not change a {kind} of the system{takes}, so it cannot do"
            f" '{changes[0]}'. Use the System Management Console, or name the tenant that the"
            f" {kind} belongs to."
        )

    return rule


def exists_in_system(kind: str, options: Options) -> str | None:
    """The management API creates no accounts of the system."""
    if options.get("tenant") is not None:
        return None
    return (
        f"the management API does not create a {kind} of the system. Use the System Management"
        f" Console, or name the tenant that the {kind} belongs to."
    )


def grants_part(*readers: str) -> GrantsPart:
    """Return the part for the data access permissions of an account.

    :param access: the roles that may read and write them
    """
    access = Access(readers, ("ADMINISTRATOR",))
    path = "/dataAccessPermissions"
    return GrantsPart("data_access_permissions", path, Grants(), access, rank=50, merges=True)
