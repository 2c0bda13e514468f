# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options of modules that work with many resources at once."""

from __future__ import annotations


class ModuleDocFragment:
    """Who works on what and how much at once; in ``config``, what a configuration is."""

    DOCUMENTATION = r"""
options:
  accounts:
    description:
      - Accounts to work as in tenants. The first one whose O(accounts[].tenant) matches is used, for
        what is in the tenant and for those settings of the tenant that only its own accounts may
        change.
      - Where none matches, the C(initial_user) of the configuration is used if there is
        one, and else the account of O(username), at O(account_level).
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
        description: Who authenticates the account, as in the option of the same name beside
          O(username).
        type: str
        choices: [local, ad]
        default: local
  account_level:
    description:
      - Whether the account of O(username) belongs to the HCP system or to the tenants. Without it
        the account is one of the V(system).
      - With V(tenant) such an account must exist in every tenant that is named.
    type: str
    choices: [system, tenant]
  concurrency:
    description: How many requests may be under way at once. Between 1 and 64.
    type: int
    default: 8
"""

    CONFIG = r"""
options:
  config:
    description:
      - The resources, nested as they belong to each other. Each key is the plural of a kind, such as
        C(tenants), and holds a list.
      - An item of such a list takes the options of the module for its kind, such as
        M(contentplatform.hcp.hcp_tenant), besides those about the connection and what it belongs
        to. Under the plural of their kind, it may hold lists of what belongs to it, such as
        C(users), C(namespaces) and C(buckets) in a tenant.
      - What is not mentioned is left as it is, and not read. An item with nothing but a name is
        created if need be; a tenant, which cannot be created from its name alone, is then just the
        place for what is in it.
    type: dict
    required: true
  exact:
    description:
      - The kinds of which nothing else is to exist where the configuration has a list of them. What
        is not in that list, be it an empty one, counts as unwanted.
      - A tenant for which the configuration has no such list is not looked at.
    type: list
    elements: str
    default: []
  ignore:
    description:
      - Names that O(exact) leaves alone, as lists of patterns by the plural of the kind.
      - The account that is worked as is always left alone.
    type: dict
    default: {}
"""
