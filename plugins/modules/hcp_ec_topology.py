#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_ec_topology
short_description: Manage erasure coding topologies of an HCP system
version_added: 0.2.0
description:
  - Creates, changes, retires and deletes topologies for geo-distributed erasure coding of a Hitachi
    Content Platform, and sets which tenants use them. A topology stores the objects of its tenants
    as fragments on three to six systems.
  - Requires a system-level account with the role ADMINISTRATOR, and active/active replication links
    that are up between the systems.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.connection
options:
  state:
    description:
      - Whether the topology exists. HCP deletes only a retired topology without erasure-coded
        objects; see O(retired) and RV(details).
  name:
    description: Name of the topology. It is case-insensitive.
    type: str
    required: true
  type:
    description:
      - V(FULLY_CONNECTED) has links between all systems. V(RING) has four to six systems with links
        between neighbours. Required for a new topology; cannot be changed later.
    type: str
    choices: [FULLY_CONNECTED, RING]
  replication_links:
    description:
      - The links of the topology. They may include links between two other systems. Required for a
        new topology; cannot be changed later.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the link.
        type: str
        required: true
      hcp_systems:
        description: Domains of the two systems that the link connects. Needed if several links have
          the same name.
        type: list
        elements: str
  description:
    description: Description, up to 1024 characters.
    type: str
  erasure_coding_delay:
    description: Days until an object is erasure-coded, 0 to 3650. HCP's default for a new topology
      is 0.
    type: int
  full_copy:
    description: Whether objects are distributed as full copies; with V(false) they are distributed
      in chunks. HCP's default for a new topology is V(false).
    type: bool
  minimum_object_size:
    description: Size in bytes below which objects are not erasure-coded. HCP's default for a new
      topology is 4096.
    type: int
    choices: [4096, 16384, 32768, 65536, 131072, 262144, 524288, 1048576]
  restore_period:
    description: Restore period in days, 0 to 180. HCP's default for a new topology is 0.
    type: int
  tenants:
    description: Tenants in the topology. They need the replication feature, and must not be in
      another topology or on a link outside this one.
    type: list
    elements: str
  exact:
    description:
      - Lists that are exhaustive. With V(tenants), the module removes tenants from the topology
        that O(tenants) does not name. By default they stay.
    type: list
    elements: str
    choices: [tenants]
    default: []
  retired:
    description:
      - With V(true) the topology is retired if it is active. HCP then restores its objects to full
        copies, which takes time; C(state) in RV(details) changes from V(RETIRING) to V(RETIRED).
      - This cannot be undone and requires O(confirm).
    type: bool
  confirm:
    description:
      - Confirms irreversible changes. V(retired) permits retiring the topology.
      - V(delete_retiring) permits deleting a topology that is still V(RETIRING), which may lose
        objects that are not restored yet. HCP allows this only if it reaches all systems but one.
    type: list
    elements: str
    choices: [delete_retiring, retired]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_ec_topology_info
  - module: contentplatform.hcp.hcp_replication_link
"""

EXAMPLES = r"""
- name: Keep the objects of a tenant in pieces on three systems
  contentplatform.hcp.hcp_ec_topology:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: three-sites
    type: FULLY_CONNECTED
    replication_links:
      - name: berlin-paris
      - name: berlin-rome
      - name: paris-rome
    erasure_coding_delay: 7
    minimum_object_size: 65536
    tenants: [research]

- name: Retire it
  contentplatform.hcp.hcp_ec_topology:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: three-sites
    retired: true
    confirm: [retired]

- name: Wait until its objects are whole again
  contentplatform.hcp.hcp_ec_topology_info:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: three-sites
  register: topology
  until: topology.details['three-sites'].state | default('RETIRED') == 'RETIRED'
  retries: 30
  delay: 1

- name: Delete it
  contentplatform.hcp.hcp_ec_topology:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: three-sites
    state: absent
"""

RETURN = r"""
ec_topology:
  description:
    - The topology, with this module's option names as keys; empty if it does not exist. It is valid
      input for the module.
  returned: success
  type: dict
  sample:
    name: three-sites
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
created:
  description: Whether the topology was created, or would be created in check mode.
  returned: success
  type: bool
details:
  description:
    - Read-only properties of the topology. C(state) is V(ACTIVE), V(RETIRING) or V(RETIRED).
    - Empty if the topology itself was not read, for example in a task with only O(tenants).
  returned: success
  type: dict
  sample:
    id: 7f1a1c8e-31f6-44cb-a3a1-0d5a2f0a8f77
    state: ACTIVE
    protection_status: HEALTHY
    read_status: HEALTHY
    erasure_coded_objects: 0
    hcp_systems: [hcp.example.com, hcp3.example.com, hcp4.example.com]
steps:
  description:
    - The requests that were sent, in order; in check mode those that would be sent.
    - The C(risk) of a step is V(create), V(update), V(irreversible) or V(delete). Its C(status) is
      V(planned) in check mode, otherwise V(done), V(failed), V(unknown) if HCP gave no usable
      response, or V(not_done) if the step was not started after a failure.
  returned: success, and on a failure after the first request
  type: list
  elements: dict
  sample:
    - action: update
      resource: tenants of ec topology three-sites
      method: PUT
      path: /services/erasureCoding/ecTopologies/three-sites/tenants/research
      options: [tenants]
      risk: update
      status: done
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden),
      V(not_found), V(timed_out), V(bad_option) or V(needs_confirmation).
    - For a failed request, C(method), C(path), C(status) and C(attempts) describe the request,
      C(hcp_message) has HCP's message, and C(hint) says what to do next. If the task was refused
      before anything was sent, C(option) names the option that caused it.
  returned: failure
  type: dict
  sample:
    code: needs_confirmation
    resource: ec topology three-sites
    option: retired
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.erasure_coding import (
    EC_TOPOLOGIES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(EC_TOPOLOGIES)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
