#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_config_info
short_description: Export an HCP system as a configuration
version_added: 0.2.0
description:
  - Reads the current state of a Hitachi Content Platform, with concurrent requests, as a
    configuration. M(contentplatform.hcp.hcp_config) with that configuration changes nothing.
  - The configuration has no passwords, because HCP does not return them, and no read-only
    properties.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.bulk
  - contentplatform.hcp.connection
  - contentplatform.hcp.connection.s3
options:
  tenants:
    description:
      - Names of the tenants to read, or patterns such as V(dept-*).
      - With O(account_level=tenant) patterns are not possible, because only system-level accounts
        can list tenants.
    type: list
    elements: str
    default: ["*"]
  kinds:
    description:
      - The kinds to read, by their plurals. By default all kinds except buckets, which are exported
        as namespaces.
      - Without O(kinds), the settings of the system itself, such as its C(network), are exported
        only if O(tenants) contains V(*).
      - A kind that is named is read even if the kind it belongs to is not.
    type: list
    elements: str
  names:
    description: The names to read, as lists of patterns by the plural of the kind. All names are
      read of kinds that it does not mention.
    type: dict
    default: {}
  skip_unreadable:
    description: Whether to leave out what the accounts are not allowed to read, with a warning.
      Otherwise the task fails.
    type: bool
    default: false
seealso:
  - module: contentplatform.hcp.hcp_config
"""

EXAMPLES = r"""
- name: Read the namespaces of a tenant
  contentplatform.hcp.hcp_config_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    account_level: tenant
    tenants: [research]
    kinds: [namespaces, retention_classes]
    names:
      namespaces: ["raw-*"]
  register: found

- name: Apply it again, which changes nothing
  contentplatform.hcp.hcp_config:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    account_level: tenant
    config: "{{ found.config }}"
"""

RETURN = r"""
config:
  description: The configuration.
  returned: success
  type: dict
  sample:
    tenants:
      - name: research
        namespaces:
          - name: raw-scans
            hard_quota: 1.00 TB
counts:
  description: How many resources of each kind were read.
  returned: success
  type: dict
  sample: {tenants: 1, namespaces: 1}
error:
  description: The failure as data. C(code) is a stable identifier of the cause, such as
    V(forbidden).
  returned: failure
  type: dict
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.export import exports

MODULE = exports()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
