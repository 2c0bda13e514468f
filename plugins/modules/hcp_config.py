#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_config
short_description: Apply a configuration to an HCP system
version_added: 0.2.0
description:
  - Takes the desired state of many resources, and applies it to a Hitachi Content Platform.
  - The module first reads the current state of everything in the configuration, with concurrent
    requests. It then makes one plan of all changes, and writes nothing unless every change is
    permitted. It applies the plan in order of dependency, with concurrent requests.
  - After an interrupted run, the next run completes the changes.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.bulk
  - contentplatform.hcp.bulk.config
  - contentplatform.hcp.connection
  - contentplatform.hcp.connection.s3
attributes:
  check_mode:
    description: Can run in C(check_mode) and return the plan without writing to HCP.
    support: full
  diff_mode:
    description: Returns the changes, made or predicted, in C(diff) mode. Secrets are redacted.
    support: full
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second
      invocation indicates no change.
    support: full
options:
  max_deletions:
    description: Maximum number of deletions. A plan that deletes more is refused as a whole.
    type: int
    default: 10
  confirm:
    description:
      - Confirms irreversible changes, anywhere in the configuration. The values are those of
        O(confirm) in the module for each kind, which explains them; V(delete) confirms deletions.
      - An item of the configuration can have its own C(confirm), which applies to that item only.
    type: list
    elements: str
    default: []
  on_failure:
    description:
      - What to do with the rest of the plan when a step fails. V(stop) starts no further step;
        V(continue) applies all steps that do not depend on the failed one.
      - With V(continue), resources that cannot be read are left alone, and all others are applied.
      - In both cases the task fails at the end, and RV(plan) has the status of each step.
    type: str
    choices: [stop, continue]
    default: stop
  verify:
    description:
      - Whether to read everything again after changes, and to fail with the code V(contended) if
        HCP differs from the configuration because of a concurrent change.
      - This needs as many requests as a run without changes.
    type: bool
    default: false
  plan_file:
    description:
      - A file to write the plan to, before it is applied. It is also written in check mode.
      - The plan includes any step that was applied before the plan could be made. The only such
        step gives the account of the task its roles, if it cannot read the rest without them.
    type: path
  approved_plan:
    description:
      - A file with an approved plan, as O(plan_file) writes it. If the current plan differs from
        it, because HCP or the configuration has changed since, nothing is applied.
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
  description: The steps, in order. Secrets are redacted.
  returned: when the configuration and HCP could be read
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the resource.
      type: str
      sample: namespace
    resource:
      description: Description of the resource.
      type: str
      sample: namespace invoices of tenant finance
    where:
      description: Its place in the configuration.
      type: str
      sample: config.tenants[0].namespaces[0]
    action:
      description: The action.
      type: str
      sample: update
    risk:
      description: Risk of the step, one of V(create), V(update), V(irreversible) and V(delete).
      type: str
      sample: update
    status:
      description: Status of the step, one of V(planned), V(done), V(partly_done), V(failed),
        V(unknown) if there was no response, and V(not_done).
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
      description: The options that the step sets.
      type: list
      elements: str
      sample: [hard_quota]
    before:
      description: The values before the step.
      type: dict
      sample: {hard_quota: 1.00 TB}
    after:
      description: The values after the step.
      type: dict
      sample: {hard_quota: 2.00 TB}
summary:
  description: For each kind, how many resources were C(unchanged), C(created), C(updated) and
    C(deleted), made or predicted, how many C(failed), and how many were C(not_done) because another
    step had failed.
  returned: when the configuration and HCP could be read
  type: dict
  sample:
    namespaces: {unchanged: 998, created: 0, updated: 2, deleted: 0, failed: 0, not_done: 0}
failures:
  description: The failures, each in the format of RV(error), with C(msg) and C(where).
  returned: when the configuration and HCP could be read
  type: list
  elements: dict
error:
  description:
    - The first failure as data. C(code) is a stable identifier of the cause, such as V(forbidden),
      V(needs_confirmation), V(too_many) or V(plan_changed).
    - If the configuration has more than one problem, C(problems) lists all of them.
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
