#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_chargeback_info
short_description: Read HCP chargeback reports
version_added: 0.1.0
description:
  - Reads the chargeback report of a tenant or a namespace, with its capacity and its traffic by
    hour, by day or in total.
  - HCP keeps the figures for 180 days. The figures of the current hour are incomplete.
  - Requires the role MONITOR or ADMINISTRATOR. A system-level account can read the report of any
    tenant, but that of a namespace only if the tenant has set C(administration_allowed).
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  tenant:
    description: The tenant to report on.
    type: str
    required: true
  namespace:
    description:
      - The namespace to report on. By default the report covers the tenant and all its namespaces.
    type: str
  start:
    description:
      - Start of the report, in ISO 8601 with an offset from UTC, such as V(2026-05-04T00:00:00Z).
        HCP rounds it down to the hour or day. By default the report starts with the earliest
        figures available.
    type: str
  end:
    description: End of the report, in the format of O(start). By default the report ends now.
    type: str
  granularity:
    description: Whether to report figures for each hour, for each day, or in total.
    type: str
    choices: [hour, day, total]
    default: total
seealso:
  - module: contentplatform.hcp.hcp_statistics_info
"""

EXAMPLES = r"""
- name: Read what each namespace of a tenant has used
  contentplatform.hcp.hcp_chargeback_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
  register: used

- name: Show the bytes that were written
  ansible.builtin.debug:
    msg: "{{ item.namespace or 'all of ' ~ item.tenant }}: {{ item.bytes_in | contentplatform.hcp.hcp_size }}"
  loop: "{{ used.report }}"
  loop_control:
    label: "{{ item.namespace }}"

- name: Read the days of one namespace since the beginning of a month
  contentplatform.hcp.hcp_chargeback_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    namespace: raw-scans
    start: "{{ now().strftime('%Y-%m-01T00:00:00Z') }}"
    granularity: day

- name: Read the report of a tenant as a system-level account
  contentplatform.hcp.hcp_chargeback_info:
    domain: hcp.example.com
    account_level: system
    username: admin
    password: "{{ hcp_admin_password }}"
    tenant: research
"""

RETURN = r"""
report:
  description:
    - One entry for each interval and namespace, sorted by time. In the report of a tenant each
      interval ends with the total of its namespaces, whose C(namespace) is empty.
  returned: success
  type: list
  elements: dict
  contains:
    system:
      description: Domain name of the system.
      type: str
      returned: success
    tenant:
      description: Name of the tenant.
      type: str
      returned: success
    namespace:
      description: Name of the namespace; empty for the total.
      type: str
      returned: success
    start_time:
      description: Beginning of the interval, in UTC.
      type: str
      returned: success
    end_time:
      description: End of the interval, in UTC.
      type: str
      returned: success
    object_count:
      description: Objects at the end of the interval; each old version counts.
      type: int
      returned: success
    ingested_volume:
      description: Bytes of data and custom metadata as uploaded, at the end of the interval.
      type: int
      returned: success
    storage_capacity_used:
      description: Bytes on disk, including metadata and copies, at the end of the interval.
      type: int
      returned: success
    bytes_in:
      description: Bytes written.
      type: int
      returned: success
    bytes_out:
      description: Bytes read.
      type: int
      returned: success
    reads:
      description: Number of read operations.
      type: int
      returned: success
    writes:
      description: Number of write operations.
      type: int
      returned: success
    deletes:
      description: Number of deletions.
      type: int
      returned: success
    multipart_objects:
      description: Multipart objects at the end of the interval.
      type: int
      returned: success
    multipart_object_parts:
      description: Their parts.
      type: int
      returned: success
    multipart_object_bytes:
      description: Their bytes.
      type: int
      returned: success
    multipart_uploads:
      description: Unfinished multipart uploads at the end of the interval.
      type: int
      returned: success
    multipart_upload_parts:
      description: Their parts.
      type: int
      returned: success
    multipart_upload_bytes:
      description: Their bytes.
      type: int
      returned: success
    metadata_only_objects:
      description: Objects of which only the metadata is stored.
      type: int
      returned: if the release of HCP reports it
    metadata_only_bytes:
      description: Their bytes.
      type: int
      returned: if the release of HCP reports it
    tiered_objects:
      description: Objects on tiered storage.
      type: int
      returned: if the release of HCP reports it
    tiered_bytes:
      description: Their bytes.
      type: int
      returned: if the release of HCP reports it
    includes_deleted:
      description: Whether the total includes deleted namespaces.
      type: bool
      returned: success
    valid:
      description: Whether HCP collected all figures of the interval.
      type: bool
      returned: success
  sample:
    - system: hcp.example.com
      tenant: research
      namespace: raw-scans
      start_time: "2026-05-04T00:00:00Z"
      end_time: "2026-05-04T23:59:59Z"
      object_count: 41
      bytes_in: 52428800
      includes_deleted: false
      valid: true
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
    path: /tenants/research/chargebackReport
    hcp_message: null
    hint: If HCP is known to be slow, increase timeout or deadline.
    attempts: 4
    resource: chargeback report of tenant research
"""


from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.usage import (
    reads_chargeback,
)

MODULE = reads_chargeback()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
