#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_tenant
short_description: Manage HCP tenants
version_added: 0.1.0
description:
  - Creates, changes and deletes tenants of a Hitachi Content Platform.
  - A system-level account sets what the system grants to a tenant, such as quotas and features. A
    tenant-level account sets the tenant's own settings, with O(account_level=tenant).
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.connection
  - contentplatform.hcp.settings.cors
options:
  name:
    description: Name of the tenant. It becomes part of a host name.
    type: str
    required: true
  initial_user:
    description:
      - The first user account of a new tenant. It gets only the SECURITY role, with which it can
        assign further roles to itself and others.
      - It has no effect on an existing tenant.
    type: dict
    suboptions:
      username:
        description: User name. It is also used as the full name.
        type: str
        required: true
      password:
        description: Password. MAPI accepts it only as a query parameter, so HCP may log it.
        type: str
        required: true
      force_password_change:
        description: Whether the user must change the password before anything else.
        type: bool
  initial_security_group:
    description:
      - An Active Directory group, as C(group), C(group@ad-domain) or SID, that gets the SECURITY
        role in a new tenant. O(authentication_types) must then contain V(EXTERNAL).
      - It has no effect on an existing tenant.
    type: str
  system_visible_description:
    description: Description for system-level users. Requires a system-level account.
    type: str
  hard_quota:
    description:
      - Storage quota of the tenant, as a number with V(MB), V(GB) or V(TB), such as V(5 TB).
      - Requires a system-level account, like all options up to O(management_network).
    type: str
  soft_quota:
    description: Percentage of O(hard_quota), from 0 to 100, at which HCP warns.
    type: int
  namespace_quota:
    description: Number of namespaces reserved for the tenant, or V(None) for no limit.
    type: str
  authentication_types:
    description: Ways to authenticate the tenant's users. RADIUS alone is not possible.
    type: list
    elements: str
    choices: [LOCAL, RADIUS, EXTERNAL]
  compliance_configuration_enabled:
    description:
      - Whether the tenant can choose the retention mode of its namespaces.
      - It cannot be disabled once it is enabled for a tenant; see O(confirm).
    type: bool
  versioning_configuration_enabled:
    description:
      - Whether the tenant can use object versioning.
      - It probably cannot be disabled once it is enabled for a tenant; see O(confirm).
    type: bool
  search_configuration_enabled:
    description:
      - Whether the tenant can make its namespaces searchable.
      - It cannot be disabled once it is enabled for a tenant; see O(confirm).
    type: bool
  replication_configuration_enabled:
    description:
      - Whether the tenant can select namespaces for replication.
      - It cannot be disabled once it is enabled for a tenant; see O(confirm).
    type: bool
  erasure_coding_selection_enabled:
    description:
      - Whether the tenant can allow erasure coding for its namespaces.
      - It probably cannot be disabled once it is enabled for a tenant; see O(confirm).
    type: bool
  service_plan_selection_enabled:
    description:
      - Whether the tenant can choose service plans for its namespaces.
      - It cannot be disabled once it is enabled for a tenant; see O(confirm).
    type: bool
  service_plan:
    description: Service plan of a tenant that cannot choose one itself.
    type: str
  tags:
    description: Tags for finding tenants. The list replaces the existing tags.
    type: list
    elements: str
  data_network:
    description: Network for data access, such as V([hcp_system]).
    type: str
  management_network:
    description: Network for management, such as V([hcp_system]).
    type: str
  administration_allowed:
    description:
      - Whether system-level users can manage the tenant, with the roles they have.
      - Requires a tenant-level account, like all options up to O(tenant_visible_description).
    type: bool
  max_namespaces_per_user:
    description: How many namespaces a user can own, from 0 to 10000.
    type: int
  snmp_logging_enabled:
    description: Whether the tenant's log messages go to the SNMP managers of the system.
    type: bool
  syslog_logging_enabled:
    description: Whether the tenant's log messages go to the syslog servers of the system.
    type: bool
  tenant_visible_description:
    description: Description for the users of the tenant.
    type: str
  contact_info:
    description:
      - Contact for the tenant. This option and all following ones are read and written with
        separate requests. HCP permits them to tenant-level accounts, and to system-level accounts
        only if the tenant has set O(administration_allowed).
    type: dict
    suboptions:
      first_name:
        description: First name.
        type: str
      last_name:
        description: Last name.
        type: str
      email_address:
        description: Email address.
        type: str
      primary_phone:
        description: Phone number, without extension.
        type: str
      extension:
        description: Extension of the phone number.
        type: str
      address1:
        description: First line of the address.
        type: str
      address2:
        description: Second line of the address.
        type: str
      city:
        description: City.
        type: str
      state:
        description: State or province.
        type: str
      zip_or_postal_code:
        description: Postal code.
        type: str
      country_or_region:
        description: Country or region.
        type: str
  email_notification:
    description: Email notification about the tenant's log messages. Writing requires the
      ADMINISTRATOR role.
    type: dict
    suboptions:
      enabled:
        description: Whether email is sent. It has an effect only if the system can send email.
        type: bool
      email_template:
        description:
          - Template of the messages. It requires O(email_notification.email_template.from) and
            O(email_notification.email_template.subject); an empty dictionary restores HCP's default
            template.
          - HCP replaces these variables. C($action), C($date), C($fullText), C($id), C($location),
            C($origin), C($reason), C($severity), C($shortText), C($type) and C($user).
        type: dict
        suboptions:
          from:
            description: Sender.
            type: str
          subject:
            description: Subject, on one line.
            type: str
          body:
            description: Body, without tabs. HCP reads C(\\n), a backslash and an n, as a line
              break.
            type: str
      recipients:
        description:
          - Recipients, in up to 25 entries. The list replaces the existing entries; an empty list
            removes them.
        type: list
        elements: dict
        suboptions:
          addresses:
            description: Email addresses.
            type: list
            elements: str
            required: true
          importance:
            description: Whether only major messages are sent. The default is V(MAJOR).
            type: str
            choices: [ALL, MAJOR]
          severity:
            description: Minimum severity of the messages. The default is V(ERROR).
            type: str
            choices: [NOTICE, WARNING, ERROR]
          types:
            description: Types of messages. The default is V(GENERAL).
            type: list
            elements: str
            choices: [GENERAL, SECURITY, COMPLIANCE]
  console_security:
    description:
      - Password rules of the tenant's accounts, and login settings of its console. Reading and
        writing requires the SECURITY role.
    type: dict
    suboptions:
      minimum_password_length:
        description: Minimum length of passwords, from 2 to 64.
        type: int
      password_combination:
        description: Whether passwords must have the minimum numbers of characters given by the
          following options.
        type: bool
      upper_case_letter_count:
        description: Minimum number of upper case letters.
        type: int
      lower_case_letter_count:
        description: Minimum number of lower case letters.
        type: int
      numeric_character_count:
        description: Minimum number of digits.
        type: int
      special_character_count:
        description: Minimum number of other characters.
        type: int
      password_contains_username:
        description: Whether a password may contain the user name.
        type: bool
      block_common_password:
        description: Whether common passwords are rejected.
        type: bool
      block_password_reuse:
        description: Whether previous passwords are rejected.
        type: bool
      password_reuse_depth:
        description: Number of previous passwords that are rejected.
        type: int
      force_password_change_days:
        description: Days after which a password must be changed; V(0) means never.
        type: int
      disable_after_attempts:
        description: Number of failed logins after which an account is disabled; V(0) means never.
        type: int
      disable_after_inactive_days:
        description: Days without a login after which an account is disabled; V(0) means never.
        type: int
      automatic_user_account_unlock_setting:
        description: Whether accounts that were disabled by failed logins are enabled again
          automatically.
        type: bool
      automatic_user_account_unlock_duration:
        description: Minutes after which they are enabled again; V(0) means never.
        type: int
      cool_down_period_settings:
        description: Whether a failed login starts a cool-down period.
        type: bool
      cool_down_period_duration:
        description: Length of the cool-down period in seconds.
        type: int
      logout_on_inactive:
        description: Minutes without activity after which the console logs the user out.
        type: int
      login_message:
        description: Text on the login pages.
        type: str
      ip_settings:
        description: Client addresses that can use the console.
        type: dict
        suboptions:
          allow_addresses:
            description: Allowed addresses and networks. The list replaces the existing list.
            type: list
            elements: str
          deny_addresses:
            description: Denied addresses and networks. The list replaces the existing list.
            type: list
            elements: str
          allow_if_in_both_lists:
            description: Whether an address in both lists, or in neither, is allowed.
            type: bool
  search_security:
    description:
      - Access to the tenant's search console. Reading and writing requires the SECURITY role.
    type: dict
    suboptions:
      ip_settings:
        description: Client addresses that can use the search console.
        type: dict
        suboptions:
          allow_addresses:
            description: Allowed addresses and networks. The list replaces the existing list.
            type: list
            elements: str
          deny_addresses:
            description: Denied addresses and networks. The list replaces the existing list.
            type: list
            elements: str
          allow_if_in_both_lists:
            description: Whether an address in both lists, or in neither, is allowed.
            type: bool
  namespace_defaults:
    description:
      - Defaults for new namespaces. Some settings exist only if the tenant has the feature.
    type: dict
    suboptions:
      description:
        description: Description.
        type: str
      hard_quota:
        description: Storage quota, as a number with V(MB), V(GB) or V(TB).
        type: str
      soft_quota:
        description: Percentage of the quota, from 10 to 95, at which HCP warns.
        type: int
      hash_scheme:
        description: Hash algorithm.
        type: str
        choices: [MD5, SHA-1, SHA-256, SHA-384, SHA-512, RIPEMD-160]
      enterprise_mode:
        description:
          - Whether new namespaces are in enterprise mode. With V(false) every new namespace is in
            compliance mode permanently.
        type: bool
      retention_type:
        description:
          - V(S3) gives new namespaces S3 Object Lock, and enables versioning, delete markers and
            cloud optimization in these defaults.
        type: str
        choices: [HCP, S3]
      optimized_for:
        description: Protocols to optimize for; V(DEFAULT) is the default of the system.
        type: str
        choices: [ALL, CLOUD, DEFAULT]
      directory_usage:
        description: Distribution of directories; V(Default) is the default of the system.
        type: str
        choices: [Balanced, Unbalanced, Default]
      service_plan:
        description: Service plan.
        type: str
      multipart_upload_auto_abort_days:
        description: Days after which unfinished multipart uploads are aborted, from 0 to 180; V(0)
          means never.
        type: int
      s3_unversioned_overwrite:
        description: Whether S3 clients can overwrite objects while versioning is disabled.
        type: bool
      search_enabled:
        description: Whether new namespaces are searchable.
        type: bool
      replication_enabled:
        description: Whether new namespaces are selected for replication.
        type: bool
      allow_erasure_coding:
        description: Whether erasure coding is allowed.
        type: bool
      versioning:
        description: Object versioning.
        type: dict
        suboptions:
          enabled:
            description: Whether HCP keeps old versions of objects.
            type: bool
            required: true
          prune:
            description: Whether HCP prunes old versions. Required if versioning is enabled.
            type: bool
          prune_days:
            description: Days after which old versions are pruned. Required if pruning is enabled.
            type: int
          use_delete_markers:
            description: Whether the deletion of an object creates a delete marker.
            type: bool
  permission_mask:
    description:
      - Operations that are permitted on the data of all namespaces at most. The list replaces the
        existing mask; an empty list permits nothing. PURGE adds DELETE, SEARCH adds READ.
    type: list
    elements: str
    choices: [DELETE, PRIVILEGED, PURGE, READ, SEARCH, WRITE]
  confirm:
    description:
      - Confirms irreversible changes. A task that would make such a change without naming it here
        is refused before anything is sent, in check mode too.
      - V(delete) confirms O(state=absent). The other values confirm enabling the feature of that
        name on an existing tenant.
    type: list
    elements: str
    choices:
      - delete
      - compliance_configuration_enabled
      - versioning_configuration_enabled
      - search_configuration_enabled
      - replication_configuration_enabled
      - erasure_coding_selection_enabled
      - service_plan_selection_enabled
    default: []
