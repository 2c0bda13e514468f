#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_query_info
short_description: Query HCP for objects by metadata, or for operations on objects
version_added: 0.1.0
description:
  - Sends queries to the metadata query API of a Hitachi Content Platform, one for each page, and
    returns the results. It reads only metadata, no object data, and changes nothing on HCP.
  - O(query) finds existing objects that are in HCP's index. O(operations) finds operations on
    objects, such as deletions. One of them is required.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.connection
  - contentplatform.hcp.connection.query
attributes:
  check_mode:
    description: Can run in C(check_mode). With O(dest) the task reports whether the file would
      change, and does not write it.
    support: full
  diff_mode:
    description: Has nothing to show in C(diff) mode.
    support: N/A
  idempotent:
    description: Changes nothing but O(dest), and only if the results differ.
    support: full
options:
  tenant:
    description:
      - The tenant to search. The account belongs to the tenant, or to the system if the tenant
        admits system-level accounts.
      - Without it the whole system is searched, which requires a system-level account.
    type: str
  query:
    description:
      - A query expression, such as V(+hold:true), or V(*:*) for all objects.
      - The namespaces need C(search_enabled) and C(indexing_enabled).
    type: str
  sort:
    description:
      - Properties to sort the results of O(query) by, each with V(+desc) for a descending order.
      - By default results are sorted by the time of the last change. Only in that order is the
        number of results unlimited. In any other order HCP returns at most 100000.
      - With an empty list the best matches come first. That order is not stable for more than one
        page.
    type: list
    elements: str
  facets:
    description: Properties whose values to count. HCP supports V(hold), V(namespace), V(retention),
      V(retentionClass) and content properties.
    type: list
    elements: str
  content_properties:
    description: Whether to return the content properties of the namespaces as well.
    type: bool
  operations:
    description: Find operations on objects instead of objects, in the order in which they happened.
      An empty dictionary finds all operations except prunings and disposals.
    type: dict
    suboptions:
      start:
        description: Start time (ISO 8601), inclusive. Without an offset it is UTC.
        type: str
      end:
        description: End time (ISO 8601), exclusive. The default is one minute before now by HCP's
          clock, because later records may be incomplete.
        type: str
      namespaces:
        description: Namespaces to search, each as C(<namespace>.<tenant>). By default all that the
          account is allowed to search.
        type: list
        elements: str
      directories:
        description: Directories to search, each starting with V(/).
        type: list
        elements: str
      transactions:
        description: The kinds of operation to find. By default V(create), V(delete) and V(purge).
        type: list
        elements: str
        choices: [create, delete, dispose, prune, purge]
      indexable:
        description: V(true) finds only indexed objects, V(false) only objects that are not indexed.
        type: bool
      replication_collision:
        description: V(true) finds only objects created by a replication collision, V(false) only
          others.
        type: bool
  object_properties:
    description:
      - Properties to return, by HCP's names, such as V(objectPath), V(size) and V(hold).
      - C(urlName), C(operation), C(version) and C(changeTimeMilliseconds) are always returned.
    type: list
    elements: str
  verbose:
    description: Whether to return nearly all properties. The result then includes objects that are
      deleted but still in the index, with the operation C(NOT_FOUND).
    type: bool
  limit:
    description:
      - Maximum number of results. V(0) returns only RV(total), RV(facets) and
        RV(content_properties).
      - The default is no limit with O(dest), and 10000 otherwise, with a warning if there are more.
    type: int
  page_size:
    description: Number of results per request, between 1 and 10000.
    type: int
    default: 100
  dest:
    description:
      - Path of a file to write the results to, on the host that runs the task, with one JSON object
        per line. RV(results) is not returned then. Use it for large results, because it needs
        memory for one page only.
      - The file is moved into place when it is complete. Only its owner can read it.
    type: path
  account_level:
    description:
      - With V(tenant), O(tenant) is required. Otherwise the option has no effect.
      - If not given, the environment variable E(HCP_ACCOUNT_LEVEL) is used.
    type: str
    choices: [system, tenant]
seealso:
  - module: contentplatform.hcp.hcp_namespace
"""

EXAMPLES = r"""
- name: Find the largest objects on hold
  contentplatform.hcp.hcp_query_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    query: '+namespace:"searchable.research" +size:[4 TO *]'
    sort: [size+desc]
    object_properties: [objectPath, size, hold]
    limit: 10
  register: largest

- name: Count the objects of each namespace
  contentplatform.hcp.hcp_query_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    query: "*:*"
    facets: [namespace]
    limit: 0
  register: counts

- name: Write what was deleted since the beginning of the year into a file
  contentplatform.hcp.hcp_query_info:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    operations:
      start: "2026-01-01T00:00:00Z"
      namespaces: [searchable.research]
      transactions: [delete, dispose, prune, purge]
    object_properties: [utf8Name, size]
    dest: "{{ playbook_dir }}/deleted.jsonl"
  register: deleted
"""

RETURN = r"""
results:
  description:
    - The results, each with the requested properties, by HCP's names. Timestamps are UTC.
    - C(version) and C(permissions) are strings. C(retention) is a timestamp or V(0), V(-1) or
      V(-2). C(changeTime) is C(changeTimeMilliseconds) as a timestamp.
  returned: success, without O(dest)
  type: list
  elements: dict
  sample:
    - urlName: https://searchable.research.hcp.example.com/rest/scans/a.tif
      operation: CREATED
      version: "99401122334337"
      changeTimeMilliseconds: "1767225600001.00"
      changeTime: "2026-01-01T00:00:00.001Z"
      objectPath: /scans/a.tif
      size: 4096
      hold: false
count:
  description: Number of results read.
  returned: success
  type: int
  sample: 1
complete:
  description: Whether the results are complete.
  returned: success
  type: bool
total:
  description: Total number of matching objects; null if HCP does not return it.
  returned: success, with O(query)
  type: int
  sample: 1
facets:
  description: For each facet property, its values and the number of objects with each value, in
    descending order. HCP returns up to 100 values per property.
  returned: success, with O(query)
  type: dict
  sample:
    namespace:
      - value: searchable.research
        count: 1
content_properties:
  description: The content properties, if O(content_properties) is set.
  returned: success, with O(query)
  type: list
  elements: dict
  sample:
    - name: patient
      expression: /scan/patient
      type: STRING
      multivalued: false
start:
  description: Start time of the operations that were searched.
  returned: success, with O(operations)
  type: str
  sample: "2026-01-01T00:00:00.000Z"
end:
  description: End time of the operations that were searched. Pass it as O(operations.start) of the
    next task to read later operations.
  returned: success, with O(operations)
  type: str
  sample: "2026-02-01T08:00:00.000Z"
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) describe
      the failed request.
  returned: failure
  type: dict
  sample:
    code: invalid
    status: 400
    method: POST
    path: /query
    hcp_message: "'sise' is not a valid property."
    hint: >-
      Check the expression, the names of properties and namespaces, and that each property supports
      its use. If the query needs too much memory, remove sort or facets.
    attempts: 1
    resource: metadata query
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.query import queries

MODULE = queries()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
