#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_replication_link_action
short_description: Run actions on HCP replication links
version_added: 0.1.0
description:
  - Runs an action on a replication link of a Hitachi Content Platform, on a tenant of the link, or
    on all links. The module sends an action only once. If HCP gives no response and its state does
    not show that the action was carried out, the task fails and says so.
  - Requires a system-level account with the role ADMINISTRATOR.
  - To suspend or resume a link, use the option
    O(contentplatform.hcp.hcp_replication_link#module:suspended) of
    M(contentplatform.hcp.hcp_replication_link).
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.connection
attributes:
  check_mode:
    description: Can run in C(check_mode), and predicts whether the action would be sent.
    support: full
  diff_mode:
    description: The module does not know what an action changes. See RV(before) and RV(after).
    support: none
  idempotent:
    description: The module does not repeat an action that is already done according to the state of
      the link. That state never shows whether V(restore) was done.
    support: partial
options:
  name:
    description: Name of the link. Omit it for actions on all links.
    type: str
  tenant:
    description: Name of a tenant on the link, for V(pause_tenant) and V(resume_tenant).
    type: str
  reason:
    description: Reason for shutting down all links, up to 1024 characters. Required for
      V(shut_down_all_links).
    type: str
  action:
    description:
      - V(failover) makes this system take over from the other one. Send it to the system that takes
        over.
      - V(failback) ends the failover of an active/active link. It does nothing on a link with the
        status C(Synchronizing data).
      - V(begin_recovery) starts to send back the changes made during the failover of an
        active/passive link, and V(complete_recovery) ends the recovery. The latter does nothing on
        a link with the status C(Sending data) or C(Receiving data).
      - V(restore) recreates a link that the other system has lost.
      - V(pause_tenant) stops the replication of one tenant on the link until V(resume_tenant). HCP
        can also pause a tenant itself; RV(before) then has C(AUTO_PAUSED).
      - V(shut_down_all_links) stops all replication of the system until V(reestablish_all_links).
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
    description: Actions that are confirmed. It must contain the O(action), unless there is nothing
      to do, or the action pauses or resumes a tenant.
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
  description: State of the target of O(action) before the action. A tenant has C(status),
    C(up_to_date_as_of) and the pending data; all links have only C(status).
  returned: success
  type: dict
  sample:
    status: BAD
    status_message: Broken link
    suspended: false
    type: ACTIVE_ACTIVE
after:
  description: State after the action. In check mode it equals RV(before). It is empty if it could
    not be read.
  returned: success
  type: dict
  sample:
    status: WARNING
    status_message: Failed over
    suspended: false
    type: ACTIVE_ACTIVE
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as
      V(needs_confirmation), V(forbidden) or V(timed_out); C(method), C(path), C(status),
      C(attempts), C(hcp_message) and C(hint) describe the failed request.
  returned: failure
  type: dict
  sample:
    code: forbidden
    status: 403
    method: POST
    path: /services/replication/links/berlin-paris
    hcp_message: The link cannot fail over in its current state.
    hint: >-
      HCP does not allow this for the account, or in the current state of the resource.
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