seealso:
  - module: contentplatform.hcp.hcp_tenant_info
  - module: contentplatform.hcp.hcp_user
  - module: contentplatform.hcp.hcp_namespace
"""

EXAMPLES = r"""
- name: Give the finance department a tenant
  contentplatform.hcp.hcp_tenant:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: finance
    initial_user:
      username: finance-admin
      password: "{{ finance_admin_password }}"
    system_visible_description: Finance department
    hard_quota: 5 TB
    soft_quota: 85
    namespace_quota: "20"
    authentication_types: [LOCAL]
    versioning_configuration_enabled: true
    search_configuration_enabled: true
    tags: [production]

- name: Grow the tenant
  contentplatform.hcp.hcp_tenant:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: finance
    hard_quota: 8 TB

- name: Let it choose the retention mode of its namespaces, which cannot be taken back
  contentplatform.hcp.hcp_tenant:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: finance
    compliance_configuration_enabled: true
    confirm: [compliance_configuration_enabled]

- name: Change a tenant's own settings, as a tenant-level administrator
  contentplatform.hcp.hcp_tenant:
    domain: hcp.example.com
    account_level: tenant
    username: storage-admin
    password: "{{ storage_admin_password }}"
    name: research
    tenant_visible_description: Storage of the research department
    administration_allowed: true
    max_namespaces_per_user: 20

