#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_config_info
short_description: Read an HCP into a configuration
version_added: 0.1.0
description:
  - Reads what a Hitachi Content Platform has, several requests at a time, into a configuration with
    which M(contentplatform.hcp.hcp_config) finds nothing to change.
  - Passwords are not in it, because HCP shows none. What HCP lets nobody set is left out.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
  - contentplatform.hcp.connection.s3
  - contentplatform.hcp.bulk
options:
  tenants:
    description:
      - Names of the tenants to read, or patterns such as V(dept-*).
      - With O(account_level=tenant) they must be names, because only system-level accounts can list
        tenants.
    type: list
    elements: str
    default: ["*"]
  kinds:
    description:
      - The kinds to read. Without it all of them, except for buckets, which are in it as namespaces.
      - The settings of the system itself, such as its C(network), are then in it only where O(tenants)
        holds V(*).
      - What belongs to a kind that is not named is read all the same if it is named itself.
    type: list
    elements: str
  names:
    description: Which names to read, as lists of patterns by the plural of the kind. All names of
      kinds that are not in it.
    type: dict
    default: {}
  skip_unreadable:
    description: Leave out, and warn of, what the accounts may not see. Otherwise the task fails.
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
  description: The failure as data. C(code) is a stable name of the reason, such as V(forbidden).
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
