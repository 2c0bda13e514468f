#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_namespace_info
short_description: Read HCP namespaces
version_added: 0.1.0
description:
  - Reads the namespaces of a tenant, optionally with additional settings.
  - An account that has only C(allow_namespace_management) sees only the name and owner of its own
    namespaces.
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
  name:
    description: Name of the namespace to read. By default, all are read.
    type: str
  name_prefix:
    description: Prefix of the names to read. It is case-insensitive.
    type: str
  tag:
    description: Prefix of a tag that the resource must have. It is case-insensitive.
    type: str
  include:
    description:
      - Additional settings to read. Each needs one more request for each namespace.
      - Settings that a namespace does not have, such as CORS rules that were never set, are
        omitted.
    type: list
    elements: str
    choices:
      - all
      - versioning
      - compliance
      - permission_mask
      - http
      - cifs
      - nfs
      - smtp
      - custom_metadata_indexing
      - replication_collision
      - cors
    default: []
seealso:
  - module: contentplatform.hcp.hcp_namespace
"""

EXAMPLES = r"""
- name: Read all namespaces of a tenant
  contentplatform.hcp.hcp_namespace_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
  register: all

- name: Read those whose names start with raw, with everything below them
  contentplatform.hcp.hcp_namespace_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name_prefix: raw
    include: [all]
  register: raw

- name: Set up a copy of a namespace under another name
  contentplatform.hcp.hcp_namespace:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: "{{ item.tenant }}"
    name: "{{ item.name }}-copy"
    hard_quota: "{{ item.hard_quota }}"
    versioning: "{{ item.versioning }}"
    compliance: "{{ item.compliance }}"
  loop: "{{ raw.namespaces }}"
  loop_control:
    label: "{{ item.name }}"
"""

RETURN = r"""
namespaces:
  description:
    - The namespaces, with the option names of M(contentplatform.hcp.hcp_namespace) as keys. Each is
      valid input for that module. The list is empty if the name does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - tenant: research
      name: raw-scans
      hard_quota: 500.00 GB
      soft_quota: 85
details:
  description:
    - Read-only properties of each of RV(namespaces), by its name. Timestamps are UTC.
  returned: success
  type: dict
  sample:
    raw-scans:
      id: 0b0e5d52-7b92-4f63-a4b5-6b1f8a1d1f10
      fully_qualified_name: raw-scans.research.hcp.example.com
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
    path: /tenants
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: namespaces
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.namespace import (
    NAMESPACES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import informs

MODULE = informs(NAMESPACES)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
