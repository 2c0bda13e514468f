#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_replication_link_action
short_description: Have HCP replication links do something
version_added: 0.1.0
description:
  - Has a replication link of a Hitachi Content Platform, a tenant on it, or all links do something that
    is no setting. An action is sent only once. Where HCP gave no answer to it, and does not show that
    it has been done either, the task fails and says so.
  - It takes a system-level account with the role ADMINISTRATOR.
  - To suspend and to resume a link is for the option C(suspended) of
    M(contentplatform.hcp.hcp_replication_link).
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.connection
attributes:
  check_mode:
    description: Can run in C(check_mode), and says whether the action would be sent.
    support: full
  diff_mode:
    description: Does not know what an action changes. See RV(before) and RV(after).
    support: none
  idempotent:
    description: An action that the link says has been done is not sent again. It never says so of
      V(restore).
    support: partial
options:
  name:
    description: Name of the link. Not for the actions of all links.
    type: str
  tenant:
    description: Name of a tenant on the link, for V(pause_tenant) and V(resume_tenant).
    type: str
  reason:
    description: Why all links are shut down, up to 1024 characters. V(shut_down_all_links) needs it.
    type: str
  action:
    description:
      - V(failover) has this system take over from the other one. Send it to the system that is to
        take over.
      - V(failback) ends the failover of an active/active link. On one that is C(Synchronizing data)
        there is nothing to end.
      - V(begin_recovery) begins to bring back what was changed during the failover of an
        active/passive link, and V(complete_recovery) ends that. On a link that is C(Sending data) or
        C(Receiving data) there is nothing to complete.
      - V(restore) makes a link anew that the other system has lost.
      - V(pause_tenant) stops the replication of one tenant on the link until V(resume_tenant). HCP may
        pause a tenant by itself, as C(AUTO_PAUSED) in RV(before) says.
      - V(shut_down_all_links) ends all replication of the system until V(reestablish_all_links).
    type: str
    choices:
      - failover
      - failback
      - begin_recovery
      - complete_recovery
      - restore
      - pause_tenant
      - resume_tenant
      - shut_down_all_links
      - reestablish_all_links
    required: true
  confirm:
    description: Actions that may be carried out. It must hold the O(action), unless there is nothing
      to do, or a tenant is paused or resumed.
    type: list
    elements: str
    choices:
      - failover
      - failback
      - begin_recovery
      - complete_recovery
      - restore
      - shut_down_all_links
      - reestablish_all_links
    default: []
seealso:
  - module: contentplatform.hcp.hcp_replication_link
  - module: contentplatform.hcp.hcp_replication_link_info
"""

EXAMPLES = r"""
- name: Take over from the other system
  contentplatform.hcp.hcp_replication_link_action:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: berlin-paris
    action: failover
    confirm: [failover]

- name: Go back to normal, once the other system is there again
  contentplatform.hcp.hcp_replication_link_action:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: berlin-paris
    action: failback
    confirm: [failback]

- name: Put a tenant on the link
  contentplatform.hcp.hcp_replication_link:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: berlin-paris
    tenants: [research]

- name: Pause it for the time of a migration
  contentplatform.hcp.hcp_replication_link_action:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: berlin-paris
    tenant: research
    action: pause_tenant

- name: End all replication
  contentplatform.hcp.hcp_replication_link_action:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    action: shut_down_all_links
    reason: The network is being rebuilt
    confirm: [shut_down_all_links]
"""

RETURN = r"""
before:
  description: What HCP said before of that to which the O(action) is done. A tenant has C(status),
    C(up_to_date_as_of) and what is pending, all links have C(status) only.
  returned: success
  type: dict
  sample:
    status: BAD
    status_message: Broken link
    suspended: false
    type: ACTIVE_ACTIVE
after:
  description: What HCP says of it now. In check mode it is the same as RV(before). It is empty
    where it could not be read any more.
  returned: success
  type: dict
  sample:
    status: WARNING
    status_message: Failed over
    suspended: false
    type: ACTIVE_ACTIVE
error:
  description:
    - The failure as data. C(code) is a stable name of the reason, such as V(needs_confirmation),
      V(forbidden) or V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and
      C(hint) say more where a request failed.
  returned: failure
  type: dict
  sample:
    code: forbidden
    status: 403
    method: POST
    path: /services/replication/links/berlin-paris
    hcp_message: The link cannot fail over in its current state.
    hint: HCP refuses this to the account, or as things stand now.
    attempts: 1
    resource: replication link berlin-paris
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.replication import acts

MODULE = acts()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
