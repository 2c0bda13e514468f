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
  - Creates, changes and deletes namespaces of a tenant of a Hitachi Content Platform, with the
    settings that hang below them, such as versioning, retention, protocols and CORS.
  - Each of O(versioning), O(compliance), O(permission_mask), O(http), O(cifs), O(nfs), O(smtp),
    O(custom_metadata_indexing), O(replication_collision) and O(cors) is read and written with
    requests of its own, and only if it is given. Most take the ADMINISTRATOR role, O(compliance)
    takes COMPLIANCE.
  - What a new namespace is not given comes from the namespace defaults of the tenant.
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
    details: With O(update_webdav_password=always) a password is set, and a change reported, every
      time.
options:
  tenant:
    description: The tenant that the namespace belongs to.
    type: str
    required: true
  name:
    description: Name of the namespace. HCP does not tell upper from lower case in it.
    type: str
    required: true
  from_name:
    description:
      - A former name. If O(name) does not exist but this does, the namespace is renamed. HCP allows
        that only while S3, CIFS and NFS are off for it.
    type: str
  description:
    description: Description.
    type: str
  hard_quota:
    description: Storage the namespace may use, as a number with V(MB), V(GB) or V(TB), such as
      V(500 GB).
    type: str
  soft_quota:
    description: Percentage of O(hard_quota), from 10 to 95, from which HCP warns.
    type: int
  tags:
    description: Tags for finding namespaces. Replaces the tags that are there.
    type: list
    elements: str
  owner:
    description: User name of the owner, or C(user@ad-domain). An empty text means no owner.
    type: str
  owner_type:
    description: Whether O(owner) is an account of HCP or of Active Directory.
    type: str
    choices: [LOCAL, EXTERNAL]
  hash_scheme:
    description: Algorithm for the digests of objects. It cannot be changed later.
    type: str
    choices: [MD5, SHA-1, SHA-256, SHA-384, SHA-512, RIPEMD-160]
  enterprise_mode:
    description:
      - V(true) for enterprise mode, in which privileged users can delete objects under retention.
      - V(false) for compliance mode, in which nobody can. There is no way back, so it takes
        O(confirm=enterprise_mode), for a new namespace too.
    type: bool
  retention_type:
    description:
      - V(HCP) for HCP's own retention, V(S3) for S3 Object Lock, which turns on versioning, delete
        markers and cloud optimization by itself.
      - Changing it to V(S3) takes O(confirm=retention_type).
    type: str
    choices: [HCP, S3]
  optimized_for:
    description: V(CLOUD) for cloud protocols only, V(ALL) for all protocols.
    type: str
    choices: [CLOUD, ALL]
  directory_usage:
    description: Whether the directories are expected to be well spread.
    type: str
    choices: [Balanced, Unbalanced]
  service_plan:
    description: Service plan, for a tenant that may choose them.
    type: str
  acls_usage:
    description:
      - Whether objects have ACLs, and whether they are enforced. S3 needs them.
      - Once enabled they cannot be disabled, so enabling them for a namespace that exists takes
        O(confirm=acls_usage).
    type: str
    choices: [NOT_ENABLED, ENFORCED, NOT_ENFORCED]
  auth_minimum_permissions:
    description: What every authenticated user may do. Replaces the set that is there.
    type: list
    elements: str
    choices: [BROWSE, DELETE, PURGE, READ, READ_ACL, WRITE, WRITE_ACL]
  auth_and_anonymous_minimum_permissions:
    description: What everybody may do, even without an account. Replaces the set that is there.
    type: list
    elements: str
    choices: [BROWSE, DELETE, PURGE, READ, READ_ACL, WRITE, WRITE_ACL]
  auth_users_always_granted_all_permissions:
    description: Whether authenticated users have all permissions that anonymous ones have.
    type: bool
  allow_permission_and_ownership_changes:
    description: Whether POSIX ownership and mode of objects under retention may be changed.
    type: bool
  append_enabled:
    description: Whether data can be appended to objects. It excludes versioning.
    type: bool
  atime_synchronization_enabled:
    description: Whether access times and retention settings are kept the same.
    type: bool
  s3_unversioned_overwrite:
    description: Whether S3 clients may overwrite objects while versioning is off.
    type: bool
  multipart_upload_auto_abort_days:
    description: Days, from 0 to 180, after which unfinished multipart uploads are aborted; 0 for never.
    type: int
  search_enabled:
    description:
      - Whether the namespace can be searched.
      - Switching it off discards the index and takes O(confirm=search_enabled).
    type: bool
  indexing_enabled:
    description: Whether objects are indexed. Needs O(search_enabled).
    type: bool
  indexing_default:
    description: Whether a new object is indexed if nothing else is said of it.
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
    description: Whether requests that other systems pass on are served.
    type: bool
  allow_erasure_coding:
    description: Whether objects may be erasure coded. Needs O(optimized_for=CLOUD).
    type: bool
  versioning:
    description: Object versioning. It excludes CIFS, NFS, SMTP, WebDAV and O(append_enabled).
    type: dict
    suboptions:
      enabled:
        description: Whether new versions are kept.
        type: bool
      prune:
        description: Whether old versions are deleted after a time.
        type: bool
      prune_days:
        description: Days after which they are, from 0 to 36500; 0 for at once.
        type: int
      keep_deletion_records:
        description: Whether HCP keeps a record of what was deleted.
        type: bool
      use_delete_markers:
        description:
          - Whether deleting an object leaves a marker.
          - Markers that were once in use stay in use, so using them in a namespace that exists takes
            O(confirm=use_delete_markers).
        type: bool
  compliance:
    description: Retention and what belongs to it. Writing takes the COMPLIANCE role.
    type: dict
    suboptions:
      retention_default:
        description:
          - Retention of objects that come without one. V(0) allows deletion, V(-1) prohibits it, V(-2)
            leaves it open. Also an offset such as V(A+7y) or V(A+1y+6M) with the units C(y), C(M)
            for months, C(w), C(d), C(h), C(m) for minutes and C(s); a retention class such as
            V(C+invoices); or a date such as V(2030-01-01T00:00:00+0100).
        type: str
      minimum_retention_after_initial_unspecified:
        description:
          - What retention an object must get at least after it was left open, in years, months and
            days, such as V(1y+6M+0d).
          - In compliance mode it can be made longer only, so doing that takes
            O(confirm=minimum_retention_after_initial_unspecified).
        type: str
      shredding_default:
        description: Whether objects are shredded when deleted. An object once marked stays marked.
        type: bool
      custom_metadata_changes:
        description: What may be done to the custom metadata of objects under retention.
        type: str
        choices: [ADD, ALL, NONE]
      disposition_enabled:
        description: Whether objects are deleted when their retention ends.
        type: bool
  permission_mask:
    description: What is possible in the namespace at all, whoever asks. Replaces the mask.
    type: list
    elements: str
    choices: [DELETE, PRIVILEGED, PURGE, READ, SEARCH, WRITE]
  http:
    description: HTTP access, which is REST, S3 and WebDAV.
    type: dict
    suboptions:
      http_enabled:
        description: Whether HTTP without TLS is possible.
        type: bool
      https_enabled:
        description: Whether HTTPS is possible.
        type: bool
      rest_enabled:
        description: Whether the REST API can be used.
        type: bool
      rest_requires_authentication:
        description: Whether it takes an account.
        type: bool
      hs3_enabled:
        description: Whether the S3 compatible API can be used. Needs O(acls_usage).
        type: bool
      hs3_requires_authentication:
        description: Whether it takes an account.
        type: bool
      http_active_directory_sso_enabled:
        description: Whether Active Directory users are logged in by themselves.
        type: bool
      webdav_enabled:
        description: Whether WebDAV can be used.
        type: bool
      webdav_custom_metadata:
        description: Whether WebDAV properties are kept as custom metadata.
        type: bool
      webdav_basic_auth_enabled:
        description: Whether WebDAV takes a user name and password.
        type: bool
      webdav_basic_auth_username:
        description: That user name. An empty text removes user name and password.
        type: str
      webdav_basic_auth_password:
        description:
          - That password. HCP never shows it, so it is sent together with a new user name only; see
            O(update_webdav_password).
        type: str
      ip_settings:
        description: Which clients may use the protocol.
        type: dict
        suboptions:
          allow_addresses:
            description: Addresses and networks that are let in. Replaces those that are there.
            type: list
            elements: str
          deny_addresses:
            description: Addresses and networks that are kept out. Replaces those that are there.
            type: list
            elements: str
          allow_if_in_both_lists:
            description: What happens to a client that is in both lists, or in neither.
            type: bool
  update_webdav_password:
    description: Whether O(http.webdav_basic_auth_password) is sent every time, with a change reported.
    type: str
    choices: [on_create, always]
    default: on_create
  cifs:
    description: Access with CIFS.
    type: dict
    suboptions:
      enabled:
        description: Whether CIFS can be used.
        type: bool
      requires_authentication:
        description: Whether it takes an account of Active Directory.
        type: bool
      case_sensitive:
        description: Whether names differ by case.
        type: bool
      case_forcing:
        description: What case names are stored in.
        type: str
        choices: [UPPER, LOWER, DISABLED]
      ip_settings:
        description: Which clients may use the protocol.
        type: dict
        suboptions:
          allow_addresses:
            description: Addresses and networks that are let in. Replaces those that are there.
            type: list
            elements: str
          deny_addresses:
            description: Addresses and networks that are kept out. Replaces those that are there.
            type: list
            elements: str
  nfs:
    description: Access with NFS.
    type: dict
    suboptions:
      enabled:
        description: Whether NFS can be used.
        type: bool
      uid:
        description: User ID of objects and directories stored through other protocols.
        type: int
      gid:
        description: Group ID of objects and directories stored through other protocols.
        type: int
      ip_settings:
        description: Which clients may use the protocol.
        type: dict
        suboptions:
          allow_addresses:
            description: Addresses and networks that are let in. Replaces those that are there.
            type: list
            elements: str
  smtp:
    description: Storing mail with SMTP.
    type: dict
    suboptions:
      enabled:
        description: Whether mail is taken.
        type: bool
      email_format:
        description: Format that mail is stored in.
        type: str
        choices: [.eml, .mbox]
      email_location:
        description: Directory that mail is stored in. It starts and ends with a slash.
        type: str
      separate_attachments:
        description: Whether attachments are stored as objects of their own.
        type: bool
      ip_settings:
        description: Which clients may use the protocol.
        type: dict
        suboptions:
          allow_addresses:
            description: Addresses and networks that are let in. Replaces those that are there.
            type: list
            elements: str
          deny_addresses:
            description: Addresses and networks that are kept out. Replaces those that are there.
            type: list
            elements: str
  custom_metadata_indexing:
    description: What custom metadata is indexed. HCP has it for namespaces with O(search_enabled).
    type: dict
    suboptions:
      content_classes:
        description: Content classes of the tenant. Replaces those that are there.
        type: list
        elements: str
      full_indexing_enabled:
        description: Whether all text is indexed. Needs O(custom_metadata_indexing_enabled).
        type: bool
      excluded_annotations:
        description: Annotations that are not indexed. V(*) stands for any text. Replaces the list.
        type: list
        elements: str
  replication_collision:
    description: What is done with objects that two systems have changed.
    type: dict
    suboptions:
      action:
        description: Whether they are moved to C(.lost+found) or get C(.collision) added to their names.
        type: str
        choices: [MOVE, RENAME]
      delete_enabled:
        description: Whether they are deleted after a time.
        type: bool
      delete_days:
        description: Days after which they are, from 0 to 36500. HCP has it only with the former.
        type: int
  confirm:
    description:
      - The changes that cannot be undone and that this task may make all the same. A task that
        would make one that is not named here is refused before anything is sent, in check mode too.
      - V(delete) is for O(state=absent), the others are for the options of the same names.
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
    - The namespace in the words of this module's options, as far as it was read and the account may
      see it; empty for one that does not exist. It can be given to the module again.
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
  description: Whether the namespace did not exist before and was created, or would be in check mode.
  returned: success
  type: bool
details:
  description: What HCP shows of the namespace and nobody can set. Times are UTC.
  returned: success
  type: dict
  sample:
    id: 0b0e5d52-7b92-4f63-a4b5-6b1f8a1d1f10
    creation_time: "2026-02-09T20:42:36Z"
    fully_qualified_name: measurements.research.hcp.example.com
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
      resource: versioning of namespace measurements of tenant research
      method: POST
      path: /tenants/research/namespaces/measurements/versioningSettings
      options: [versioning.prune_days]
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
    path: /tenants/research/namespaces/measurements
    hcp_message: The user does not have permission to perform this operation.
    hint: This takes an account with the role ADMINISTRATOR.
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
