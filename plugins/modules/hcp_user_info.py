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
  - Reads the user accounts of a tenant or of the system, or one of them.
  - HCP shows roles and whether a password change is forced only to accounts with the SECURITY
    role. It never shows a password.
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
    description: The one user account to read. Without it, all are read.
    type: str
  name_prefix:
    description: Read only those whose user names start with this text. Case does not matter.
    type: str
  include:
    description:
      - Settings to read as well. They take one more request for each account, and an account with
        the role ADMINISTRATOR or SECURITY to work as.
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
    - The users in the words of the options of M(contentplatform.hcp.hcp_user), to which each of
      them can be given if it belongs to a tenant. A name that HCP does not know gives an empty list.
    - Accounts of the system have no C(tenant), and may have the roles SEARCH and SERVICE as well.
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
    - What HCP shows and nobody can set, for each of RV(users) by its name. Times are UTC.
  returned: success
  type: dict
  sample:
    kim:
      user_id: 512
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
    path: /tenants
    hcp_message: null
    hint: Raise timeout or deadline if HCP is known to be slow.
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
