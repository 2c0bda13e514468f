#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_content_class
short_description: Manage content classes of an HCP tenant
version_added: 0.1.0
description:
  - Creates, changes and deletes content classes of a tenant of a Hitachi Content Platform. A
    content class defines which parts of the custom metadata of objects are searchable, and in which
    namespaces.
  - The tenant needs the search feature, and the namespaces need C(search_enabled).
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.attributes.nested
  - contentplatform.hcp.connection
options:
  tenant:
    description: The tenant that the class belongs to.
    type: str
    required: true
  name:
    description: Name of the class. It is case-insensitive.
    type: str
    required: true
  content_properties:
    description:
      - The searchable properties. The list replaces the existing properties; an empty list removes
        them.
      - HCP deletes only classes without properties. With O(state=absent) the module therefore
        removes the properties first.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the property, of letters, digits and C(_). It is case-sensitive.
        type: str
        required: true
      expression:
        description: XPath of the value, after C(@annotation:) if the value is in that annotation.
        type: str
        required: true
      type:
        description: Type of the value.
        type: str
        choices: [BOOLEAN, DATE, FLOAT, FULLTEXT, INTEGER, STRING]
        required: true
      multivalued:
        description: Whether an object can have several values. The default is V(false).
        type: bool
      format:
        description:
          - Pattern for the format of a V(DATE), V(FLOAT) or V(INTEGER); other types have no format.
        type: str
  namespaces:
    description:
      - The namespaces that use the class. The list replaces the existing list; an empty list
        removes all.
    type: list
    elements: str
seealso:
  - module: contentplatform.hcp.hcp_content_class_info
  - module: contentplatform.hcp.hcp_namespace
"""

EXAMPLES = r"""
- name: Make scans searchable by box and date
  contentplatform.hcp.hcp_content_class:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: Scans
    content_properties:
      - name: box_no
        expression: /scan/box
        type: INTEGER
      - name: taken_on
        expression: "@exif:/scan/date"
        type: DATE
        format: yyyy-MM-dd
    namespaces: [searchable]

- name: Take the class away from all namespaces
  contentplatform.hcp.hcp_content_class:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: Scans
    namespaces: []

- name: Delete the class
  contentplatform.hcp.hcp_content_class:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: Scans
    state: absent
"""

RETURN = r"""
content_class:
  description:
    - The class, with this module's option names as keys; empty if it does not exist. It is valid
      input for the module.
  returned: success
  type: dict
  sample:
    tenant: research
    name: Scans
    content_properties:
      - name: box_no
        expression: /scan/box
        type: INTEGER
        multivalued: false
        format: ""
    namespaces: [searchable]
created:
  description: Whether the class was created, or would be created in check mode.
  returned: success
  type: bool
details:
  description: Read-only properties of the class. Always empty.
  returned: success
  type: dict
  sample: {}
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
      resource: content class Scans of tenant research
      method: POST
      path: /tenants/research/contentClasses/Scans
      options: [namespaces]
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
    code: forbidden
    status: 403
    method: POST
    path: /tenants/research/contentClasses/Scans
    hcp_message: The user does not have permission to perform this operation.
    hint: >-
      HCP does not allow this for the account, or in the current state of the resource. The request
      needs the role ADMINISTRATOR.
    attempts: 1
    resource: content class Scans of tenant research
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.content_class import (
    CONTENT_CLASSES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(CONTENT_CLASSES)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
