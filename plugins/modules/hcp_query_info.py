#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_query_info
short_description: Find objects in HCP by their metadata, and what was done with them
version_added: 0.1.0
description:
  - Sends queries to the metadata query API of a Hitachi Content Platform, one for each page, and
    returns what they find. It reads metadata and never data, and changes nothing on HCP.
  - O(query) finds objects that are there and in HCP's index, O(operations) what was done with
    objects, such as their deletion. One of them is needed.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.connection
  - contentplatform.hcp.connection.query
attributes:
  check_mode:
    description: Can run in C(check_mode). With O(dest) it tells whether the file would change, and
      leaves it as it is.
    support: full
  diff_mode:
    description: Has nothing to show in C(diff) mode.
    support: N/A
  idempotent:
    description: Changes nothing but O(dest), and that only if something else is found.
    support: full
options:
  tenant:
    description:
      - The tenant in which to search. Both its own accounts and those of the system, which the tenant
        has to admit, can do that.
      - Without it the whole system is searched, which takes an account of the system.
    type: str
  query:
    description:
      - An expression that tells which objects to find, such as V(+hold:true) or V(*:*) for all of
        them.
      - Namespaces need C(search_enabled) and C(indexing_enabled).
    type: str
  sort:
    description:
      - Properties to sort the results of O(query) by, each with V(+desc) for a descending order.
      - Without it, by the time of the last change, in which order any number of results can be read.
        In any other order HCP shows no more than 100000.
      - With an empty list the best matches come first. That is no order for more than one page.
    type: list
    elements: str
  facets:
    description: Properties whose values are to be counted. HCP has V(hold), V(namespace),
      V(retention), V(retentionClass) and content properties.
    type: list
    elements: str
  content_properties:
    description: Return the content properties that the namespaces have, too.
    type: bool
  operations:
    description: Find operations on objects instead of objects, in the order in which they happened.
      An empty dictionary finds all of them but prunings and disposals.
    type: dict
    suboptions:
      start:
        description: Time (ISO 8601) from which on operations are found. Without an offset it is UTC.
        type: str
      end:
        description: Time (ISO 8601) before which they are found. Without it, a minute ago by HCP's
          clock, because later ones may not be complete.
        type: str
      namespaces:
        description: Names of namespaces to search, each as C(<namespace>.<tenant>). Without it all
          that the account may search.
        type: list
        elements: str
      directories:
        description: Directories to search, each beginning with V(/).
        type: list
        elements: str
      transactions:
        description: The kinds of operation to find. Without it V(create), V(delete) and V(purge).
        type: list
        elements: str
        choices: [create, delete, dispose, prune, purge]
      indexable:
        description: Only objects that are indexed, or only others.
        type: bool
      replication_collision:
        description: Only objects that are there because of a collision in replication, or only
          others.
        type: bool
  object_properties:
    description:
      - Properties to return, with HCP's names such as V(objectPath), V(size) and V(hold).
      - C(urlName), C(operation), C(version) and C(changeTimeMilliseconds) are always returned.
    type: list
    elements: str
  verbose:
    description: Return nearly all properties. Objects that are gone but still in the index are found
      then, too, with the operation C(NOT_FOUND).
    type: bool
  limit:
    description:
      - How many results to return. V(0) is for nothing but RV(total), RV(facets) and
        RV(content_properties).
      - Without it, all of them with O(dest), and the first 10000 with a warning otherwise.
    type: int
  page_size:
    description: How many results to ask for with one request. Between 1 and 10000.
    type: int
    default: 100
  dest:
    description:
      - Path of a file to write the results into, on the host that runs the task, one JSON object in
        each line. RV(results) are left out then. For a large number of results, which are not held in
        memory.
      - The file is put in its place when it is complete. Only its owner may read it.
    type: path
  account_level:
    description:
      - With V(tenant), O(tenant) must be given. Otherwise it means nothing here.
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
    - What was found, each with the properties that were asked for, by HCP's names. Times are UTC.
    - C(version) and C(permissions) are texts. C(retention) is a time or one of the words V(0), V(-1)
      and V(-2). C(changeTime) is C(changeTimeMilliseconds) as a time.
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
  description: How many results were read.
  returned: success
  type: int
  sample: 1
complete:
  description: Whether these are all that there are.
  returned: success
  type: bool
total:
  description: How many objects there are. Null if HCP does not say so.
  returned: success, with O(query)
  type: int
  sample: 1
facets:
  description: The values of the facets by the property, each with the number of objects that have it,
    the most frequent first. HCP shows up to 100 for each.
  returned: success, with O(query)
  type: dict
  sample:
    namespace:
      - value: searchable.research
        count: 1
content_properties:
  description: The content properties, with O(content_properties).
  returned: success, with O(query)
  type: list
  elements: dict
  sample:
    - name: patient
      expression: /scan/patient
      type: STRING
      multivalued: false
start:
  description: Time from which on operations were searched.
  returned: success, with O(operations)
  type: str
  sample: "2026-01-01T00:00:00.000Z"
end:
  description: Time before which operations were searched. As O(operations.start) of a later task it
    finds what came since.
  returned: success, with O(operations)
  type: str
  sample: "2026-02-01T08:00:00.000Z"
error:
  description:
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) say more
      where a request failed.
  returned: failure
  type: dict
  sample:
    code: invalid
    status: 400
    method: POST
    path: /query
    hcp_message: "'sise' is not a valid property."
    hint: Check the expression and the names of properties.
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
