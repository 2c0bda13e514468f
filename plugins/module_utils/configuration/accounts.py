# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The accounts of a configuration: which one manages what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from ..connections import Account, Connections, account_from, connect
from ..protocols.credentials import Credentials
from ..protocols.mapi.client import Client
from ..schema.interface import SYSTEM, TENANT, Interface
from ..schema.resource import Resource
from .tree import Tree

# The new credentials of changed accounts, by the first label of the host and the old credentials.
ChangedCredentials = dict[tuple[str, Credentials], Credentials]


# HCP's interfaces for one account, and the level of that account.
Session = tuple[Client, Mapping[str, Interface], str]


class Sessions:
    """Opens sessions with the account of the task, or with those of the tenants.

    :param params: the options of the task
    :param tree: the configuration; the initial user of a new tenant is an account, too
    :param changed: the accounts that the task itself changed
    """

    def __init__(
        self,
        params: Mapping[str, Any],
        connections: Connections,
        tree: Tree | None = None,
        changed: ChangedCredentials | None = None,
    ) -> None:
        self._params = params
        self._connections = connections
        self._changed = changed or {}
        self._account = account_from(params)
        self._level = params["account_level"] or SYSTEM
        self._first: dict[str, Credentials] = {}
        for entry in tree.lists.get("tenants", ()) if tree else ():
            user = entry.options.get("initial_user") or {}
            if user.get("username") and user.get("password"):
                first = Credentials(user["username"], user["password"])
                self._first[entry.name.lower()] = first

    def __call__(self, kind: Resource, names: Mapping[str, Any], level: str | None) -> Session:
        tenant = str(kind.tenant(names) or "")
        account, own_level = self._account, self._level
        if tenant and (level is not None or kind.level != SYSTEM):
            credentials = self._of(tenant)
            if credentials is not None:
                own_level = TENANT
                account = Account(account.endpoint, credentials, account.data)
        options = {**names, "account_level": own_level}
        host = "admin" if own_level == SYSTEM else tenant
        now = self._changed.get((host, account.credentials), account.credentials)
        account = replace(account, credentials=now)
        return connect(kind, options, account, self._connections)

    def _of(self, tenant: str) -> Credentials | None:
        for each in self._params["accounts"]:
            if fnmatchcase(tenant.lower(), each["tenant"].lower()):
                return Credentials(each["username"], each["password"], each["auth_type"])
        return self._first.get(tenant.lower())
