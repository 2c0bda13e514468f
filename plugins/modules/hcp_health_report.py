#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_health_report
short_description: Fetch health check reports of an HCP
version_added: 0.1.0
description:
  - Has a Hitachi Content Platform prepare reports of the health of its nodes, waits for it, and downloads it as a ZIP file.
  - HCP holds one such package at a time. What it was prepared for is not shown, so a package that is
    there already is taken as it is, with a warning, unless O(replace) is set.
  - It takes a system-level account with the role ADMINISTRATOR or SERVICE.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.package
  - contentplatform.hcp.connection
  - contentplatform.hcp.packages
options:
  exact_time:
    description: The time of day at which the report of each day begins, such as V(02:30). With it
      O(end_date) is yesterday if not given.
    type: str
  collect_current:
    description: Whether there is a report of this moment, too. HCP makes one if not told.
    type: bool
seealso:
  - module: contentplatform.hcp.hcp_system_info
  - module: contentplatform.hcp.hcp_logs
"""

EXAMPLES = r"""
- name: Fetch a report of today
  contentplatform.hcp.hcp_health_report:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    node_numbers: [101]
    dest: "{{ playbook_dir }}/hcp-health.zip"

- name: Clear what somebody else has prepared
  contentplatform.hcp.hcp_health_report:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    state: absent
"""

RETURN = r"""
status:
  description:
    - What HCP has now, which is V(absent), V(preparing), V(ready) or V(failed); in check mode before the
      task.
  returned: unless nothing was asked for because O(dest) exists
  type: str
  sample: absent
error:
  description:
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden),
      V(preparation_failed), V(timed_out) or V(bad_option); C(method), C(path), C(status), C(attempts),
      C(hcp_message) and C(hint) say more where a request failed, C(option) where the task was refused.
  returned: failure
  type: dict
  sample:
    code: timed_out
    resource: health check report
    option: ""
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.packages import (
    fetches_reports,
)

MODULE = fetches_reports()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
