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
  - An object in a class is kept as long as the class says, also when the class is changed later.
  - Writing takes the COMPLIANCE role. In a namespace in compliance mode HCP deletes no class and
    makes the retention of none shorter.
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
      - Name of the class, from letters, digits, C(-) and C(_). HCP does not tell upper from lower
        case in it, and cannot change it.
    type: str
    required: true
  value:
    description:
      - How long objects of the class are kept. V(0) allows deletion, V(-1) prohibits it, V(-2)
        leaves it open. An offset such as V(A+7y) or V(A+1y+6M) counts from the time the object was
        stored, in V(y), V(M) for months, V(w), V(d), V(h), V(m) for minutes and V(s).
      - A new class needs one. Making it longer for a class that exists takes O(confirm=value),
        because in compliance mode it stays that long.
    type: str
  description:
    description: Description.
    type: str
  allow_disposition:
    description:
      - Whether HCP may delete objects of the class by itself when their retention ends. Means
        nothing where O(value) is no offset. The default for a new class is V(false).
    type: bool
  confirm:
    description:
      - The changes that cannot be undone and that this task may make all the same. A task that
        would make one that is not named here is refused before anything is sent, in check mode too.
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
    - The class in the words of this module's options; empty for one that does not exist. It can be
      given to the module again.
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
      resource: retention class keep-7y of namespace raw-scans of tenant research
      method: POST
      path: /tenants/research/namespaces/raw-scans/retentionClasses/keep-7y
      options: [description]
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
    path: /tenants/research/namespaces/raw-scans/retentionClasses/keep-7y
    hcp_message: The user does not have permission to perform this operation.
    hint: This takes an account with the role COMPLIANCE.
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
