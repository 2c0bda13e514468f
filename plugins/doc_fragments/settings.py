# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of settings that more than one kind of resource has."""

from __future__ import annotations


class ModuleDocFragment:
    """A part for each of them."""

    CORS = r"""
options:
  cors:
    description:
      - Rules for browsers that come from pages of other sites. Replaces the rules that are there; an
        empty list removes them. The rules of a tenant are for namespaces that have none.
    type: list
    elements: dict
    suboptions:
      id:
        description: Name of the rule.
        type: str
      allowed_origins:
        description: Origins it is for, each with at most one V(*).
        type: list
        elements: str
        required: true
      allowed_methods:
        description: Methods they may use.
        type: list
        elements: str
        choices: [DELETE, GET, HEAD, POST, PUT]
        required: true
      allowed_headers:
        description: Request headers they may send, each with at most one V(*).
        type: list
        elements: str
      expose_headers:
        description: Response headers they may read.
        type: list
        elements: str
      max_age_seconds:
        description: Seconds for which a browser may remember the answer.
        type: int
"""

    ACCOUNT = r"""
options:
  tenant:
    description:
      - The tenant that the account belongs to. Without it the account is one of the system, which a
        system-level account manages.
    type: str
  roles:
    description:
      - Roles of the account. Replaces those that it has; an empty list takes all of them away.
      - HCP shows roles only to accounts with the SECURITY role.
    type: list
    elements: str
    choices: [ADMINISTRATOR, COMPLIANCE, MONITOR, SECURITY]
  allow_namespace_management:
    description:
      - Whether the account may create namespaces and manage those that it owns. It comes with the
        role ADMINISTRATOR.
      - HCP does not take it when it creates an account, so it is set with a second request.
    type: bool
  data_access_permissions:
    description:
      - What the account may do with the data in namespaces. HCP adds to each permission what it
        brings with it. READ brings BROWSE, SEARCH brings READ and BROWSE, PURGE brings DELETE.
    type: list
    elements: dict
    suboptions:
      namespace:
        description: Name of a namespace of the tenant.
        type: str
        required: true
      permissions:
        description: Permissions on that namespace. An empty list takes all of them away.
        type: list
        elements: str
        choices: [BROWSE, CHOWN, DELETE, PRIVILEGED, PURGE, READ, READ_ACL, SEARCH, WRITE, WRITE_ACL]
        required: true
  exact:
    description:
      - Lists that are the whole truth. With V(data_access_permissions), the permissions on namespaces
        that O(data_access_permissions) does not name are taken away. Without it they stay.
    type: list
    elements: str
    choices: [data_access_permissions]
    default: []
"""
