#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_replication_service
short_description: Manage the replication service of an HCP
version_added: 0.1.0
description:
  - Changes the settings of the replication service of a Hitachi Content Platform. Without any of them
    it reads them. A setting that is not given is left as it is.
  - It takes a system-level account with the role ADMINISTRATOR, or with MONITOR as long as nothing is
    to be changed. The system must support replication.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.once
  - contentplatform.hcp.connection
options:
  allow_tenants_to_monitor_namespaces:
    description: Whether tenants may see how far the replication of their namespaces is.
    type: bool
  connectivity_timeout_seconds:
    description: Seconds after which a connection to another system counts as lost.
    type: int
  enable_dns_failover:
    description: Whether the DNS of a system that takes over for another one answers for its domain as
      well.
    type: bool
  network:
    description:
      - Name of the network that replication goes over. The brackets in names such as V([hcp_system])
        belong to them; C([hcp_backend]) cannot be used.
      - HCP does not tell upper from lower case in it.
    type: str
  verification:
    description:
      - Whether what has been replicated is verified. V(ON) does so all the time, V(ONCE) for a single
        run.
      - What HCP shows after that run is not documented. If it is no longer V(ONCE), a task that says
        V(ONCE) starts another run.
      - Write V(ON) and V(OFF) with quotes, because YAML takes them for booleans without.
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
  description: The settings in the words of this module's options.
  returned: success
  type: dict
  sample:
    allow_tenants_to_monitor_namespaces: false
    connectivity_timeout_seconds: 60
    enable_dns_failover: false
    network: backup
    verification: 'ON'
created:
  description: Always V(false), because the settings are always there.
  returned: success
  type: bool
details:
  description:
    - What HCP shows and these options cannot set. The C(status) is V(ENABLED), or V(SHUTDOWN) while
      all links are shut down.
  returned: success
  type: dict
  sample:
    status: ENABLED
steps:
  description:
    - The request that was needed, or that would be in check mode; none where nothing is to change.
    - Its C(status) is V(planned) in check mode, else V(done), V(failed), or V(unknown) where HCP gave
      no usable answer.
  returned: success, and where the request failed
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
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) say more
      where a request failed.
  returned: failure
  type: dict
  sample:
    code: forbidden
    status: 403
    method: POST
    path: /services/replication
    hcp_message: The user does not have permission to perform this operation.
    hint: This takes an account with the role ADMINISTRATOR.
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
