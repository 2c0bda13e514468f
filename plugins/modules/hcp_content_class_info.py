#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_content_class_info
short_description: Read HCP content classes
version_added: 0.1.0
description:
  - Reads the content classes of a tenant, or one of them.
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
    description: Name of the content class to read. By default, all are read.
    type: str
seealso:
  - module: contentplatform.hcp.hcp_content_class
"""

EXAMPLES = r"""
- name: Read all content classes of a tenant
  contentplatform.hcp.hcp_content_class_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
  register: classes

- name: Show what can be searched for
  ansible.builtin.debug:
    msg: "{{ classes.content_classes | map(attribute='content_properties') | flatten | map(attribute='name') }}"

- name: Read one class
  contentplatform.hcp.hcp_content_class_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: Scans
"""

RETURN = r"""
content_classes:
  description:
    - The classes, with the option names of M(contentplatform.hcp.hcp_content_class) as keys. Each
      is valid input for that module. The list is empty if the name does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - tenant: research
      name: Scans
      content_properties:
        - name: box_no
          expression: /scan/box
          type: INTEGER
          multivalued: false
          format: ""
      namespaces: [searchable]
details:
  description: Read-only properties of each of RV(content_classes), by its name.
  returned: success
  type: dict
  sample:
    Scans: {}
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
    path: /tenants/research/contentClasses
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: content_classes
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.content_class import (
    CONTENT_CLASSES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import informs

MODULE = informs(CONTENT_CLASSES)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
