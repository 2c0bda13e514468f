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
    account represents an Active Directory group and defines what its members are allowed to do.
  - HCP splits the permissions between two roles. Managing accounts requires the SECURITY role, but
    O(allow_namespace_management) and O(data_access_permissions) require the ADMINISTRATOR role.
  - HCP must support Active Directory, and the tenant needs V(EXTERNAL) among its authentication
    types.
  - The management API cannot change groups of the system. A task without O(tenant) is refused if it
    would change anything.
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
      - Name of the group with its domain, such as C(storage@ad.example.com). It is case-insensitive
        and cannot be changed.
      - An existing group can also be named without its domain, if the name is unique.
    type: str
    required: true
  external_group_id:
    description:
      - SID of the group in Active Directory. HCP rejects a new group account if O(name) is the name
        of another group. The SID of an existing account cannot be changed.
      - HCP returns it only to accounts with the SECURITY role.
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
    - The group, with this module's option names as keys, as far as the account is allowed to see
      it; empty if it does not exist. It is valid input for the module.
  returned: success
  type: dict
  sample:
    tenant: research
    name: storage@ad.example
    roles: [MONITOR]
    allow_namespace_management: false
    external_group_id: S-1-5-21-1004336348-1177238915-682003330-1113
created:
  description: Whether the group was created, or would be created in check mode.
  returned: success
  type: bool
details:
  description: Read-only properties of the group. Always empty.
  returned: success
  type: dict
  sample: {}
steps:
  description:
    - The requests that were sent, in order; in check mode those that would be sent.
    - The C(risk) of a step is V(create), V(update), V(irreversible) or V(delete). Its C(status) is
      V(planned) in check mode, otherwise V(done), V(failed), V(unknown) if HCP gave no usable
      response, or V(not_done) if the step was not started after a failure.
  returned: success, and on a failure after the first request
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
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden),
      V(not_found), V(timed_out), V(bad_option) or V(needs_confirmation).
    - For a failed request, C(method), C(path), C(status) and C(attempts) describe the request,
      C(hcp_message) has HCP's message, and C(hint) says what to do next. If the task was refused
      before anything was sent, C(option) names the option that caused it.
  returned: failure
  type: dict
  sample:
    code: forbidden
    status: 403
    method: POST
    path: /tenants/research/groupAccounts/storage%40ad.example
    hcp_message: The user does not have permission to perform this operation.
    hint: >-
      HCP does not allow this for the account, or in the current state of the resource. The request
      needs the role SECURITY.
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
