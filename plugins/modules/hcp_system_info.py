#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_system_info
short_description: Read the release, nodes, services and licenses of an HCP system
version_added: 0.1.0
description:
  - Reads the properties and state of a Hitachi Content Platform.
  - Requires a system-level account with the role MONITOR or ADMINISTRATOR; SECURITY or SERVICE are
    enough for O(include=support_credentials) alone.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  include:
    description:
      - What to read, with one request each. The release of HCP is always returned.
      - HCP advises to read V(nodes) and V(services) at most once an hour.
    type: list
    elements: str
    choices: [all, licenses, network, nodes, services, support_credentials]
    default: [all]
seealso:
  - module: contentplatform.hcp.hcp_license
  - module: contentplatform.hcp.hcp_network
  - module: contentplatform.hcp.hcp_support_credentials
"""

EXAMPLES = r"""
- name: Read what the system shows of itself
  contentplatform.hcp.hcp_system_info:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
  register: found

- name: Warn of volumes that are nearly full
  ansible.builtin.debug:
    msg: "Node {{ item.0.number }}: {{ item.1.free_bytes | contentplatform.hcp.hcp_size }} left on {{ item.1.id }}"
  loop: "{{ found.system.nodes | subelements('volumes') }}"
  loop_control:
    label: "{{ item.0.number }} {{ item.1.id }}"
  when: item.1.free_bytes < item.1.total_bytes * 0.1
"""

RETURN = r"""
system:
  description: The requested information.
  returned: success
  type: dict
  contains:
    version:
      description: Release of HCP; empty if HCP does not return it.
      type: str
      returned: success
    licenses:
      description:
        - All licenses that were ever uploaded, with C(serial_number), C(feature), C(local_capacity)
          and C(extended_capacity) in bytes, C(upload_date), and C(expiration_date) if the license
          expires.
      type: list
      elements: dict
      returned: with O(include=licenses)
    network:
      description: The settings, in the format of M(contentplatform.hcp.hcp_network).
      type: dict
      returned: with O(include=network)
    nodes:
      description:
        - The running nodes, with their C(number), addresses, connections, load and C(volumes).
          Rates are per second. C(collected_at) is the time of the measurement.
      type: list
      elements: dict
      returned: with O(include=nodes)
    services:
      description:
        - The services, with C(name), C(state), C(started_at), C(ended_at) if the service has ended,
          and object counters. C(performance_level) is returned for a running service.
      type: list
      elements: dict
      returned: with O(include=services)
    support_credentials:
      description:
        - The support access credentials. C(type) is V(Default) or V(Exclusive); the latter have
          C(serial_number), C(created_at) and C(applied_at).
      type: dict
      returned: with O(include=support_credentials)
  sample:
    version: 9.3.0.1
    licenses:
      - serial_number: "40001"
        feature: Premium
        local_capacity: 500000000000000
        extended_capacity: 0
        expiration_date: "2028-12-31"
        upload_date: "2026-01-05"
    network:
      downstream_dns_mode: BASIC
    nodes:
      - number: 101
        front_end_addresses: [192.0.2.101]
        back_end_address: 172.16.0.101
        collected_at: "2026-05-04T13:06:00Z"
        volumes:
          - id: vol001
            total_bytes: 10995116277760
            free_bytes: 8796093022208
    services:
      - name: GarbageCollection
        state: READY
        started_at: "2026-05-04T04:00:00Z"
        ended_at: "2026-05-04T04:10:00Z"
    support_credentials:
      type: Default
      default_key_type: Arizona
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
    path: /nodes/statistics
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: the system
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.system import describes

MODULE = describes()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
