#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_namespace
short_description: Manage HCP namespaces
version_added: 0.1.0
description:
  - Creates, changes and deletes namespaces of a tenant of a Hitachi Content Platform, including
    settings such as versioning, retention, protocols and CORS.
  - Each of O(versioning), O(compliance), O(permission_mask), O(http), O(cifs), O(nfs), O(smtp),
    O(custom_metadata_indexing), O(replication_collision) and O(cors) is read and written with
    separate requests, and only if it is given. Most require the ADMINISTRATOR role; O(compliance)
    requires COMPLIANCE.
  - A new namespace takes settings that are not given from the namespace defaults of the tenant.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.attributes.nested
  - contentplatform.hcp.connection
  - contentplatform.hcp.settings.cors
attributes:
  idempotent:
    support: partial
    details: With O(update_webdav_password=always) every run sets the password and reports a change.
options:
  tenant:
    description: The tenant that the namespace belongs to.
    type: str
    required: true
  name:
    description: Name of the namespace. It is case-insensitive.
    type: str
    required: true
  from_name:
    description:
      - Previous name. If O(name) does not exist but this name does, the namespace is renamed. HCP
        allows this only while S3, CIFS and NFS are disabled for the namespace.
    type: str
  description:
    description: Description.
    type: str
  hard_quota:
    description: Storage quota of the namespace, as a number with V(MB), V(GB) or V(TB), such as
      V(500 GB).
    type: str
  soft_quota:
    description: Percentage of O(hard_quota), from 10 to 95, at which HCP warns.
    type: int
  tags:
    description: Tags for finding namespaces. The list replaces the existing tags.
    type: list
    elements: str
  owner:
    description: User name of the owner, or C(user@ad-domain). An empty string means no owner.
    type: str
  owner_type:
    description: Whether O(owner) is a local HCP account or an Active Directory account.
    type: str
    choices: [LOCAL, EXTERNAL]
  hash_scheme:
    description: Hash algorithm for the digests of objects. It cannot be changed later.
    type: str
    choices: [MD5, SHA-1, SHA-256, SHA-384, SHA-512, RIPEMD-160]
  enterprise_mode:
    description:
      - V(true) for enterprise mode, in which privileged users can delete objects under retention.
      - V(false) for compliance mode, in which nobody can. This cannot be undone and requires
        O(confirm=enterprise_mode), for a new namespace too.
    type: bool
  retention_type:
    description:
      - V(HCP) for HCP's own retention, V(S3) for S3 Object Lock, which enables versioning, delete
        markers and cloud optimization.
      - A change to V(S3) requires O(confirm=retention_type).
    type: str
    choices: [HCP, S3]
  optimized_for:
    description: V(CLOUD) for cloud protocols only, V(ALL) for all protocols.
    type: str
    choices: [CLOUD, ALL]
  directory_usage:
    description: Whether the namespace is expected to have well distributed directories.
    type: str
    choices: [Balanced, Unbalanced]
  service_plan:
    description: Service plan, if the tenant is allowed to choose one.
    type: str
  acls_usage:
    description:
      - Whether objects have ACLs, and whether HCP enforces them. S3 requires ACLs.
      - ACLs cannot be disabled once they are enabled. Enabling them for an existing namespace
        requires O(confirm=acls_usage).
    type: str
    choices: [NOT_ENABLED, ENFORCED, NOT_ENFORCED]
  auth_minimum_permissions:
    description: Permissions of every authenticated user. The list replaces the existing
      permissions.
    type: list
    elements: str
    choices: [BROWSE, DELETE, PURGE, READ, READ_ACL, WRITE, WRITE_ACL]
  auth_and_anonymous_minimum_permissions:
    description: Permissions of everybody, including anonymous users. The list replaces the existing
      permissions.
    type: list
    elements: str
    choices: [BROWSE, DELETE, PURGE, READ, READ_ACL, WRITE, WRITE_ACL]
  auth_users_always_granted_all_permissions:
    description: Whether authenticated users have all permissions that anonymous users have.
    type: bool
  allow_permission_and_ownership_changes:
    description: Whether POSIX ownership and mode of objects under retention may be changed.
    type: bool
  append_enabled:
    description: Whether data can be appended to objects. Mutually exclusive with versioning.
    type: bool
  atime_synchronization_enabled:
    description: Whether HCP synchronizes access times with retention settings.
    type: bool
  s3_unversioned_overwrite:
    description: Whether S3 clients can overwrite objects while versioning is disabled.
    type: bool
  multipart_upload_auto_abort_days:
    description: Days, from 0 to 180, after which unfinished multipart uploads are aborted; 0 means
      never.
    type: int
  search_enabled:
    description:
      - Whether the namespace is searchable.
      - Disabling it discards the index and requires O(confirm=search_enabled).
    type: bool
  indexing_enabled:
    description: Whether objects are indexed. Needs O(search_enabled).
    type: bool
  indexing_default:
    description: Whether new objects are indexed by default.
    type: bool
  custom_metadata_indexing_enabled:
    description: Whether custom metadata is indexed. Needs O(indexing_enabled).
    type: bool
  custom_metadata_validation_enabled:
    description: Whether custom metadata must be well-formed XML.
    type: bool
  replication_enabled:
    description: Whether the namespace is selected for replication.
    type: bool
  read_from_replica:
    description: Whether objects can be read from a replica. Needs O(replication_enabled).
    type: bool
  service_remote_system_requests:
    description: Whether HCP serves requests that other systems redirect to it.
    type: bool
  allow_erasure_coding:
    description: Whether objects may be erasure coded. Needs O(optimized_for=CLOUD).
    type: bool
  versioning:
    description: Object versioning. Mutually exclusive with CIFS, NFS, SMTP, WebDAV and
      O(append_enabled).
    type: dict
    suboptions:
      enabled:
        description: Whether HCP keeps old versions of objects.
        type: bool
      prune:
        description: Whether HCP prunes old versions.
        type: bool
      prune_days:
        description: Days after which old versions are pruned, from 0 to 36500; 0 means at once.
        type: int
      keep_deletion_records:
        description: Whether HCP keeps records of deletions.
        type: bool
      use_delete_markers:
        description:
          - Whether the deletion of an object creates a delete marker.
          - Delete markers cannot be disabled once they are enabled. Enabling them in an existing
            namespace requires O(confirm=use_delete_markers).
        type: bool
  compliance:
    description: Retention settings. Writing requires the COMPLIANCE role.
    type: dict
    suboptions:
      retention_default:
        description:
          - Retention of objects that are stored without a retention setting. V(0) allows deletion,
            V(-1) prohibits deletion, V(-2) leaves the retention unspecified. Other values are an
            offset such as V(A+7y) or V(A+1y+6M) with the units C(y), C(M) for months, C(w), C(d),
            C(h), C(m) for minutes and C(s); a retention class such as V(C+invoices); or a date such
            as V(2030-01-01T00:00:00+0100).
        type: str
      minimum_retention_after_initial_unspecified:
        description:
          - Minimum retention for an object whose retention was initially unspecified, in years,
            months and days, such as V(1y+6M+0d).
          - In compliance mode it can only be increased. An increase requires
            O(confirm=minimum_retention_after_initial_unspecified).
        type: str
      shredding_default:
        description: Whether objects are shredded on deletion by default. A mark for shredding
          cannot be removed from an object.
        type: bool
      custom_metadata_changes:
        description: Which changes to the custom metadata of objects under retention are allowed.
        type: str
        choices: [ADD, ALL, NONE]
      disposition_enabled:
        description: Whether HCP deletes objects when their retention expires.
        type: bool
  permission_mask:
    description: The operations that are permitted in the namespace at all. The list replaces the
      existing mask.
    type: list
    elements: str
    choices: [DELETE, PRIVILEGED, PURGE, READ, SEARCH, WRITE]
  http:
    description: HTTP access through REST, S3 and WebDAV.
    type: dict
    suboptions:
      http_enabled:
        description: Whether HTTP without TLS is enabled.
        type: bool
      https_enabled:
        description: Whether HTTPS is enabled.
        type: bool
      rest_enabled:
        description: Whether the REST API is enabled.
        type: bool
      rest_requires_authentication:
        description: Whether authentication is required.
        type: bool
      hs3_enabled:
        description: Whether the S3 compatible API is enabled. Requires O(acls_usage).
        type: bool
      hs3_requires_authentication:
        description: Whether authentication is required.
        type: bool
      http_active_directory_sso_enabled:
        description: Whether single sign-on is enabled for Active Directory users.
        type: bool
      webdav_enabled:
        description: Whether WebDAV is enabled.
        type: bool
      webdav_custom_metadata:
        description: Whether WebDAV properties are stored as custom metadata.
        type: bool
      webdav_basic_auth_enabled:
        description: Whether WebDAV basic authentication is enabled.
        type: bool
      webdav_basic_auth_username:
        description: User name for WebDAV basic authentication. An empty string removes user name
          and password.
        type: str
      webdav_basic_auth_password:
        description:
          - Password for WebDAV basic authentication. HCP never returns it, so the module sends it
            only together with a new user name; see O(update_webdav_password).
        type: str
      ip_settings:
        description: Client addresses that can use the protocol.
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
            description: Whether a client in both lists, or in neither, is allowed.
            type: bool
  update_webdav_password:
    description: Whether every run sends O(http.webdav_basic_auth_password) and reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
  cifs:
    description: Access with CIFS.
    type: dict
    suboptions:
      enabled:
        description: Whether CIFS is enabled.
        type: bool
      requires_authentication:
        description: Whether an Active Directory account is required.
        type: bool
      case_sensitive:
        description: Whether names are case-sensitive.
        type: bool
      case_forcing:
        description: The case in which names are stored.
        type: str
        choices: [UPPER, LOWER, DISABLED]
      ip_settings:
        description: Client addresses that can use the protocol.
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
  nfs:
    description: Access with NFS.
    type: dict
    suboptions:
      enabled:
        description: Whether NFS is enabled.
        type: bool
      uid:
        description: User ID of objects and directories stored through other protocols.
        type: int
      gid:
        description: Group ID of objects and directories stored through other protocols.
        type: int
      ip_settings:
        description: Client addresses that can use the protocol.
        type: dict
        suboptions:
          allow_addresses:
            description: Allowed addresses and networks. The list replaces the existing list.
            type: list
            elements: str
  smtp:
    description: Email archiving with SMTP.
    type: dict
    suboptions:
      enabled:
        description: Whether HCP accepts email.
        type: bool
      email_format:
        description: Format in which email is stored.
        type: str
        choices: [.eml, .mbox]
      email_location:
        description: Directory in which email is stored. It starts and ends with a slash.
        type: str
      separate_attachments:
        description: Whether attachments are stored as separate objects.
        type: bool
      ip_settings:
        description: Client addresses that can use the protocol.
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
  custom_metadata_indexing:
    description: Which custom metadata is indexed. Available for namespaces with O(search_enabled).
    type: dict
    suboptions:
      content_classes:
        description: Content classes of the tenant. The list replaces the existing list.
        type: list
        elements: str
      full_indexing_enabled:
        description: Whether the full text of custom metadata is indexed. Needs
          O(custom_metadata_indexing_enabled).
        type: bool
      excluded_annotations:
        description: Annotations that are not indexed. V(*) is a wildcard. The list replaces the
          existing list.
        type: list
        elements: str
  replication_collision:
    description: How HCP handles objects that were changed on two systems.
    type: dict
    suboptions:
      action:
        description: Whether such objects are moved to C(.lost+found), or are renamed with the
          suffix C(.collision).
        type: str
        choices: [MOVE, RENAME]
      delete_enabled:
        description: Whether such objects are deleted after a time.
        type: bool
      delete_days:
        description: Days after which they are deleted, from 0 to 36500. Only available if deletion
          is enabled.
        type: int
  confirm:
    description:
      - Confirms irreversible changes. A task that would make such a change without naming it here
        is refused before anything is sent, in check mode too.
      - V(delete) confirms O(state=absent). The other values confirm a change of the option of the
        same name.
    type: list
    elements: str
    choices:
      - delete
      - enterprise_mode
      - retention_type
      - acls_usage
      - search_enabled
      - use_delete_markers
      - minimum_retention_after_initial_unspecified
    default: []
