#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_replication_link
short_description: Manage replication links of an HCP
version_added: 0.1.0
description:
  - Creates, changes and deletes replication links of a Hitachi Content Platform, with their schedule
    and with what they carry.
  - It takes a system-level account with the role ADMINISTRATOR. The system must support replication.
  - A new link is not up before the administrators of the other system have confirmed it. What comes
    from that system can be put on the link only then.
  - Failing over, failing back and recovering are for M(contentplatform.hcp.hcp_replication_link_action).
    No option of this module does any of it.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.connection
options:
  name:
    description: Name of the link. HCP does not tell upper from lower case in it.
    type: str
    required: true
  type:
    description:
      - V(ACTIVE_ACTIVE) for a link in both directions; V(OUTBOUND) for one that sends, V(INBOUND) for
        one that receives. A new link needs it.
      - A link can become V(ACTIVE_ACTIVE), which cannot be undone and takes O(confirm). It cannot
        become anything else.
    type: str
    choices: [ACTIVE_ACTIVE, OUTBOUND, INBOUND]
  description:
    description: Description, up to 1024 characters.
    type: str
  connection:
    description: The ends of the link. A setting that is not given is left as it is.
    type: dict
    suboptions:
      remote_host:
        description: The other system, as V(replication.admin.hcp2.example.com) or as the addresses of
          its nodes with commas between them. A new link needs it.
        type: str
      remote_port:
        description: Port of the other system. HCP takes 5748 for a new link.
        type: int
      local_host:
        description: This system as the other one sees it, if that is not by its own name.
        type: str
      local_port:
        description: Port of this system. HCP takes 5748 for a new link.
        type: int
  compression:
    description: Whether data is compressed on its way.
    type: bool
  encryption:
    description: Whether data is encrypted on its way.
    type: bool
  priority:
    description: What is sent first. V(FAIR) serves all namespaces alike, V(OLDEST_FIRST) what has
      waited longest.
    type: str
    choices: [FAIR, OLDEST_FIRST]
  failover_settings:
    description:
      - What happens by itself when a system is lost. A setting that is not given is left as it is.
      - A link that is not V(ACTIVE_ACTIVE) may have only what the receiving system does, which is
        C(remote) on the sending system.
    type: dict
    suboptions:
      local:
        description: What this system does.
        type: dict
        suboptions: &failover
          auto_failover:
            description: Whether it takes over.
            type: bool
          auto_failover_minutes:
            description: Minutes without the other system after which it does, 7 to 9999.
            type: int
          auto_complete_recovery:
            description: Whether a recovery is completed by itself. Not for V(ACTIVE_ACTIVE) links.
            type: bool
          auto_complete_recovery_minutes:
            description: Minutes after which it is, 1 to 9999. Not for V(ACTIVE_ACTIVE) links.
            type: int
      remote:
        description: What the other system does.
        type: dict
        suboptions: *failover
  schedule:
    description:
      - How fast the link works, and when. An V(OUTBOUND) link has only C(local), an V(INBOUND) one
        only C(remote).
    type: dict
    suboptions:
      local:
        description: What this system sends.
        type: dict
        suboptions: &side
          schedule_override:
            description: A pace that counts instead of the schedule until it is V(NONE).
            type: str
            choices: [LOW, MEDIUM, HIGH, CUSTOM, NONE]
          transitions:
            description: When the pace changes. Replaces the changes that are there.
            type: list
            elements: dict
            suboptions:
              time:
                description: Day and hour, such as V(Mon:07).
                type: str
                required: true
              performance_level:
                description: The pace from then on. Write V(OFF) with quotes, because YAML takes it
                  for a boolean without.
                type: str
                choices: [LOW, MEDIUM, HIGH, CUSTOM, 'OFF']
                required: true
      remote:
        description: What the other system sends.
        type: dict
        suboptions: *side
  tenants:
    description: Tenants that are on the link.
    type: list
    elements: str
  default_namespace_directories:
    description: Directories of the default namespace that are on the link. Case matters. It takes a
      default tenant.
    type: list
    elements: str
  chained_links:
    description: Links whose content is passed on over this one. Not for V(ACTIVE_ACTIVE) links.
    type: list
    elements: str
  exact:
    description:
      - Lists that are the whole truth. What the link carries and such a list does not name is taken
        off. Without this option it stays on the link.
    type: list
    elements: str
    choices: [tenants, default_namespace_directories, chained_links]
    default: []
  suspended:
    description: Whether the link is suspended. It is suspended or resumed if it is not as told.
    type: bool
  confirm:
    description:
      - What may be done though it cannot be undone. V(type) lets a link become V(ACTIVE_ACTIVE),
        V(delete) lets it be deleted with O(state=absent), which ends the replication of all that is on
        it.
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
    - The link in the words of this module's options; empty for one that does not exist. It can be
      given to the module again.
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
  description: Whether the link did not exist before and was created, or would be in check mode.
  returned: success
  type: bool
details:
  description:
    - What HCP shows of the link and nobody can set. C(status) is V(GOOD), V(WARNING) or V(BAD),
      C(status_message) says more; C(statistics) are in the words of HCP.
    - It is empty where the link itself was not read, as with options that are no settings of it, such
      as O(tenants).
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
    - The requests that were needed, in their order; in check mode those that would be.
    - The C(risk) of a step is one of V(create), V(update), V(irreversible) and V(delete). Its
      C(status) is V(planned) in check mode, else V(done), V(failed), V(unknown) where HCP gave no
      usable answer, or V(not_done) for what came after a failure.
  returned: success, and on a failure that came after the first of them
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
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden),
      V(not_found), V(timed_out), V(bad_option) or V(needs_confirmation).
    - Where a request failed there are also its C(method), C(path), C(status) and C(attempts), HCP's
      own words in C(hcp_message) and what to do next in C(hint); where a task was refused before
      anything was sent, the C(option) it was refused for.
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
