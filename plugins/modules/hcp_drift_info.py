#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_drift_info
short_description: Report the drift between an HCP system and a configuration
version_added: 0.2.0
description:
  - Compares a Hitachi Content Platform with a configuration, as M(contentplatform.hcp.hcp_config)
    does, and returns the differences. It changes nothing.
  - Passwords are not compared, because HCP does not return them.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.bulk
  - contentplatform.hcp.bulk.config
  - contentplatform.hcp.connection
  - contentplatform.hcp.connection.s3
options:
  fail_on_drift:
    description: Fail if there is any difference.
    type: bool
    default: false
seealso:
  - module: contentplatform.hcp.hcp_config
"""

EXAMPLES = r"""
- name: Look for drift
  contentplatform.hcp.hcp_drift_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    account_level: tenant
    config:
      tenants:
        - name: research
          namespaces:
            - name: raw-scans
              hard_quota: 1 TB
    exact: [namespaces]
  register: drift

- name: Show it
  ansible.builtin.debug:
    var: drift.findings
"""

RETURN = r"""
drifted:
  description: Whether there is any difference.
  returned: when HCP could be read
  type: bool
findings:
  description: The differences, by descending severity.
  returned: when HCP could be read
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the resource.
      type: str
      sample: namespace
    resource:
      description: Description of the resource.
      type: str
      sample: namespace raw-scans of tenant research
    where:
      description: Its place in the configuration.
      type: str
      sample: config.tenants[0].namespaces[0]
    option:
      description: The option that differs; C(state) for a resource that is missing or not wanted.
      type: str
      sample: hard_quota
    expected:
      description: The value in the configuration.
      type: raw
      sample: 1.00 TB
    found:
      description: The value on HCP.
      type: raw
      sample: 50.00 GB
    severity:
      description: V(high) for missing resources, and for differences that cannot be corrected or
        whose correction cannot be undone. V(low) for resources that are not in the configuration.
        V(medium) for all others.
      type: str
      sample: medium
    message:
      description: The reason, if the difference cannot be corrected.
      type: str
error:
  description: The failure as data; with O(fail_on_drift) its C(code) is V(drift).
  returned: failure
  type: dict
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.drift import compares

MODULE = compares()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
