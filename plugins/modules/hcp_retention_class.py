#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_retention_class
short_description: Manage retention classes of an HCP namespace
version_added: 0.1.0
description:
  - Creates, changes and deletes retention classes of a namespace of a Hitachi Content Platform.
  - HCP keeps an object for the retention of its class, even if the class is changed later.
  - Writing requires the COMPLIANCE role. In a namespace in compliance mode HCP does not delete a
    class or shorten its retention.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.attributes.nested
  - contentplatform.hcp.connection
options:
  tenant:
    description: The tenant that the namespace belongs to.
    type: str
    required: true
  namespace:
    description: The namespace that the class belongs to.
    type: str
    required: true
  name:
    description:
      - Name of the class, of letters, digits, C(-) and C(_). It is case-insensitive and cannot be
        changed.
    type: str
    required: true
  value:
    description:
      - Retention of objects in the class. V(0) allows deletion, V(-1) prohibits deletion, V(-2)
        leaves the retention unspecified. An offset such as V(A+7y) or V(A+1y+6M) counts from the
        time the object was stored, in V(y), V(M) for months, V(w), V(d), V(h), V(m) for minutes and
        V(s).
      - Required for a new class. A longer retention for an existing class requires
        O(confirm=value), because in compliance mode it cannot be shortened again.
    type: str
  description:
    description: Description.
    type: str
  allow_disposition:
    description:
      - Whether HCP can delete objects of the class when their retention expires. It has an effect
        only if O(value) is an offset. The default for a new class is V(false).
    type: bool
  confirm:
    description:
      - Confirms irreversible changes. A task that would make such a change without naming it here
        is refused before anything is sent, in check mode too.
    type: list
    elements: str
    choices: [value]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_retention_class_info
  - module: contentplatform.hcp.hcp_namespace
"""

EXAMPLES = r"""
- name: Have a class for what must be kept for seven years
  contentplatform.hcp.hcp_retention_class:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    namespace: raw-scans
    name: keep-7y
    value: A+7y
    description: Kept for seven years
    allow_disposition: true

- name: Keep its objects for ten years instead
  contentplatform.hcp.hcp_retention_class:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    namespace: raw-scans
    name: keep-7y
    value: A+10y
    confirm: [value]

- name: Delete the class
  contentplatform.hcp.hcp_retention_class:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    namespace: raw-scans
    name: keep-7y
    state: absent
"""

RETURN = r"""
retention_class:
  description:
    - The class, with this module's option names as keys; empty if it does not exist. It is valid
      input for the module.
  returned: success
  type: dict
  sample:
    tenant: research
    namespace: raw-scans
    name: keep-7y
    value: A+7y
    description: Kept for seven years
    allow_disposition: true
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
      resource: retention class keep-7y of namespace raw-scans of tenant research
      method: POST
      path: /tenants/research/namespaces/raw-scans/retentionClasses/keep-7y
      options: [description]
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
    path: /tenants/research/namespaces/raw-scans/retentionClasses/keep-7y
    hcp_message: The user does not have permission to perform this operation.
    hint: >-
      HCP does not allow this for the account, or in the current state of the resource. The request
      needs the role COMPLIANCE.
    attempts: 1
    resource: retention class keep-7y of namespace raw-scans of tenant research
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.retention_class import (
    RETENTION_CLASSES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(RETENTION_CLASSES)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
