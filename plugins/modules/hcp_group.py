#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_group
short_description: Manage HCP group accounts
version_added: 0.1.0
description:
  - Creates, changes and deletes group accounts of a tenant of a Hitachi Content Platform. A group
    account stands for a group of Active Directory and says what its members may do.
  - HCP splits the right to do so. Accounts are managed with the SECURITY role, but
    O(allow_namespace_management) and O(data_access_permissions) take the ADMINISTRATOR role.
  - HCP needs Active Directory, and the tenant needs C(EXTERNAL) among its authentication types.
  - HCP's management API changes nothing about groups of the system. A task without O(tenant) is
    refused if it wants to.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.attributes.nested
  - contentplatform.hcp.connection
  - contentplatform.hcp.settings.account
options:
  name:
    description:
      - Name of the group with its domain, as in C(storage@ad.example.com). HCP does not tell upper
        from lower case in it, and cannot change it.
      - An existing group is also found without the domain, if it is the only one of that name.
    type: str
    required: true
  external_group_id:
    description:
      - SID of the group in Active Directory. A new group account is refused by HCP if its O(name) is
        that of another group; the SID of an existing one cannot be changed.
      - HCP shows it only to accounts with the SECURITY role.
    type: str
seealso:
  - module: contentplatform.hcp.hcp_group_info
  - module: contentplatform.hcp.hcp_user
"""

EXAMPLES = r"""
- name: Let a group of Active Directory watch the tenant and write in one namespace
  contentplatform.hcp.hcp_group:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: storage@ad.example
    roles: [MONITOR]
    data_access_permissions:
      - namespace: raw-scans
        permissions: [READ, WRITE]

- name: Let it create namespaces, too
  contentplatform.hcp.hcp_group:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: storage@ad.example
    allow_namespace_management: true

- name: Delete the group account
  contentplatform.hcp.hcp_group:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: storage@ad.example
    state: absent
"""

RETURN = r"""
group:
  description:
    - The group in the words of this module's options, as far as the account that was used may see
      it; empty for one that does not exist. It can be given to the module again.
  returned: success
  type: dict
  sample:
    tenant: research
    name: storage@ad.example
    roles: [MONITOR]
    allow_namespace_management: false
    external_group_id: S-1-5-21-1004336348-1177238915-682003330-1113
created:
  description: Whether the group did not exist before and was created, or would be in check mode.
  returned: success
  type: bool
details:
  description: What HCP shows of the group and nobody can set, which is nothing.
  returned: success
  type: dict
  sample: {}
steps:
  description:
    - The requests that were needed, in their order; in check mode those that would be.
    - The C(risk) of a step is one of V(create), V(update), V(irreversible) and V(delete). Its
      C(status) is V(planned) in check mode, else V(done), V(failed), V(unknown) where HCP gave no
      usable answer, or V(not_done) for what came after a failure.
  returned: success, and on a failure that came after the first of them
  type: list
  elements: dict
  sample:
    - action: update
      resource: group storage@ad.example of tenant research
      method: POST
      path: /tenants/research/groupAccounts/storage%40ad.example
      options: [roles]
      risk: update
      status: done
error:
  description:
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden),
      V(not_found), V(timed_out), V(bad_option) or V(needs_confirmation).
    - Where a request failed there are also its C(method), C(path), C(status) and C(attempts), HCP's
      own words in C(hcp_message) and what to do next in C(hint); where a task was refused before
      anything was sent, the C(option) it was refused for.
  returned: failure
  type: dict
  sample:
    code: forbidden
    status: 403
    method: POST
    path: /tenants/research/groupAccounts/storage%40ad.example
    hcp_message: The user does not have permission to perform this operation.
    hint: This takes an account with the role SECURITY.
    attempts: 1
    resource: group storage@ad.example of tenant research
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.group import GROUPS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(GROUPS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
