#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_s3_bucket
short_description: Manage S3 buckets of an HCP tenant
version_added: 0.1.0
description:
  - Creates, changes and deletes buckets through the S3 gateway of a Hitachi Content Platform.
  - A bucket is a namespace of the tenant, owned by the account that creates it. The module works
    with that account. It sets O(namespace), O(cors) and O(object_lock) through the management API,
    because S3 does not support them; this requires the ADMINISTRATOR role.
  - The account needs C(allow_namespace_management), which comes with the ADMINISTRATOR role.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.manage
  - contentplatform.hcp.attributes.nested
  - contentplatform.hcp.connection
  - contentplatform.hcp.connection.s3
  - contentplatform.hcp.settings.cors
options:
  tenant:
    description: The tenant that the bucket belongs to.
    type: str
    required: true
  name:
    description: Name of the bucket. It is case-insensitive.
    type: str
    required: true
  versioning:
    description:
      - Whether HCP keeps old versions of objects.
      - Pruning and delete markers are settings of the namespace; see
        M(contentplatform.hcp.hcp_namespace).
    type: bool
  acl:
    description:
      - A predefined set of grants (canned ACL). The owner always has full control.
      - HCP returns only the grants, so the module compares those.
      - A grant to everybody requires that C(http.hs3_requires_authentication) is disabled in the
        namespace.
    type: str
    choices: [private, public-read, public-read-write, authenticated-read]
  grants:
    description: Grants to others. The list replaces the existing grants; an empty list removes
      them.
    type: list
    elements: dict
    suboptions:
      permission:
        description: The permission that is granted. V(FULL_CONTROL) includes all others.
        type: str
        choices: [FULL_CONTROL, READ, READ_ACP, WRITE, WRITE_ACP]
        required: true
      user:
        description: User name of an account of the tenant.
        type: str
      group:
        description: Everybody, or every account of the tenant.
        type: str
        choices: [all_users, authenticated]
  object_lock:
    description:
      - Whether S3 Object Lock is enabled. It can be set only when the bucket is created, and then
        through the management API. It enables versioning and delete markers.
    type: bool
  default_retention:
    description: Retention of objects that are stored without a retention setting, for a bucket with
      O(object_lock). A new bucket needs O(object_lock=true) in the same task.
    type: dict
    suboptions:
      mode:
        description: Whether privileged users can shorten the retention.
        type: str
        choices: [GOVERNANCE, COMPLIANCE]
        required: true
      days:
        description: Retention in days.
        type: int
      years:
        description: Retention in years.
        type: int
  namespace:
    description:
      - Settings of the bucket's namespace that S3 does not support. They are set through the
        management API. M(contentplatform.hcp.hcp_namespace) has further settings.
    type: dict
    suboptions:
      description:
        description: Description.
        type: str
      hard_quota:
        description: Storage quota of the bucket, as a number with V(MB), V(GB) or V(TB).
        type: str
      soft_quota:
        description: Percentage of O(namespace.hard_quota), from 10 to 95, at which HCP warns.
        type: int
      tags:
        description: Tags for finding namespaces. The list replaces the existing tags.
        type: list
        elements: str
      service_plan:
        description: Service plan, if the tenant is allowed to choose one.
        type: str
      s3_unversioned_overwrite:
        description: Whether objects can be overwritten while versioning is disabled.
        type: bool
      multipart_upload_auto_abort_days:
        description: Days, from 0 to 180, after which unfinished uploads are aborted; 0 means never.
        type: int
      search_enabled:
        description: Whether the bucket is searchable. Disabling it discards the index and requires
          O(confirm=search_enabled).
        type: bool
      replication_enabled:
        description: Whether the bucket is selected for replication.
        type: bool
  max_objects:
    description: Maximum number of objects, versions, delete markers and unfinished uploads to
      delete with the bucket. The task is refused if the bucket contains more.
    type: int
    default: 1000
  confirm:
    description:
      - Confirms irreversible changes. A task that would destroy something that is not named here is
        refused before anything is sent, in check mode too.
      - V(delete) permits O(state=absent). V(objects) permits deleting the content of the bucket
        with it, object by object. In a bucket with versions HCP deletes versions only if delete
        markers are in use; otherwise the task is refused.
    type: list
    elements: str
    choices: [delete, objects, search_enabled]
    default: []
  accelerate_enabled:
    description: Transfer acceleration. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  encryption:
    description: Encryption of single buckets. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  inventory:
    description: Inventory reports. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  lifecycle:
    description: Lifecycle rules. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  logging:
    description: Access logs of single buckets. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  notification:
    description: Event notifications. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  object_ownership:
    description: Object ownership controls. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  policy:
    description: Bucket policies. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  public_access:
    description: Public access blocks. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  replication:
    description: Replication rules. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  requester_pays:
    description: Requester pays. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  tagging:
    description: Tags in S3. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
  website:
    description: Static web sites. HCP does not support it. A task with this option is refused, and the message names the alternative.
    type: raw
