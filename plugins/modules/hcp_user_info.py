#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_user_info
short_description: Read HCP users
version_added: 0.1.0
description:
  - Reads user accounts of a tenant or of the system.
  - HCP returns roles and C(force_password_change) only to accounts with the SECURITY role. It never
    returns a password.
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
    description: Name of the user account to read. By default, all are read.
    type: str
  name_prefix:
    description: Prefix of the user names to read. It is case-insensitive.
    type: str
  include:
    description:
      - Additional settings to read. They need one more request for each account, and an account of
        the task with the role ADMINISTRATOR or SECURITY.
    type: list
    elements: str
    choices: [all, data_access_permissions]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_user
"""

EXAMPLES = r"""
- name: Read all accounts of a tenant with what they may do
  contentplatform.hcp.hcp_user_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    include: [data_access_permissions]
  register: accounts

- name: Show who can change accounts
  ansible.builtin.debug:
    msg: "{{ accounts.users | selectattr('roles', 'contains', 'SECURITY') | map(attribute='name') }}"

- name: Read one account
  contentplatform.hcp.hcp_user_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: storage-admin

- name: Read the accounts of the system
  contentplatform.hcp.hcp_user_info:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
"""

RETURN = r"""
users:
  description:
    - The users, with the option names of M(contentplatform.hcp.hcp_user) as keys. Each is valid
      input for that module if it belongs to a tenant. The list is empty if the name does not exist.
    - Accounts of the system have no C(tenant), and can also have the roles SEARCH and SERVICE.
  returned: success
  type: list
  elements: dict
  sample:
    - tenant: research
      name: kim
      full_name: Kim Ek
      enabled: true
      roles: [MONITOR]
details:
  description:
    - Read-only properties of each of RV(users), by its name. Timestamps are UTC.
  returned: success
  type: dict
  sample:
    kim:
      user_id: 512
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
    path: /tenants
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: users
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.user import USERS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import informs

MODULE = informs(USERS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
