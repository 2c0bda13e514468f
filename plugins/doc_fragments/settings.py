# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of settings that more than one kind of resource has."""

from __future__ import annotations


class ModuleDocFragment:
    """One fragment for each setting."""

    CORS = r"""
options:
  cors:
    description:
      - Rules for cross-origin requests from browsers. The list replaces the existing rules; an
        empty list removes them. The rules of a tenant apply to namespaces without rules.
    type: list
    elements: dict
    suboptions:
      id:
        description: Name of the rule.
        type: str
      allowed_origins:
        description: Origins that the rule applies to, each with at most one V(*).
        type: list
        elements: str
        required: true
      allowed_methods:
        description: Allowed methods.
        type: list
        elements: str
        choices: [DELETE, GET, HEAD, POST, PUT]
        required: true
      allowed_headers:
        description: Allowed request headers, each with at most one V(*).
        type: list
        elements: str
      expose_headers:
        description: Response headers that scripts can read.
        type: list
        elements: str
      max_age_seconds:
        description: Seconds for which a browser can cache the preflight response.
        type: int
"""

    ACCOUNT = r"""
options:
  tenant:
    description:
      - The tenant that the account belongs to. Without it the account is one of the system, and a
        system-level account manages it.
    type: str
  roles:
    description:
      - Roles of the account. The list replaces the existing roles; an empty list removes all.
      - HCP returns roles only to accounts with the SECURITY role.
    type: list
    elements: str
    choices: [ADMINISTRATOR, COMPLIANCE, MONITOR, SECURITY]
  allow_namespace_management:
    description:
      - Whether the account can create namespaces and manage those that it owns. The role
        ADMINISTRATOR includes this.
      - HCP does not accept it at the creation of an account, so the module sets it with a second
        request.
    type: bool
  data_access_permissions:
    description:
      - Permissions of the account on the data in namespaces. HCP adds implied permissions. READ
        adds BROWSE, SEARCH adds READ and BROWSE, PURGE adds DELETE.
    type: list
    elements: dict
    suboptions:
      namespace:
        description: Name of a namespace of the tenant.
        type: str
        required: true
      permissions:
        description: Permissions on that namespace. An empty list removes all.
        type: list
        elements: str
        choices: [BROWSE, CHOWN, DELETE, PRIVILEGED, PURGE, READ, READ_ACL, SEARCH, WRITE, WRITE_ACL]
        required: true
  exact:
    description:
      - Lists that are exhaustive. With V(data_access_permissions), the module removes permissions
        on namespaces that O(data_access_permissions) does not name. By default they stay.
    type: list
    elements: str
    choices: [data_access_permissions]
    default: []
"""