- name: Configure what is the tenant's own
  contentplatform.hcp.hcp_tenant:
    domain: hcp.example.com
    account_level: tenant
    username: storage-admin
    password: "{{ storage_admin_password }}"
    name: research
    contact_info:
      first_name: Kim
      last_name: Ek
      email_address: storage@research.example.com
    email_notification:
      enabled: true
      recipients:
        - addresses: [storage@research.example.com, kim@research.example.com]
          severity: WARNING
          types: [GENERAL, SECURITY]
    console_security:
      minimum_password_length: 10
      logout_on_inactive: 15
      login_message: Authorised use only
      ip_settings:
        allow_addresses: [10.0.0.0/8, 127.0.0.1]
        allow_if_in_both_lists: false
    namespace_defaults:
      hard_quota: 200 GB
      multipart_upload_auto_abort_days: 7
      versioning:
        enabled: true
        prune: true
        prune_days: 30
    permission_mask: [READ, WRITE, DELETE, SEARCH]
    cors:
      - allowed_origins: [https://viewer.example.com]
        allowed_methods: [GET, HEAD]
        max_age_seconds: 600

- name: Delete a tenant that has no namespaces any more
  contentplatform.hcp.hcp_tenant:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    name: finance
    state: absent
    confirm: [delete]
"""

RETURN = r"""
tenant:
  description:
    - The tenant, with this module's option names as keys, as far as the account is allowed to see
      it; empty if it does not exist. It is valid input for the module.
  returned: success
  type: dict
  sample:
    name: finance
    hard_quota: 5.00 TB
    soft_quota: 85
    namespace_quota: "20"
    tags: [production]
created:
  description: Whether the tenant was created, or would be created in check mode.
  returned: success
  type: bool
details:
  description: Read-only properties of the tenant. Timestamps are UTC.
  returned: success
  type: dict
  sample:
    id: 3f5c4ab2-7c1e-4b53-8fb0-2d6a0d7f1c11
    creation_time: "2026-02-09T20:42:36Z"
    fully_qualified_name: finance.hcp.example.com
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
      resource: tenant finance
      method: POST
      path: /tenants/finance
      options: [hard_quota]
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
    code: forbidden
    status: 403
    method: POST
    path: /tenants/finance
    hcp_message: The user does not have permission to perform this operation.
    hint: >-
      HCP does not allow this for the account, or in the current state of the resource. The request
      needs the role ADMINISTRATOR.
    attempts: 1
    resource: tenant finance
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.tenant import TENANTS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(TENANTS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
