#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_s3_bucket_info
short_description: Read HCP buckets
version_added: 0.1.0
description:
  - Reads the S3 buckets of a tenant of a Hitachi Content Platform that the account owns. HCP does
    not list the buckets of other owners, whatever permissions the account has.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
  - contentplatform.hcp.connection.s3
options:
  tenant:
    description: The tenant to read from.
    type: str
    required: true
  name:
    description: Name of the bucket to read. By default, all are read.
    type: str
  name_prefix:
    description: Prefix of the names to read. It is case-insensitive.
    type: str
  include:
    description:
      - Additional settings to read. Each needs one more request for each bucket. V(namespace),
        V(cors) and V(object_lock) are read through the management API and require the role MONITOR
        or ADMINISTRATOR.
      - Settings that a bucket does not have, such as CORS rules that were never set, are omitted.
    type: list
    elements: str
    choices: [all, namespace, object_lock, versioning, grants, cors, default_retention]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_s3_bucket
"""

EXAMPLES = r"""
- name: Read the buckets that an account owns
  contentplatform.hcp.hcp_s3_bucket_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
  register: own

- name: Read one of them with everything
  contentplatform.hcp.hcp_s3_bucket_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    name: pictures
    include: [all]
"""

RETURN = r"""
buckets:
  description:
    - The buckets, with the option names of M(contentplatform.hcp.hcp_s3_bucket) as keys. Each is
      valid input for that module. The list is empty if the name does not exist.
  returned: success
  type: list
  elements: dict
  sample:
    - tenant: research
      name: pictures
      versioning: true
details:
  description:
    - Read-only properties of each of RV(buckets), by its name. Timestamps are UTC.
  returned: success
  type: dict
  sample:
    pictures:
      creation_time: "2026-02-09T20:42:36Z"
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) describe
      the failed request.
  returned: failure
  type: dict
  sample:
    code: timed_out
    status: null
    method: GET
    path: /tenants
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: buckets
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.bucket import BUCKETS
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.info import informs

MODULE = informs(BUCKETS)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
