#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_user
short_description: Manage HCP user accounts
version_added: 0.1.0
description:
  - Creates, changes and deletes user accounts of a tenant of a Hitachi Content Platform, with their
    roles, passwords and data access permissions.
  - HCP splits the permissions between two roles. Managing accounts requires the SECURITY role, but
    O(allow_namespace_management) and O(data_access_permissions) require the ADMINISTRATOR role.
  - The first account of a tenant has only the SECURITY role. With that role it can assign the
    others to itself.
  - For accounts of the system, the management API can change only the password. Such a task has no
    O(tenant), sets O(update_password), and is refused if it would change anything else.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.attributes.nested
  - contentplatform.hcp.connection
  - contentplatform.hcp.settings.account
attributes:
  idempotent:
    support: partial
    details: With O(update_password=always) every run sets the password and reports a change.
options:
  name:
    description: User name. It is case-insensitive.
    type: str
    required: true
  from_name:
    description:
      - Previous user name. If O(name) does not exist but this name does, the account is renamed.
    type: str
  user_password:
    description:
      - Password of the account. A new account needs one, unless O(local_authentication=false).
      - To create an account, MAPI accepts it only as a query parameter, so HCP may log it. Later
        changes send it in the request body.
    type: str
  update_password:
    description:
      - When to set the password of an existing account.
      - V(on_create) never sets it. V(always) sets it in every run and reports a change.
      - V(when_wrong) tests O(user_password) with one login as that account, and sets it if the
        login fails. HCP counts a wrong password as a failed login. The task is therefore refused if
        the tenant disables accounts after one failed login, and check mode tests the password only
        if the tenant never disables accounts. If the account is disabled or must change its
        password first, the password is left alone, with a warning.
    type: str
    choices: [on_create, always, when_wrong]
    default: on_create
  full_name:
    description: Full name. The default for a new account is its user name.
    type: str
  description:
    description: Description.
    type: str
  enabled:
    description: Whether the account can be used. A new account is enabled by default.
    type: bool
  force_password_change:
    description:
      - Whether the user must change the password before anything else. HCP disables this after the
        change, so the module sends V(true) only for a new account, and for an account whose
        password is set with O(update_password=always).
    type: bool
  local_authentication:
    description:
      - Whether HCP authenticates the account; otherwise RADIUS servers do. It cannot be changed
        later. The default for a new account is V(true).
    type: bool
seealso:
  - module: contentplatform.hcp.hcp_user_info
  - module: contentplatform.hcp.hcp_group
  - module: contentplatform.hcp.hcp_tenant
"""

EXAMPLES = r"""
- name: Let the first account of a tenant give itself the roles that it needs
  contentplatform.hcp.hcp_user:
    domain: hcp.example.com
    username: first-user
    password: "{{ first_user_password }}"
    tenant: fresh
    name: first-user
    roles: [ADMINISTRATOR, COMPLIANCE, MONITOR, SECURITY]

- name: Create a user who may read and write in one namespace and read in another
  contentplatform.hcp.hcp_user:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: kim
    full_name: Kim Ek
    user_password: "{{ kim_password }}"
    roles: [MONITOR]
    data_access_permissions:
      - namespace: raw-scans
        permissions: [READ, WRITE, DELETE]
      - namespace: published
        permissions: [READ]

- name: Have the password set only if it is not that already
  contentplatform.hcp.hcp_user:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: kim
    user_password: "{{ kim_new_password }}"
    update_password: when_wrong

- name: Leave the user nothing but one namespace
  contentplatform.hcp.hcp_user:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: kim
    exact: [data_access_permissions]
    data_access_permissions:
      - namespace: published
        permissions: [READ]

- name: Rename the account
  contentplatform.hcp.hcp_user:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: kim.ek
    from_name: kim

- name: Delete the account
  contentplatform.hcp.hcp_user:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: kim.ek
    state: absent
"""

RETURN = r"""
user:
  description:
    - The account, with this module's option names as keys, as far as the account of the task is
      allowed to see it; empty if it does not exist. It contains no passwords. It is valid input for
      the module.
  returned: success
  type: dict
  sample:
    tenant: research
    name: kim
    full_name: Kim Ek
    enabled: true
    roles: [MONITOR]
created:
  description: Whether the account was created, or would be created in check mode.
  returned: success
  type: bool
details:
  description: Read-only properties of the account.
  returned: success
  type: dict
  sample:
    user_guid: 8a0d8b3e-6a0f-4f6a-9b0e-6f0f6c1f7d11
    user_id: 512
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
      resource: user kim of tenant research
      method: POST
      path: /tenants/research/userAccounts/kim
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
    path: /tenants/research/userAccounts/kim
    hcp_message: The user does not have permission to perform this operation.
    hint: >-
      HCP does not allow this for the account, or in the current state of the resource. The request
      needs the role ADMINISTRATOR.
    attempts: 1
    resource: user kim of tenant research
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.user import USERS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(USERS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