notes:
  - HCP lists and manages only buckets that the account owns. The task fails if a bucket of the same
    name belongs to another account, or has no owner.
  - Only local HCP accounts can own buckets, not Active Directory accounts.
seealso:
  - module: contentplatform.hcp.hcp_s3_bucket_info
  - module: contentplatform.hcp.hcp_namespace
  - plugin: contentplatform.hcp.hcp_access_key
    plugin_type: filter
  - plugin: contentplatform.hcp.hcp_secret_key
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Create a bucket
  contentplatform.hcp.hcp_s3_bucket:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: measurements-s3

- name: Create a bucket with everything in one task
  contentplatform.hcp.hcp_s3_bucket:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: published-s3
    versioning: true
    acl: public-read
    cors:
      - allowed_origins: ["https://viewer.example.com"]
        allowed_methods: [GET, HEAD]
    namespace:
      hard_quota: 200 GB
      tags: [public]

- name: Let another account read it
  contentplatform.hcp.hcp_s3_bucket:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: measurements-s3
    grants:
      - user: robin
        permission: READ

- name: Create a bucket whose objects are locked for 30 days
  contentplatform.hcp.hcp_s3_bucket:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: evidence-s3
    object_lock: true
    default_retention:
      mode: GOVERNANCE
      days: 30

- name: Delete a bucket with all that is in it, if that is not too much
  contentplatform.hcp.hcp_s3_bucket:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: measurements-s3
    state: absent
    confirm: [delete, objects]
    max_objects: 50
"""

RETURN = r"""
bucket:
  description:
    - The bucket, with this module's option names as keys, as far as it was read; empty if it does
      not exist. It is valid input for the module.
  returned: success
  type: dict
  sample:
    tenant: research
    name: published-s3
    versioning: true
    acl: public-read
created:
  description: Whether the bucket was created, or would be created in check mode.
  returned: success
  type: bool
details:
  description: Read-only properties of the bucket. Timestamps are UTC.
  returned: success
  type: dict
  sample:
    creation_time: "2026-02-09T20:42:36Z"
steps:
  description:
    - The requests that were sent, in order; in check mode those that would be sent.
    - The C(risk) of a step is V(create), V(update), V(irreversible) or V(delete). Its C(status) is
      V(planned) in check mode, otherwise V(done), V(failed), V(unknown) if HCP gave no usable
      response, V(partly_done) if the bucket was not emptied completely, or V(not_done) if the step
      was not started after a failure.
  returned: success, and on a failure after the first request
  type: list
  elements: dict
  sample:
    - action: update
      resource: versioning of bucket published-s3 of tenant research
      method: PUT
      path: /published-s3?versioning
      options: [versioning]
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
    method: PUT
    path: /published-s3
    hcp_message: "AccessDenied: The user does not have permission to perform this operation."
    hint: >-
      Usual causes: the management API is disabled for the tenant, the account lacks
      allow_namespace_management or does not own the bucket, or S3 is disabled for the namespace
      (http.hs3_enabled).
    attempts: 1
    resource: bucket published-s3 of tenant research
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.bucket import BUCKETS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(BUCKETS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