notes:
  - HCP refuses to delete a namespace that holds objects or old versions of objects.
seealso:
  - module: contentplatform.hcp.hcp_namespace_info
  - module: contentplatform.hcp.hcp_tenant
  - module: contentplatform.hcp.hcp_user
"""

EXAMPLES = r"""
- name: Create a namespace
  contentplatform.hcp.hcp_namespace:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: measurements
    description: Measurements of the laboratory
    hard_quota: 500 GB
    soft_quota: 80
    tags: [laboratory]

- name: Keep old versions for 30 days and objects for 7 years
  contentplatform.hcp.hcp_namespace:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: measurements
    versioning:
      enabled: true
      prune: true
      prune_days: 30
    compliance:
      retention_default: A+7y

- name: Open a new namespace to S3 clients in two networks
  contentplatform.hcp.hcp_namespace:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: published-data
    acls_usage: ENFORCED
    http:
      hs3_enabled: true
      hs3_requires_authentication: true
      http_enabled: false
      ip_settings:
        allow_addresses: [10.20.0.0/16, 192.0.2.0/24]
        deny_addresses: [10.20.9.9]
        allow_if_in_both_lists: false
    cors:
      - allowed_origins: ["https://viewer.example.com"]
        allowed_methods: [GET, HEAD]
        max_age_seconds: 3600

