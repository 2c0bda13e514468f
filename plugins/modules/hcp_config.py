#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_config
short_description: Make an HCP as a configuration says
version_added: 0.1.0
description:
  - Takes the desired state of many resources at once, and makes a Hitachi Content Platform so.
  - First everything that the configuration speaks of is read, several requests at a time. What is to
    be done becomes one plan, and nothing is written unless all of it may be. The plan is then carried
    out in the order in which things depend on each other, several requests at a time.
  - A run that was interrupted is finished by the next one.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.connection
  - contentplatform.hcp.connection.s3
  - contentplatform.hcp.bulk
  - contentplatform.hcp.bulk.config
attributes:
  check_mode:
    description: Can run in C(check_mode) and return the plan without writing to HCP.
    support: full
  diff_mode:
    description: Returns what has changed, or would change, in C(diff) mode. Secrets are not shown.
    support: full
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second
      invocation indicates no change.
    support: full
options:
  max_deletions:
    description: How many resources may be deleted. A plan that deletes more is refused as a whole.
    type: int
    default: 10
  confirm:
    description:
      - Acknowledges changes that cannot be undone, anywhere in the configuration. The words are those
        of the modules for the kinds, where they are explained; V(delete) is for deletions.
      - An item of the configuration may have a C(confirm) of its own, for itself alone.
    type: list
    elements: str
    default: []
  on_failure:
    description:
      - What is to become of the rest of the plan when a step fails. V(stop) begins no further step;
        V(continue) does everything that does not depend on what failed.
      - With V(continue) what could not be read is left alone, and the rest is done all the same.
      - Either way the task fails in the end, and RV(plan) tells what was done.
    type: str
    choices: [stop, continue]
    default: stop
  verify:
    description:
      - Whether to read everything again after changes, and to fail with the code V(contended) where
        HCP is not as configured, because somebody else has changed it meanwhile.
      - It takes as many requests as a run that finds nothing to do.
    type: bool
    default: false
  plan_file:
    description:
      - A file to write the plan to, before anything of it is done. Also in check mode.
      - The plan has what was done even before it could be made. That is only ever the account to
        work as getting its roles, without which the rest cannot be read.
    type: path
  approved_plan:
    description:
      - A file with a plan, as O(plan_file) writes it. If what is to be done now is anything else,
        because HCP or the configuration has changed since, nothing is done.
    type: path
seealso:
  - module: contentplatform.hcp.hcp_config_info
  - module: contentplatform.hcp.hcp_drift_info
"""

EXAMPLES = r"""
- name: Provision a department, from nothing
  contentplatform.hcp.hcp_config:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    config:
      tenants:
        - name: finance
          hard_quota: 5 TB
          versioning_configuration_enabled: true
          initial_user:
            username: finance-admin
            password: "{{ finance_admin_password }}"
          users:
            - name: finance-admin
              roles: [ADMINISTRATOR, COMPLIANCE, MONITOR, SECURITY]
            - name: kim
              user_password: "{{ kim_password }}"
              roles: [MONITOR]
              data_access_permissions:
                - namespace: invoices
                  permissions: [BROWSE, READ]
          namespaces:
            - name: invoices
              hard_quota: 1 TB
              versioning:
                enabled: true
            - name: archive
              hard_quota: 2 TB

- name: See what a change would do
  contentplatform.hcp.hcp_config:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    accounts:
      - tenant: finance
        username: finance-admin
        password: "{{ finance_admin_password }}"
    config:
      tenants:
        - name: finance
          namespaces:
            - name: invoices
              hard_quota: 2 TB
    exact: [namespaces]
    max_deletions: 1
    confirm: [delete]
    ignore:
      namespaces: ["arch*"]
"""

RETURN = r"""
plan:
  description: The steps, in the order in which they are taken. Secrets are not shown.
  returned: when the configuration and HCP could be read
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the resource.
      type: str
      sample: namespace
    resource:
      description: The resource in words.
      type: str
      sample: namespace invoices of tenant finance
    where:
      description: Its place in the configuration.
      type: str
      sample: config.tenants[0].namespaces[0]
    action:
      description: What is done.
      type: str
      sample: update
    risk:
      description: What the step may cost, which is V(create), V(update), V(irreversible) or
        V(delete).
      type: str
      sample: update
    status:
      description: What has become of it, which is V(planned), V(done), V(partly_done), V(failed),
        V(unknown) if no answer came, or V(not_done).
      type: str
      sample: done
    method:
      description: HTTP method.
      type: str
      sample: POST
    path:
      description: Path of the request.
      type: str
      sample: /tenants/finance/namespaces/invoices
    options:
      description: The options that are set.
      type: list
      elements: str
      sample: [hard_quota]
    before:
      description: What they were.
      type: dict
      sample: {hard_quota: 1.00 TB}
    after:
      description: What they are to be.
      type: dict
      sample: {hard_quota: 2.00 TB}
summary:
  description: How many resources of each kind were found C(unchanged), how many were C(created),
    C(updated) and C(deleted), or would be, how many C(failed), and how many were C(not_done), because
    something else had failed.
  returned: when the configuration and HCP could be read
  type: dict
  sample:
    namespaces: {unchanged: 998, created: 0, updated: 2, deleted: 0, failed: 0, not_done: 0}
failures:
  description: The failures, each as in RV(error), with C(msg) and C(where).
  returned: when the configuration and HCP could be read
  type: list
  elements: dict
error:
  description:
    - The first failure as data. C(code) is a stable name of the reason, such as V(forbidden),
      V(needs_confirmation), V(too_many) or V(plan_changed).
    - Where more than one thing is wrong with the configuration, C(problems) has all of them.
  returned: failure
  type: dict
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.configuration import (
    configures,
)

MODULE = configures()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
