#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_security_reset
short_description: Restore access to the accounts of an HCP tenant
version_added: 0.1.0
description:
  - For a tenant of a Hitachi Content Platform that nobody can manage any more, because passwords
    are lost. As a system administrator, set a new password for all users of the tenant who have the
    role SECURITY and whom HCP authenticates, or assign the role SECURITY to a group.
  - Requires a system-level account with the role ADMINISTRATOR. It needs no account or permission
    of the tenant.
  - The module sends the request only once. If HCP may or may not have carried it out, the task
    fails and says so.
  - To manage single accounts use M(contentplatform.hcp.hcp_user) and M(contentplatform.hcp.hcp_group).
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.connection
attributes:
  check_mode:
    description: Can run in C(check_mode), and predicts whether the request would be sent.
    support: full
  diff_mode:
    description: The module does not know what changes.
    support: none
  idempotent:
    description: Passwords are set in every run. A group that already has the role is left alone, if
      HCP returns its roles to the account.
    support: partial
options:
  tenant:
    description: Name of the tenant.
    type: str
    required: true
  new_password:
    description:
      - The new password of all these users. Have each of them change it.
      - The management API accepts it only as a URL parameter, which HCP may log.
    type: str
  group:
    description:
      - Name or SID of an Active Directory group that gets the role SECURITY. If the group has no
        account in the tenant, HCP creates one.
    type: str
  confirm:
    description: Must be V(new_password) to set O(new_password), because the previous passwords
      cannot be restored.
    type: list
    elements: str
    choices: [new_password]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_user
  - module: contentplatform.hcp.hcp_group
"""

EXAMPLES = r"""
- name: Give all who manage the accounts of the tenant a new password
  contentplatform.hcp.hcp_security_reset:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    tenant: research
    new_password: "{{ kim_new_password }}"
    confirm: [new_password]

- name: Let a group of Active Directory manage the accounts of the tenant
  contentplatform.hcp.hcp_security_reset:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    tenant: research
    group: storage@ad.example
"""

RETURN = r"""
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as
      V(needs_confirmation), V(forbidden) or V(invalid); C(method), C(path), C(status), C(attempts),
      C(hcp_message) and C(hint) describe the failed request.
  returned: failure
  type: dict
  sample:
    code: forbidden
    status: 403
    method: POST
    path: /tenants/research/userAccounts
    hcp_message: null
    hint: >-
      Check username and password, the roles of the account and its level (account_level), and that
      the management API is enabled for the tenant and allows the address of this host. The request
      needs the role ADMINISTRATOR.
    attempts: 1
    resource: security accounts of tenant research
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.security import resets

MODULE = resets()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
