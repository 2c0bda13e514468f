#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_ec_topology
short_description: Manage erasure coding topologies of an HCP
version_added: 0.1.0
description:
  - Creates, changes, retires and deletes topologies for geo-distributed erasure coding of a Hitachi
    Content Platform, and says which tenants are in them. A topology keeps the objects of its tenants
    in pieces on three to six systems.
  - It takes a system-level account with the role ADMINISTRATOR, and active/active replication links
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
      - Whether the topology is to exist. HCP deletes only one that is retired and has no
        erasure-coded objects left, see O(retired) and RV(details).
  name:
    description: Name of the topology. HCP does not tell upper from lower case in it.
    type: str
    required: true
  type:
    description:
      - V(FULLY_CONNECTED) for links between all of the systems, V(RING) for four to six systems with
        links between neighbours. A new topology needs it, and it cannot be changed.
    type: str
    choices: [FULLY_CONNECTED, RING]
  replication_links:
    description:
      - The links that the topology is made of. Some of them may be between two other systems. A new
        topology needs them, and they cannot be changed.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the link.
        type: str
        required: true
      hcp_systems:
        description: Domains of the two systems that it connects, where several links have the same
          name.
        type: list
        elements: str
  description:
    description: Description, up to 1024 characters.
    type: str
  erasure_coding_delay:
    description: Days until an object is erasure-coded, 0 to 3650. HCP takes 0 for a new topology.
    type: int
  full_copy:
    description: Whether objects are distributed as full copies; with V(false) it is in chunks. HCP
      takes V(false) for a new topology.
    type: bool
  minimum_object_size:
    description: Size in bytes below which objects are not erasure-coded. HCP takes 4096 for a new
      topology.
    type: int
    choices: [4096, 16384, 32768, 65536, 131072, 262144, 524288, 1048576]
  restore_period:
    description: Restore period in days, 0 to 180. HCP takes 0 for a new topology.
    type: int
  tenants:
    description: Tenants in the topology. They have replication, and no other topology or foreign link
      has them.
    type: list
    elements: str
  exact:
    description:
      - Lists that are the whole truth. With V(tenants), the tenants that O(tenants) does not name are
        taken out of the topology. Without it they stay.
    type: list
    elements: str
    choices: [tenants]
    default: []
  retired:
    description:
      - With V(true) the topology is retired if it is in use. HCP then makes its objects whole again,
        which takes time; C(state) in RV(details) goes from V(RETIRING) to V(RETIRED).
      - It cannot be undone and takes O(confirm).
    type: bool
  confirm:
    description:
      - What may be done though it cannot be undone. V(retired) lets the topology be retired.
      - V(delete_retiring) lets a topology be deleted while it is still V(RETIRING), which may lose
        objects that are not whole again. HCP takes that only while it reaches all systems but one.
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
    - The topology in the words of this module's options; empty for one that does not exist. It can be
      given to the module again.
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
  description: Whether the topology did not exist before and was created, or would be in check mode.
  returned: success
  type: bool
details:
  description:
    - What HCP shows of the topology and nobody can set. C(state) is V(ACTIVE), V(RETIRING) or
      V(RETIRED).
    - It is empty where the topology itself was not read, as with O(tenants) alone.
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
    - The requests that were needed, in their order; in check mode those that would be.
    - The C(risk) of a step is one of V(create), V(update), V(irreversible) and V(delete). Its
      C(status) is V(planned) in check mode, else V(done), V(failed), V(unknown) where HCP gave no
      usable answer, or V(not_done) for what came after a failure.
  returned: success, and on a failure that came after the first of them
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
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden),
      V(not_found), V(timed_out), V(bad_option) or V(needs_confirmation).
    - Where a request failed there are also its C(method), C(path), C(status) and C(attempts), HCP's
      own words in C(hcp_message) and what to do next in C(hint); where a task was refused before
      anything was sent, the C(option) it was refused for.
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
