#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_retention_class_info
short_description: Read HCP retention classes
version_added: 0.1.0
description:
  - Reads the retention classes of a namespace, or one of them.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  tenant:
    description: The tenant that the namespace belongs to.
    type: str
    required: true
  namespace:
    description: The namespace to read from.
    type: str
    required: true
  name:
    description: Name of the retention class to read. By default, all are read.
    type: str
seealso:
  - module: contentplatform.hcp.hcp_retention_class
"""

EXAMPLES = r"""
- name: Read all retention classes of a namespace
  contentplatform.hcp.hcp_retention_class_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    namespace: raw-scans
  register: classes

- name: Have the same classes in another namespace
  contentplatform.hcp.hcp_retention_class:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    namespace: published
    name: "{{ item.name }}"
    value: "{{ item.value }}"
    description: "{{ item.description }}"
    allow_disposition: "{{ item.allow_disposition }}"
  loop: "{{ classes.retention_classes }}"
  loop_control:
    label: "{{ item.name }}"

- name: Read one class
  contentplatform.hcp.hcp_retention_class_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    namespace: raw-scans
    name: keep-7y
"""

RETURN = r"""
retention_classes:
  description:
    - The classes, with the option names of M(contentplatform.hcp.hcp_retention_class) as keys. Each
      is valid input for that module. The list is empty if the name does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - tenant: research
      namespace: raw-scans
      name: keep-7y
      value: A+7y
      description: Kept for seven years
      allow_disposition: true
details:
  description: Read-only properties of each of RV(retention_classes), by its name.
  returned: success
  type: dict
  sample:
    keep-7y: {}
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
    path: /tenants/research/namespaces/raw-scans/retentionClasses
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: retention_classes
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.retention_class import (
    RETENTION_CLASSES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import informs

MODULE = informs(RETENTION_CLASSES)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
