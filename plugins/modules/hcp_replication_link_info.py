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
  - It takes a system-level account with the role MONITOR or ADMINISTRATOR.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  name:
    description: The one link to read. Without it, all are read.
    type: str
  include:
    description:
      - What to read beside the settings of the links. Each takes one more request for each link.
      - What a link cannot have, such as the V(chained_links) of an active/active one, is left out.
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
    - The links in the words of the options of M(contentplatform.hcp.hcp_replication_link), to which
      each of them can be given. A name that HCP does not know gives an empty list.
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
    - What HCP shows and nobody can set, for each of RV(replication_links) by its name. C(status) is
      V(GOOD), V(WARNING) or V(BAD), C(status_message) says more; C(statistics) are in the words of HCP.
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
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) say more
      where a request failed.
  returned: failure
  type: dict
  sample:
    code: timed_out
    status: null
    method: GET
    path: /services/replication/links
    hcp_message: null
    hint: Raise timeout or deadline if HCP is known to be slow.
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
