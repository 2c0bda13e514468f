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
  - Creates, changes and deletes content classes of a tenant of a Hitachi Content Platform. A content
    class says which parts of the custom metadata of objects can be searched for, and in which
    namespaces.
  - The tenant needs the search feature, and the namespaces need search.
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
    description: Name of the class. HCP does not tell upper from lower case in it.
    type: str
    required: true
  content_properties:
    description:
      - What can be searched for. Replaces the properties that are there; an empty list removes them.
      - HCP deletes only classes without properties, so they are removed first with O(state=absent).
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the property, from letters, digits and C(_). Case matters.
        type: str
        required: true
      expression:
        description: XPath of the value, after C(@annotation:) if it is in that annotation.
        type: str
        required: true
      type:
        description: Kind of the value.
        type: str
        choices: [BOOLEAN, DATE, FLOAT, FULLTEXT, INTEGER, STRING]
        required: true
      multivalued:
        description: Whether an object may have several values. V(false) if not given.
        type: bool
      format:
        description:
          - How a V(DATE), V(FLOAT) or V(INTEGER) is written, as a pattern; other types have none.
        type: str
  namespaces:
    description:
      - The namespaces that the class is for. Replaces those that are there; an empty list takes all
        of them away.
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
    - The class in the words of this module's options; empty for one that does not exist. It can be
      given to the module again.
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
  description: Whether the class did not exist before and was created, or would be in check mode.
  returned: success
  type: bool
details:
  description: What HCP shows of the class and nobody can set, which is nothing.
  returned: success
  type: dict
  sample: {}
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
      resource: content class Scans of tenant research
      method: POST
      path: /tenants/research/contentClasses/Scans
      options: [namespaces]
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
    code: forbidden
    status: 403
    method: POST
    path: /tenants/research/contentClasses/Scans
    hcp_message: The user does not have permission to perform this operation.
    hint: This takes an account with the role ADMINISTRATOR.
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
