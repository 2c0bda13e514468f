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
  - Reads group accounts of a tenant or of the system.
  - HCP returns roles and SIDs only to accounts with the SECURITY role.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  tenant:
    description:
      - The tenant to read from. Without it the module reads accounts of the system, with a
        system-level account.
    type: str
  name:
    description: Name of the group account to read. By default, all are read.
    type: str
  include:
    description:
      - Additional settings to read, with one more request for each account. Groups of the system do
        not have them.
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
    - The groups, with the option names of M(contentplatform.hcp.hcp_group) as keys. Each is valid
      input for that module if it belongs to a tenant. The list is empty if the name does not exist.
    - Groups of the system have no C(tenant), and can also have the roles SEARCH and SERVICE.
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
  description: Read-only properties of each of RV(groups), by its name. Always empty.
  returned: success
  type: dict
  sample:
    storage@ad.example: {}
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) describe
      the failed request.
  returned: failure
  type: dict
  sample:
    code: timed_out
    status: null
    method: GET
    path: /tenants/research/groupAccounts
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
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
