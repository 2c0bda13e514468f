#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_health_report
short_description: Download health check reports of an HCP system
version_added: 0.2.0
description:
  - Requests a Hitachi Content Platform to prepare reports on the health of its nodes, waits for
    them, and downloads them as a ZIP file.
  - HCP holds one such package at a time and does not return the options it was prepared with. The
    module therefore uses an existing package as it is, with a warning, unless O(replace) is set.
  - Requires a system-level account with the role ADMINISTRATOR or SERVICE.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.package
  - contentplatform.hcp.connection
  - contentplatform.hcp.packages
options:
  exact_time:
    description: Time of day at which the report of each day begins, such as V(02:30). With it the
      default of O(end_date) is yesterday.
    type: str
  collect_current:
    description: Whether to include a report of the current moment. HCP includes it by default.
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
    - State of the package on HCP after the task, in check mode before it. One of V(absent),
      V(preparing), V(ready) and V(failed).
  returned: unless no request was sent because O(dest) exists
  type: str
  sample: absent
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden),
      V(preparation_failed), V(timed_out) or V(bad_option); C(method), C(path), C(status),
      C(attempts), C(hcp_message) and C(hint) describe the failed request, C(option) is the reason
      if the task was refused.
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
