#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_statistics_info
short_description: Read statistics of HCP tenants and namespaces
version_added: 0.1.0
description:
  - Reads the current capacity and object counts of a tenant and its namespaces.
  - Requires the role MONITOR or ADMINISTRATOR. HCP advises to read statistics at most once an hour.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  tenant:
    description: The tenant to read from.
    type: str
    required: true
  namespaces:
    description: Namespaces to read as well, with one request for each; V(*) for all.
    type: list
    elements: str
    default: []
seealso:
  - module: contentplatform.hcp.hcp_chargeback_info
"""

EXAMPLES = r"""
- name: Read what a tenant and its namespaces hold
  contentplatform.hcp.hcp_statistics_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    namespaces: ["*"]
  register: held

- name: Show the namespaces that hold objects
  ansible.builtin.debug:
    msg: "{{ item.name }} holds {{ item.ingested_volume | contentplatform.hcp.hcp_size }}"
  loop: "{{ held.statistics.namespaces | selectattr('object_count') }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
statistics:
  description: The figures of the tenant, and of the requested namespaces.
  returned: success
  type: dict
  contains:
    tenant:
      description: Name of the tenant.
      type: str
      returned: success
    object_count:
      description: Objects; each old version counts.
      type: int
      returned: success
    ingested_volume:
      description: Bytes of data and custom metadata as uploaded.
      type: int
      returned: success
    storage_capacity_used:
      description: Bytes on disk, including metadata and copies.
      type: int
      returned: success
    custom_metadata_count:
      description: Annotations.
      type: int
      returned: success
    custom_metadata_size:
      description: Their bytes.
      type: int
      returned: success
    shred_count:
      description: Objects that wait to be shredded.
      type: int
      returned: success
    shred_size:
      description: Its bytes.
      type: int
      returned: success
    compressed_count:
      description: Compressed objects.
      type: int
      returned: if the release of HCP reports it
    compressed_saved_size:
      description: Bytes that compression saves.
      type: int
      returned: if the release of HCP reports it
    erasure_coded_count:
      description: Erasure-coded objects.
      type: int
      returned: if the release of HCP reports it
    erasure_coded_size:
      description: Their bytes.
      type: int
      returned: if the release of HCP reports it
    namespaces:
      description: The namespaces, each with its C(name) and the same figures.
      type: list
      elements: dict
      returned: success
  sample:
    tenant: research
    object_count: 41
    ingested_volume: 734003200
    storage_capacity_used: 740294656
    namespaces:
      - name: raw-scans
        object_count: 41
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
    path: /tenants/research/statistics
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: statistics of tenant research
"""


from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.usage import (
    reads_statistics,
)

MODULE = reads_statistics()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
