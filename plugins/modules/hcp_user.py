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
    roles, their passwords and what they may do with the data in namespaces.
  - HCP splits the right to do so. Accounts are managed with the SECURITY role, but
    O(allow_namespace_management) and O(data_access_permissions) take the ADMINISTRATOR role.
  - The first account of a tenant has SECURITY only. With that it can give itself the other roles.
  - Of an account that belongs to the system HCP's management API changes the password and nothing
    else. Such a task has no O(tenant), sets O(update_password), and is refused if it wants anything
    else.
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
    details: With O(update_password=always) a password is set, and a change reported, every time.
options:
  name:
    description: User name. HCP does not tell upper from lower case in it.
    type: str
    required: true
  from_name:
    description:
      - A former user name. If O(name) does not exist but this does, the account is renamed.
    type: str
  user_password:
    description:
      - Password of the account. A new account needs one, unless O(local_authentication=false).
      - At creation MAPI takes it only as a query parameter, so HCP may log it. Later it is sent in
        the body of a request.
    type: str
  update_password:
    description:
      - When to set the password of an account that exists.
      - V(on_create) never sets it. V(always) sets it every time, and reports a change.
      - V(when_wrong) tries O(user_password) with one request as that account, and sets it if HCP
        does not let the account in. HCP counts a wrong try as a failed login, so the task is refused
        if the tenant disables accounts after one of them, and check mode does not try if the tenant
        disables accounts after any number. The password is left alone, with a warning, if the
        account is disabled or must change its password first.
    type: str
    choices: [on_create, always, when_wrong]
    default: on_create
  full_name:
    description: Full name. A new account has its user name here if nothing else is given.
    type: str
  description:
    description: Description.
    type: str
  enabled:
    description: Whether the account can be used. A new account is enabled if nothing is given.
    type: bool
  force_password_change:
    description:
      - Whether the user must change the password before anything else. HCP switches it off when
        that happens, so V(true) is sent only for a new account, and for one whose password is set
        with O(update_password=always).
    type: bool
  local_authentication:
    description:
      - Whether HCP itself authenticates the account; otherwise RADIUS servers do. It cannot be
        changed later. The default for a new account is V(true).
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
    - The account in the words of this module's options, as far as the account that was used may see
      it; empty for one that does not exist. There are no passwords in it. It can be given to the
      module again.
  returned: success
  type: dict
  sample:
    tenant: research
    name: kim
    full_name: Kim Ek
    enabled: true
    roles: [MONITOR]
created:
  description: Whether the account did not exist before and was created, or would be in check mode.
  returned: success
  type: bool
details:
  description: What HCP shows of the account and nobody can set.
  returned: success
  type: dict
  sample:
    user_guid: 8a0d8b3e-6a0f-4f6a-9b0e-6f0f6c1f7d11
    user_id: 512
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
      resource: user kim of tenant research
      method: POST
      path: /tenants/research/userAccounts/kim
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
    path: /tenants/research/userAccounts/kim
    hcp_message: The user does not have permission to perform this operation.
    hint: This takes an account with the role ADMINISTRATOR.
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
