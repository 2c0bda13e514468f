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
  - A bucket is a namespace of the tenant, and belongs to the account that creates it. This module
    works as that account. What S3 does not know of, in O(namespace), O(cors) and O(object_lock),
    goes through the management API and takes the ADMINISTRATOR role.
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
    description: Name of the bucket. HCP does not tell upper from lower case in it.
    type: str
    required: true
  versioning:
    description:
      - Whether new versions of objects are kept.
      - Pruning and delete markers are settings of the namespace; see
        M(contentplatform.hcp.hcp_namespace).
    type: bool
  acl:
    description:
      - A named set of grants. The owner always has full control.
      - HCP shows the grants only, which are compared.
      - What it gives to everybody takes a namespace with C(http.hs3_requires_authentication) off.
    type: str
    choices: [private, public-read, public-read-write, authenticated-read]
  grants:
    description: Who else may do what. Replaces the grants that are there; an empty list removes them.
    type: list
    elements: dict
    suboptions:
      permission:
        description: What it is that they may do. V(FULL_CONTROL) is all of the others.
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
      - Whether objects can be locked with S3 Object Lock. HCP decides it when a bucket is created, and
        then through the management API. It turns on versioning and delete markers.
    type: bool
  default_retention:
    description: Retention of objects that come without one, for a bucket with O(object_lock). A new
      bucket needs O(object_lock=true) in the same task.
    type: dict
    suboptions:
      mode:
        description: Whether privileged users can shorten it.
        type: str
        choices: [GOVERNANCE, COMPLIANCE]
        required: true
      days:
        description: For how many days.
        type: int
      years:
        description: For how many years.
        type: int
  namespace:
    description:
      - Settings of the bucket's namespace that S3 does not know of. They go through the management
        API. M(contentplatform.hcp.hcp_namespace) has all of them.
    type: dict
    suboptions:
      description:
        description: Description.
        type: str
      hard_quota:
        description: Storage the bucket may use, as a number with V(MB), V(GB) or V(TB).
        type: str
      soft_quota:
        description: Percentage of O(namespace.hard_quota), from 10 to 95, from which HCP warns.
        type: int
      tags:
        description: Tags for finding namespaces. Replaces the tags that are there.
        type: list
        elements: str
      service_plan:
        description: Service plan, for a tenant that may choose them.
        type: str
      s3_unversioned_overwrite:
        description: Whether objects may be overwritten while versioning is off.
        type: bool
      multipart_upload_auto_abort_days:
        description: Days, from 0 to 180, after which unfinished uploads are aborted; 0 for never.
        type: int
      search_enabled:
        description: Whether the bucket can be searched. Switching it off discards the index and takes
          O(confirm=search_enabled).
        type: bool
      replication_enabled:
        description: Whether the bucket is selected for replication.
        type: bool
  max_objects:
    description: The most objects, versions, delete markers and unfinished uploads that may be deleted
      with the bucket. With more in it, the task is refused.
    type: int
    default: 1000
  confirm:
    description:
      - What this task may destroy. A task that would destroy something that is not named here is
        refused before anything is sent, in check mode too.
      - V(delete) is for O(state=absent); V(objects) is for everything in the bucket going with it,
        object by object. From a bucket that keeps versions HCP deletes them only where delete markers
        are in use, so the task is refused elsewhere.
    type: list
    elements: str
    choices: [delete, objects, search_enabled]
    default: []
  accelerate_enabled:
    description: Transfer acceleration. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  encryption:
    description: Encryption of single buckets. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  inventory:
    description: Inventory reports. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  lifecycle:
    description: Lifecycle rules. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  logging:
    description: Access logs of single buckets. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  notification:
    description: Event notifications. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  object_ownership:
    description: Object ownership controls. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  policy:
    description: Bucket policies. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  public_access:
    description: Public access blocks. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  replication:
    description: Replication rules. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  requester_pays:
    description: Requester pays. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  tagging:
    description: Tags in S3. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
  website:
    description: Static web sites. HCP has nothing like it. A task that gives it is refused with a word on what to use instead.
    type: raw
notes:
  - HCP lists and lets be managed only buckets that the account owns. A bucket of the same name that
    belongs to somebody else, or to nobody, makes the task fail.
  - Only accounts of HCP itself can own buckets, not those of Active Directory.
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
    - The bucket in the words of this module's options, as far as it was read; empty for one that does
      not exist. It can be given to the module again.
  returned: success
  type: dict
  sample:
    tenant: research
    name: published-s3
    versioning: true
    acl: public-read
created:
  description: Whether the bucket did not exist before and was created, or would be in check mode.
  returned: success
  type: bool
details:
  description: What HCP shows of the bucket and nobody can set. Times are UTC.
  returned: success
  type: dict
  sample:
    creation_time: "2026-02-09T20:42:36Z"
steps:
  description:
    - The requests that were needed, in their order; in check mode those that would be.
    - The C(risk) of a step is one of V(create), V(update), V(irreversible) and V(delete). Its
      C(status) is V(planned) in check mode, else V(done), V(failed), V(unknown) where HCP gave no
      usable answer, V(partly_done) for a bucket that was not emptied to the end, or V(not_done) for
      what came after a failure.
  returned: success, and on a failure that came after the first of them
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
    method: PUT
    path: /published-s3
    hcp_message: "AccessDenied: The user does not have permission to perform this operation."
    hint: This takes an account with the role ADMINISTRATOR.
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
