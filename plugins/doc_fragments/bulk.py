# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options of modules that work with many resources at once."""

from __future__ import annotations


class ModuleDocFragment:
    """Accounts and concurrency; in ``config``, the configuration itself."""

    DOCUMENTATION = r"""
options:
  accounts:
    description:
      - Accounts to use in tenants. The first entry whose O(accounts[].tenant) matches is used, for
        everything in the tenant and for settings of the tenant that only its own accounts can
        change.
      - If none matches, the C(initial_user) of the configuration is used if there is one, otherwise
        the account of O(username), at O(account_level).
    type: list
    elements: dict
    default: []
    suboptions:
      tenant:
        description: Name of the tenant, or a pattern such as V(dept-*).
        type: str
        required: true
      username:
        description: User name of the account.
        type: str
        required: true
      password:
        description: Password of the account.
        type: str
        required: true
      auth_type:
        description: How the account is authenticated; see O(auth_type).
        type: str
        choices: [local, ad]
        default: local
  account_level:
    description:
      - Whether the account of O(username) belongs to the HCP system or to the tenants. The default
        is V(system).
      - With V(tenant) the account must exist in every tenant that is named.
    type: str
    choices: [system, tenant]
  concurrency:
    description: Maximum number of concurrent requests, between 1 and 64.
    type: int
    default: 8
"""

    CONFIG = r"""
options:
  config:
    description:
      - The resources, as a tree. Each key is the plural of a kind, such as C(tenants), and holds a
        list.
      - An item of such a list takes the options of the module for its kind, such as
        M(contentplatform.hcp.hcp_tenant), except those for the connection and the parent resource.
        It can contain lists of the resources that belong to it, under the plurals of their kinds,
        such as C(users), C(namespaces) and C(buckets) in a tenant.
      - Settings and resources that are not mentioned are left unchanged and not read. An item with
        only a name is created if it does not exist. A tenant cannot be created from its name alone;
        such an item only contains the resources of the tenant.
    type: dict
    required: true
  exact:
    description:
      - The kinds to prune, by their plurals. Where the configuration has a list of such a kind,
        even an empty one, resources that are not in the list are unwanted, and
        M(contentplatform.hcp.hcp_config) deletes them.
      - A tenant without such a list in the configuration is not pruned.
    type: list
    elements: str
    default: []
  ignore:
    description:
      - Names that O(exact) does not prune, as lists of patterns by the plural of the kind.
      - The account that the task uses is never pruned.
    type: dict
    default: {}
"""
