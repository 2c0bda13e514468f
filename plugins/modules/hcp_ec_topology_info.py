#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_ec_topology_info
short_description: Read HCP erasure coding topologies
version_added: 0.1.0
description:
  - Reads the erasure coding topologies of a Hitachi Content Platform, or one of them.
  - Requires a system-level account with the role MONITOR or ADMINISTRATOR.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  name:
    description: Name of the topology to read. By default, all are read.
    type: str
  include:
    description: Additional settings to read. V(tenants) needs one more request for each topology.
    type: list
    elements: str
    choices: [all, tenants, retired]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_ec_topology
"""

EXAMPLES = r"""
- name: Read all erasure coding topologies with their tenants
  contentplatform.hcp.hcp_ec_topology_info:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    include: [tenants]
  register: topologies

- name: Show how they are
  ansible.builtin.debug:
    msg: "{{ topologies.details }}"
"""

RETURN = r"""
ec_topologies:
  description:
    - The topologies, with the option names of M(contentplatform.hcp.hcp_ec_topology) as keys. Each
      is valid input for that module. The list is empty if the name does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - name: three-sites
      type: FULLY_CONNECTED
      replication_links:
        - name: berlin-paris
          hcp_systems: [hcp.example.com, hcp3.example.com]
        - name: berlin-rome
          hcp_systems: [hcp.example.com, hcp4.example.com]
        - name: paris-rome
          hcp_systems: [hcp3.example.com, hcp4.example.com]
      description: ""
      erasure_coding_delay: 7
      full_copy: false
      minimum_object_size: 65536
      restore_period: 0
      tenants: [research]
details:
  description:
    - Read-only properties of each of RV(ec_topologies), by its name. C(state) is V(ACTIVE),
      V(RETIRING) or V(RETIRED).
  returned: success
  type: dict
  sample:
    three-sites:
      id: 7f1a1c8e-31f6-44cb-a3a1-0d5a2f0a8f77
      state: ACTIVE
      protection_status: HEALTHY
      read_status: HEALTHY
      erasure_coded_objects: 0
      hcp_systems: [hcp.example.com, hcp3.example.com, hcp4.example.com]
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
    path: /services/erasureCoding/ecTopologies
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: ec_topologies
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.erasure_coding import (
    EC_TOPOLOGIES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import informs

MODULE = informs(EC_TOPOLOGIES)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
