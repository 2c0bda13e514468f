#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_replication_link_info
short_description: Read HCP replication links
version_added: 0.1.0
description:
  - Reads the replication links of a Hitachi Content Platform, or one of them.
  - Requires a system-level account with the role MONITOR or ADMINISTRATOR.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  name:
    description: Name of the link to read. By default, all are read.
    type: str
  include:
    description:
      - Additional settings to read. Each needs one more request for each link.
      - Settings that a link cannot have, such as the V(chained_links) of an active/active link, are
        omitted.
    type: list
    elements: str
    choices: [all, schedule, tenants, default_namespace_directories, chained_links, suspended]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_replication_link
"""

EXAMPLES = r"""
- name: Read all replication links
  contentplatform.hcp.hcp_replication_link_info:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    include: [tenants]
  register: links

- name: Show how they are
  ansible.builtin.debug:
    msg: "{{ links.details }}"
"""

RETURN = r"""
replication_links:
  description:
    - The links, with the option names of M(contentplatform.hcp.hcp_replication_link) as keys. Each
      is valid input for that module. The list is empty if the name does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - name: berlin-munich
      type: ACTIVE_ACTIVE
      description: ""
      connection:
        remote_host: replication.admin.hcp2.example.com
        remote_port: 5748
        local_port: 5748
      compression: false
      encryption: true
      priority: OLDEST_FIRST
      tenants: [research]
details:
  description:
    - Read-only properties of each of RV(replication_links), by its name. C(status) is V(GOOD),
      V(WARNING) or V(BAD), C(status_message) explains it; C(statistics) has HCP's property names.
  returned: success
  type: dict
  sample:
    berlin-munich:
      id: 7f1a1c8e-31f6-44cb-a3a1-0d5a2f0a8f77
      status: GOOD
      status_message: Synchronizing data
      statistics:
        bytesPending: 0
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
    path: /services/replication/links
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: replication_links
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.links import (
    REPLICATION_LINKS,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import informs

MODULE = informs(REPLICATION_LINKS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