- name: Enable ACLs for a namespace that exists, which cannot be undone
  contentplatform.hcp.hcp_namespace:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: measurements
    acls_usage: ENFORCED
    confirm: [acls_usage]

- name: Create a namespace in compliance mode, where nobody can delete what is under retention
  contentplatform.hcp.hcp_namespace:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: legal-hold
    enterprise_mode: false
    confirm: [enterprise_mode]
    compliance:
      retention_default: "-1"

- name: Delete an empty namespace
  contentplatform.hcp.hcp_namespace:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: measurements
    state: absent
    confirm: [delete]
"""

RETURN = r"""
namespace:
  description:
    - The namespace, with this module's option names as keys, as far as it was read and the account
      is allowed to see it; empty if it does not exist. It is valid input for the module.
  returned: success
  type: dict
  sample:
    tenant: research
    name: measurements
    hard_quota: 500.00 GB
    soft_quota: 80
    versioning:
      enabled: true
      prune: true
      prune_days: 30
created:
  description: Whether the namespace was created, or would be created in check mode.
  returned: success
  type: bool
details:
  description: Read-only properties of the namespace. Timestamps are UTC.
  returned: success
  type: dict
  sample:
    id: 0b0e5d52-7b92-4f63-a4b5-6b1f8a1d1f10
    creation_time: "2026-02-09T20:42:36Z"
    fully_qualified_name: measurements.research.hcp.example.com
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
      resource: versioning of namespace measurements of tenant research
      method: POST
      path: /tenants/research/namespaces/measurements/versioningSettings
      options: [versioning.prune_days]
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
    path: /tenants/research/namespaces/measurements
    hcp_message: The user does not have permission to perform this operation.
    hint: >-
      HCP does not allow this for the account, or in the current state of the resource. The request
      needs the role ADMINISTRATOR.
    attempts: 1
    resource: namespace measurements of tenant research
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.namespace import (
    NAMESPACES,
)
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(NAMESPACES)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
