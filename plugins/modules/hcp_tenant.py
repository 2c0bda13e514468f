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
  - What a tenant is given, such as quotas and features, is set with a system-level account. A
    tenant's own settings are set with a tenant-level account, which takes
    O(account_level=tenant).
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
      - The first user account of a new tenant. It gets the SECURITY role only, with which it can
        give itself and others further roles.
      - Means nothing for a tenant that exists.
    type: dict
    suboptions:
      username:
        description: User name, which becomes the full name too.
        type: str
        required: true
      password:
        description: Password. MAPI takes it only as a query parameter, so HCP may log it.
        type: str
        required: true
      force_password_change:
        description: Whether the user must change the password before anything else.
        type: bool
  initial_security_group:
    description:
      - An Active Directory group, as C(group), C(group@ad-domain) or SID, that gets the SECURITY
        role in a new tenant. O(authentication_types) must hold V(EXTERNAL) then.
      - Means nothing for a tenant that exists.
    type: str
  system_visible_description:
    description: Description for system-level users. Takes a system-level account.
    type: str
  hard_quota:
    description:
      - Storage the tenant may use, as a number with V(MB), V(GB) or V(TB), such as V(5 TB).
      - Takes a system-level account, like all options up to O(management_network).
    type: str
  soft_quota:
    description: Percentage of O(hard_quota), from 0 to 100, from which HCP warns.
    type: int
  namespace_quota:
    description: How many namespaces are kept for the tenant, or V(None) for no limit.
    type: str
  authentication_types:
    description: Who may authenticate the tenant's users. RADIUS alone is not possible.
    type: list
    elements: str
    choices: [LOCAL, RADIUS, EXTERNAL]
  compliance_configuration_enabled:
    description:
      - Whether the tenant may choose the retention mode of its namespaces.
      - Once enabled for a tenant it cannot be disabled; see O(confirm).
    type: bool
  versioning_configuration_enabled:
    description:
      - Whether the tenant may use object versioning.
      - Once enabled for a tenant it can probably not be disabled; see O(confirm).
    type: bool
  search_configuration_enabled:
    description:
      - Whether the tenant may make its namespaces searchable.
      - Once enabled for a tenant it cannot be disabled; see O(confirm).
    type: bool
  replication_configuration_enabled:
    description:
      - Whether the tenant may select namespaces for replication.
      - Once enabled for a tenant it cannot be disabled; see O(confirm).
    type: bool
  erasure_coding_selection_enabled:
    description:
      - Whether the tenant may allow erasure coding for its namespaces.
      - Once enabled for a tenant it can probably not be disabled; see O(confirm).
    type: bool
  service_plan_selection_enabled:
    description:
      - Whether the tenant may choose service plans for its namespaces.
      - Once enabled for a tenant it cannot be disabled; see O(confirm).
    type: bool
  service_plan:
    description: Service plan of a tenant that may not choose them itself.
    type: str
  tags:
    description: Tags for finding tenants. Replaces the tags that are there.
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
      - Whether system-level users may manage the tenant with the roles they have.
      - Takes a tenant-level account, like all options up to O(tenant_visible_description).
    type: bool
  max_namespaces_per_user:
    description: How many namespaces a user may own, from 0 to 10000.
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
      - Whom to ask about the tenant. This and the options from here on are settings with a request
        of their own. HCP opens them to accounts of the tenant, and to system-level accounts only if
        the tenant has set O(administration_allowed).
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
    description: Mails about the tenant's log messages. Writing takes the ADMINISTRATOR role.
    type: dict
    suboptions:
      enabled:
        description: Whether mails are sent. It has an effect only if the system can send mail.
        type: bool
      email_template:
        description:
          - What mails look like. It takes O(email_notification.email_template.from) and
            O(email_notification.email_template.subject); an empty dictionary brings HCP's own
            layout back.
          - These variables are replaced. C($action), C($date), C($fullText), C($id), C($location),
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
            description: Text, without tabs. HCP takes C(\\n), a backslash and an n, as the end of a line.
            type: str
      recipients:
        description:
          - Who gets which mails, in up to 25 entries. Replaces those that are there; an empty list
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
            description: Whether only major messages are sent. V(MAJOR) if not given.
            type: str
            choices: [ALL, MAJOR]
          severity:
            description: The least severity of messages that are sent. V(ERROR) if not given.
            type: str
            choices: [NOTICE, WARNING, ERROR]
          types:
            description: Kinds of messages that are sent. V(GENERAL) if not given.
            type: list
            elements: str
            choices: [GENERAL, SECURITY, COMPLIANCE]
  console_security:
    description:
      - Passwords of the tenant's accounts, and logins at its console. Reading and writing takes the
        SECURITY role.
    type: dict
    suboptions:
      minimum_password_length:
        description: Least length of passwords, from 2 to 64.
        type: int
      password_combination:
        description: Whether passwords must have the numbers of characters that follow here.
        type: bool
      upper_case_letter_count:
        description: Least number of upper case letters.
        type: int
      lower_case_letter_count:
        description: Least number of lower case letters.
        type: int
      numeric_character_count:
        description: Least number of digits.
        type: int
      special_character_count:
        description: Least number of other characters.
        type: int
      password_contains_username:
        description: Whether a password may contain the user name.
        type: bool
      block_common_password:
        description: Whether common passwords are refused.
        type: bool
      block_password_reuse:
        description: Whether former passwords are refused.
        type: bool
      password_reuse_depth:
        description: How many former passwords are refused.
        type: int
      force_password_change_days:
        description: Days after which a password must be changed; V(0) for never.
        type: int
      disable_after_attempts:
        description: How many failed logins disable an account; V(0) for never.
        type: int
      disable_after_inactive_days:
        description: Days without a login after which an account is disabled; V(0) for never.
        type: int
      automatic_user_account_unlock_setting:
        description: Whether accounts that failed logins have disabled are enabled again by themselves.
        type: bool
      automatic_user_account_unlock_duration:
        description: Minutes until that happens; V(0) for never.
        type: int
      cool_down_period_settings:
        description: Whether there is a pause after a failed login.
        type: bool
      cool_down_period_duration:
        description: Seconds that the pause lasts.
        type: int
      logout_on_inactive:
        description: Minutes without activity after which the console logs out.
        type: int
      login_message:
        description: Text on the login pages.
        type: str
      ip_settings:
        description: Which client addresses may use the console.
        type: dict
        suboptions:
          allow_addresses:
            description: Allowed addresses and networks. Replaces those that are there.
            type: list
            elements: str
          deny_addresses:
            description: Denied addresses and networks. Replaces those that are there.
            type: list
            elements: str
          allow_if_in_both_lists:
            description: Whether an address in both lists, or in none, is allowed.
            type: bool
  search_security:
    description:
      - Who may use the tenant's search console. Reading and writing takes the SECURITY role.
    type: dict
    suboptions:
      ip_settings:
        description: Which client addresses may use it.
        type: dict
        suboptions:
          allow_addresses:
            description: Allowed addresses and networks. Replaces those that are there.
            type: list
            elements: str
          deny_addresses:
            description: Denied addresses and networks. Replaces those that are there.
            type: list
            elements: str
          allow_if_in_both_lists:
            description: Whether an address in both lists, or in none, is allowed.
            type: bool
  namespace_defaults:
    description:
      - What new namespaces get where nothing else is said. Some settings exist only if the tenant
        has the feature.
    type: dict
    suboptions:
      description:
        description: Description.
        type: str
      hard_quota:
        description: Storage, as a number with V(MB), V(GB) or V(TB).
        type: str
      soft_quota:
        description: Percentage of the storage, from 10 to 95, from which HCP warns.
        type: int
      hash_scheme:
        description: Hash algorithm.
        type: str
        choices: [MD5, SHA-1, SHA-256, SHA-384, SHA-512, RIPEMD-160]
      enterprise_mode:
        description:
          - Whether new namespaces are in enterprise mode. With V(false) each new one is in
            compliance mode for ever.
        type: bool
      retention_type:
        description:
          - V(S3) gives new namespaces S3 Object Lock, and turns on versioning, delete markers and
            cloud optimisation in these defaults.
        type: str
        choices: [HCP, S3]
      optimized_for:
        description: Kind of access; V(DEFAULT) is what the system says.
        type: str
        choices: [ALL, CLOUD, DEFAULT]
      directory_usage:
        description: How directories are spread; V(Default) is what the system says.
        type: str
        choices: [Balanced, Unbalanced, Default]
      service_plan:
        description: Service plan.
        type: str
      multipart_upload_auto_abort_days:
        description: Days after which unfinished uploads go, from 0 to 180; V(0) for never.
        type: int
      s3_unversioned_overwrite:
        description: Whether objects may be overwritten over S3 while versioning is off.
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
            description: Whether versions are kept.
            type: bool
            required: true
          prune:
            description: Whether old versions go by themselves. HCP wants it said if versions are kept.
            type: bool
          prune_days:
            description: After how many days they go. HCP wants it said if they do.
            type: int
          use_delete_markers:
            description: Whether a deletion leaves a marker.
            type: bool
  permission_mask:
    description:
      - What may be done at most with the data of all namespaces. Replaces the mask that is there; an
        empty list takes everything away. PURGE brings DELETE, SEARCH brings READ.
    type: list
    elements: str
    choices: [DELETE, PRIVILEGED, PURGE, READ, SEARCH, WRITE]
  confirm:
    description:
      - The changes that cannot be undone and that this task may make all the same. A task that
        would make one that is not named here is refused before anything is sent, in check mode too.
      - V(delete) is for O(state=absent), the others for switching on the feature of that name on a
        tenant that exists.
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
    - The tenant in the words of this module's options, as far as the account may see it; empty for
      one that does not exist. It can be given to the module again.
  returned: success
  type: dict
  sample:
    name: finance
    hard_quota: 5.00 TB
    soft_quota: 85
    namespace_quota: "20"
    tags: [production]
created:
  description: Whether the tenant did not exist before and was created, or would be in check mode.
  returned: success
  type: bool
details:
  description: What HCP shows of the tenant and nobody can set. Times are UTC.
  returned: success
  type: dict
  sample:
    id: 3f5c4ab2-7c1e-4b53-8fb0-2d6a0d7f1c11
    creation_time: "2026-02-09T20:42:36Z"
    fully_qualified_name: finance.hcp.example.com
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
      resource: tenant finance
      method: POST
      path: /tenants/finance
      options: [hard_quota]
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
    code: forbidden
    status: 403
    method: POST
    path: /tenants/finance
    hcp_message: The user does not have permission to perform this operation.
    hint: This takes an account with the role ADMINISTRATOR.
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
