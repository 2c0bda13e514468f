#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_tenant_info
short_description: Read HCP tenants
version_added: 0.1.0
description:
  - Reads tenants of a Hitachi Content Platform.
  - A tenant-level account can read only its own tenant, and sees fewer properties.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  name:
    description: Name of the tenant to read. By default, all are read.
    type: str
  name_prefix:
    description: Prefix of the names to read. It is case-insensitive.
    type: str
  tag:
    description: Prefix of a tag that the resource must have. It is case-insensitive.
    type: str
  include:
    description:
      - Additional settings to read. Each needs one more request for each tenant.
      - HCP returns them to tenant-level accounts, and to system-level accounts only if the tenant
        has set C(administration_allowed). V(console_security) and V(search_security) require the
        SECURITY role.
    type: list
    elements: str
    choices:
      - all
      - contact_info
      - email_notification
      - console_security
      - search_security
      - namespace_defaults
      - permission_mask
      - cors
    default: []
seealso:
  - module: contentplatform.hcp.hcp_tenant
"""

EXAMPLES = r"""
- name: Read all tenants
  contentplatform.hcp.hcp_tenant_info:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
  register: all

- name: Show the quota of each
  ansible.builtin.debug:
    msg: "{{ item.name }} has {{ item.hard_quota }}"
  loop: "{{ all.tenants | selectattr('hard_quota', 'defined') }}"
  loop_control:
    label: "{{ item.name }}"

- name: Read one tenant as one of its own administrators
  contentplatform.hcp.hcp_tenant_info:
    domain: hcp.example.com
    account_level: tenant
    username: storage-admin
    password: "{{ storage_admin_password }}"
    name: research
    include: [namespace_defaults, console_security]
"""

RETURN = r"""
tenants:
  description:
    - The tenants, with the option names of M(contentplatform.hcp.hcp_tenant) as keys. Each is valid
      input for that module. The list is empty if the name does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - name: finance
      hard_quota: 5.00 TB
      soft_quota: 85
details:
  description:
    - Read-only properties of each of RV(tenants), by its name. Timestamps are UTC.
  returned: success
  type: dict
  sample:
    finance:
      id: 3f5c4ab2-7c1e-4b53-8fb0-2d6a0d7f1c11
      creation_time: "2026-02-09T20:42:36Z"
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
    resource: tenants
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.tenant import TENANTS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import informs

MODULE = informs(TENANTS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
