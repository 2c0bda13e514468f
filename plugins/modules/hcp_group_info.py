#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_group_info
short_description: Read HCP groups
version_added: 0.1.0
description:
  - Reads the group accounts of a tenant or of the system, or one of them.
  - HCP shows roles and SIDs only to accounts with the SECURITY role.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  tenant:
    description:
      - The tenant to read from. Without it, accounts of the system are read, with a system-level
        account.
    type: str
  name:
    description: The one group account to read. Without it, all are read.
    type: str
  include:
    description:
      - Settings to read as well. They take one more request for each account. Groups of the system
        have none.
    type: list
    elements: str
    choices: [all, data_access_permissions]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_group
"""

EXAMPLES = r"""
- name: Read all groups of a tenant with what they may do
  contentplatform.hcp.hcp_group_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    include: [data_access_permissions]
  register: all

- name: Read one group
  contentplatform.hcp.hcp_group_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: storage@ad.example

- name: Read the groups of the system
  contentplatform.hcp.hcp_group_info:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
"""

RETURN = r"""
groups:
  description:
    - The groups in the words of the options of M(contentplatform.hcp.hcp_group), to which each of
      them can be given if it belongs to a tenant. A name that HCP does not know gives an empty list.
    - Groups of the system have no C(tenant), and may have the roles SEARCH and SERVICE as well.
  returned: success
  type: list
  elements: dict
  sample:
    - tenant: research
      name: storage@ad.example
      roles: [MONITOR]
      allow_namespace_management: false
      external_group_id: S-1-5-21-1004336348-1177238915-682003330-1113
details:
  description: What HCP shows and nobody can set, for each of RV(groups) by its name, which is nothing.
  returned: success
  type: dict
  sample:
    storage@ad.example: {}
error:
  description:
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) say more
      where a request failed.
  returned: failure
  type: dict
  sample:
    code: timed_out
    status: null
    method: GET
    path: /tenants/research/groupAccounts
    hcp_message: null
    hint: Raise timeout or deadline if HCP is known to be slow.
    attempts: 4
    resource: groups
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.group import GROUPS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import informs

MODULE = informs(GROUPS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
