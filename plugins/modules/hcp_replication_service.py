#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_replication_service
short_description: Manage the replication service of an HCP system
version_added: 0.1.0
description:
  - Changes the settings of the replication service of a Hitachi Content Platform. Without a
    setting, the module only reads them. A setting that is not given is left unchanged.
  - Requires a system-level account with the role ADMINISTRATOR; MONITOR is enough if nothing
    changes. The system must support replication.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.once
  - contentplatform.hcp.connection
options:
  allow_tenants_to_monitor_namespaces:
    description: Whether tenants can monitor the replication progress of their namespaces.
    type: bool
  connectivity_timeout_seconds:
    description: Seconds after which a connection to another system counts as lost.
    type: int
  enable_dns_failover:
    description: Whether a system that takes over for another one also answers DNS queries for its
      domain.
    type: bool
  network:
    description:
      - Name of the network for replication. The brackets in names such as V([hcp_system]) are part
        of the name; C([hcp_backend]) is not allowed.
      - It is case-insensitive.
    type: str
  verification:
    description:
      - Whether HCP verifies replicated data. V(ON) verifies continuously, V(ONCE) in a single run.
      - The documentation of HCP does not say what it returns after that run. If it no longer
        returns V(ONCE), a task with V(ONCE) starts another run.
      - Quote V(ON) and V(OFF), because YAML reads them as booleans otherwise.
    type: str
    choices: ['ON', ONCE, 'OFF']
seealso:
  - module: contentplatform.hcp.hcp_replication_link
  - module: contentplatform.hcp.hcp_config
"""

EXAMPLES = r"""
- name: Replicate over a network of its own, and verify all the time
  contentplatform.hcp.hcp_replication_service:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    network: backup
    verification: 'ON'
    connectivity_timeout_seconds: 60

- name: Read the settings
  contentplatform.hcp.hcp_replication_service:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
  register: found

- name: Show whether the links are shut down
  ansible.builtin.debug:
    msg: "{{ found.details.status }}"
"""

RETURN = r"""
replication_service:
  description: The settings, with this module's option names as keys.
  returned: success
  type: dict
  sample:
    allow_tenants_to_monitor_namespaces: false
    connectivity_timeout_seconds: 60
    enable_dns_failover: false
    network: backup
    verification: 'ON'
created:
  description: Always V(false), because the settings always exist.
  returned: success
  type: bool
details:
  description:
    - Read-only properties. C(status) is V(ENABLED), or V(SHUTDOWN) while all links are shut down.
  returned: success
  type: dict
  sample:
    status: ENABLED
steps:
  description:
    - The request that was sent, or would be sent in check mode; empty if nothing changes.
    - C(status) is V(planned) in check mode, otherwise V(done), V(failed), or V(unknown) if HCP gave
      no usable response.
  returned: success, and if the request failed
  type: list
  elements: dict
  sample:
    - action: update
      resource: replication service
      method: POST
      path: /services/replication
      options: [verification]
      risk: update
      status: done
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) describe
      the failed request.
  returned: failure
  type: dict
  sample:
    code: forbidden
    status: 403
    method: POST
    path: /services/replication
    hcp_message: The user does not have permission to perform this operation.
    hint: >-
      HCP does not allow this for the account, or in the current state of the resource. The request
      needs the role ADMINISTRATOR.
    attempts: 1
    resource: replication service
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.replication import (
    REPLICATION_SERVICE,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(REPLICATION_SERVICE)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
