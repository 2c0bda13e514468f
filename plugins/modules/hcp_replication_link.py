#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_replication_link
short_description: Manage replication links of an HCP system
version_added: 0.2.0
description:
  - Creates, changes and deletes replication links of a Hitachi Content Platform, including their
    schedule and content.
  - Requires a system-level account with the role ADMINISTRATOR. The system must support
    replication.
  - A new link is up only when the administrators of the other system have confirmed it. Only then
    can content of that system be added to the link.
  - Failover, failback and recovery are actions of
    M(contentplatform.hcp.hcp_replication_link_action). No option of this module starts one.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.connection
options:
  name:
    description: Name of the link. It is case-insensitive.
    type: str
    required: true
  type:
    description:
      - V(ACTIVE_ACTIVE) for a link in both directions, V(OUTBOUND) for a link that sends,
        V(INBOUND) for a link that receives. Required for a new link.
      - A link can be changed to V(ACTIVE_ACTIVE), which cannot be undone and requires O(confirm).
        Other changes are not possible.
    type: str
    choices: [ACTIVE_ACTIVE, OUTBOUND, INBOUND]
  description:
    description: Description, up to 1024 characters.
    type: str
  connection:
    description: Endpoints of the link. A setting that is not given is left unchanged.
    type: dict
    suboptions:
      remote_host:
        description: The other system, as V(replication.admin.hcp2.example.com) or as the
          comma-separated addresses of its nodes. Required for a new link.
        type: str
      remote_port:
        description: Port of the other system. HCP's default for a new link is 5748.
        type: int
      local_host:
        description: Address of this system as seen by the other one, if it differs from its own
          name.
        type: str
      local_port:
        description: Port of this system. HCP's default for a new link is 5748.
        type: int
  compression:
    description: Whether data is compressed in transit.
    type: bool
  encryption:
    description: Whether data is encrypted in transit.
    type: bool
  priority:
    description: What is sent first. V(FAIR) treats all namespaces equally, V(OLDEST_FIRST) sends
      the oldest data first.
    type: str
    choices: [FAIR, OLDEST_FIRST]
  failover_settings:
    description:
      - Automatic actions after the loss of a system. A setting that is not given is left unchanged.
      - A link that is not V(ACTIVE_ACTIVE) can have settings only for the receiving system, which
        is C(remote) on the sending system.
    type: dict
    suboptions:
      local:
        description: Settings of this system.
        type: dict
        suboptions: &failover
          auto_failover:
            description: Whether the system fails over automatically.
            type: bool
          auto_failover_minutes:
            description: Minutes without a connection to the other system before the failover, 7 to
              9999.
            type: int
          auto_complete_recovery:
            description: Whether a recovery is completed automatically. Not for V(ACTIVE_ACTIVE)
              links.
            type: bool
          auto_complete_recovery_minutes:
            description: Minutes before the recovery is completed, 1 to 9999. Not for
              V(ACTIVE_ACTIVE) links.
            type: int
      remote:
        description: Settings of the other system.
        type: dict
        suboptions: *failover
  schedule:
    description:
      - Performance level of the link over time. An V(OUTBOUND) link has only C(local), an
        V(INBOUND) link only C(remote).
    type: dict
    suboptions:
      local:
        description: Schedule for the data that this system sends.
        type: dict
        suboptions: &side
          schedule_override:
            description: A performance level that overrides the schedule until it is set to V(NONE).
            type: str
            choices: [LOW, MEDIUM, HIGH, CUSTOM, NONE]
          transitions:
            description: Times at which the performance level changes. The list replaces the
              existing list.
            type: list
            elements: dict
            suboptions:
              time:
                description: Day and hour, such as V(Mon:07).
                type: str
                required: true
              performance_level:
                description: The performance level from that time on. Quote V(OFF), because YAML
                  reads it as a boolean otherwise.
                type: str
                choices: [LOW, MEDIUM, HIGH, CUSTOM, 'OFF']
                required: true
      remote:
        description: Schedule for the data that the other system sends.
        type: dict
        suboptions: *side
  tenants:
    description: Tenants to replicate over the link.
    type: list
    elements: str
  default_namespace_directories:
    description: Directories of the default namespace to replicate over the link. They are
      case-sensitive. Requires a default tenant.
    type: list
    elements: str
  chained_links:
    description: Links whose content this link forwards. Not for V(ACTIVE_ACTIVE) links.
    type: list
    elements: str
  exact:
    description:
      - Lists that are exhaustive. The module removes content from the link that such a list does
        not name. By default it stays on the link.
    type: list
    elements: str
    choices: [tenants, default_namespace_directories, chained_links]
    default: []
  suspended:
    description: Whether the link is suspended. The module suspends or resumes the link if its state
      differs.
    type: bool
  confirm:
    description:
      - Confirms irreversible changes. V(type) permits a change to V(ACTIVE_ACTIVE). V(delete)
        permits O(state=absent), which ends the replication of everything on the link.
    type: list
    elements: str
    choices: [delete, type]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_replication_link_info
  - module: contentplatform.hcp.hcp_replication_link_action
  - module: contentplatform.hcp.hcp_replication_service
"""

EXAMPLES = r"""
- name: Replicate a tenant in both directions, slowly during working hours
  contentplatform.hcp.hcp_replication_link:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: berlin-munich
    type: ACTIVE_ACTIVE
    connection:
      remote_host: replication.admin.hcp2.example.com
    encryption: true
    failover_settings:
      local:
        auto_failover: true
        auto_failover_minutes: 60
    schedule:
      local:
        transitions:
          - time: Mon:07
            performance_level: LOW
          - time: Mon:19
            performance_level: HIGH
    tenants: [research]

- name: Suspend the link
  contentplatform.hcp.hcp_replication_link:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: berlin-munich
    suspended: true

- name: Take everything but one tenant off the link
  contentplatform.hcp.hcp_replication_link:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: berlin-munich
    tenants: [research]
    exact: [tenants]

- name: Delete the link
  contentplatform.hcp.hcp_replication_link:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: berlin-munich
    state: absent
    confirm: [delete]
"""

RETURN = r"""
replication_link:
  description:
    - The link, with this module's option names as keys; empty if it does not exist. It is valid
      input for the module.
  returned: success
  type: dict
  sample:
    name: berlin-munich
    type: ACTIVE_ACTIVE
    description: ""
    connection:
      remote_host: replication.admin.hcp2.example.com
      remote_port: 5748
      local_port: 5748
    compression: false
    encryption: true
    priority: OLDEST_FIRST
    tenants: [research]
created:
  description: Whether the link was created, or would be created in check mode.
  returned: success
  type: bool
details:
  description:
    - Read-only properties of the link. C(status) is V(GOOD), V(WARNING) or V(BAD),
      C(status_message) explains it; C(statistics) has HCP's property names.
    - Empty if the link itself was not read, for example in a task with only O(tenants).
  returned: success
  type: dict
  sample:
    id: 7f1a1c8e-31f6-44cb-a3a1-0d5a2f0a8f77
    status: GOOD
    status_message: Synchronizing data
    statistics:
      bytesPending: 0
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
      resource: tenants of replication link berlin-munich
      method: PUT
      path: /services/replication/links/berlin-munich/content/tenants/research
      options: [tenants]
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
    code: needs_confirmation
    resource: replication link berlin-munich
    option: type
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.links import (
    REPLICATION_LINKS,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(REPLICATION_LINKS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
