#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_mapi
short_description: Send one request to the HCP management API
version_added: 0.1.0
description:
  - Sends a request that the task describes itself to the management API (MAPI) of a Hitachi Content
    Platform, with the connection, the retries and the failures of the other modules.
  - It is for what no other module of the collection does. It knows nothing of what it sends. It does
    not compare, asks for no confirmation, and does again what it is told again.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.connection
attributes:
  check_mode:
    description: Requests that read are sent in C(check_mode), those that write are not and count as
      changes. No file is written.
    support: full
  diff_mode:
    description: Does not know what a request changes.
    support: none
  idempotent:
    description: Only as far as the request is. See O(status_code) and O(changed).
    support: partial
options:
  method:
    description: What to do. V(GET) and V(HEAD) read, the others write.
    type: str
    choices: [GET, HEAD, PUT, POST, DELETE]
    default: GET
  path:
    description:
      - Path of the resource, such as V(/tenants/research/contentClasses). That it starts with
        C(/mapi) may be said or not.
      - What is special in a path must be encoded in the names of things, such as V(%2F) for a slash.
        What else has to be encoded is.
    type: str
    required: true
  query:
    description: Parameters. One that is a switch, such as C(prettyprint), has the value V("").
    type: dict
    default: {}
  body:
    description: Properties to send, in the words of MAPI, as JSON.
    type: dict
  content:
    description: A body that is not JSON, as it is.
    type: str
  src:
    description: Path of a file with a body that is not JSON, on the host that runs the task.
    type: path
  content_type:
    description: Media type of O(content) or O(src).
    type: str
    default: application/xml
  accept:
    description: Media type that the answer is to have. MAPI has V(application/json),
      V(application/xml), and V(text/csv) for chargeback reports.
    type: str
    default: application/json
  dest:
    description:
      - Path of a file to put the answer to a V(GET) into, on the host that runs the task. Only its
        owner may read it. RV(json) and RV(content) are left out then.
      - The answer is held in memory until it is complete.
    type: path
  status_code:
    description: Statuses that are no failures, besides those of success. What has such a status has
      changed nothing.
    type: list
    elements: int
    default: []
  repeatable:
    description:
      - Whether the request may be sent again after a failure, although HCP may have carried it out.
        Without it V(true) for requests that read, and V(false) for those that write.
      - Where HCP cannot have got the request it is sent again anyway, up to O(retries) times.
    type: bool
  changed:
    description: Whether a success is a change. Without it V(true) for requests that write.
    type: bool
  tenant:
    description: The tenant of the account to work as. Without it the account is one of the system.
    type: str
  account_level:
    description:
      - Whether the account to work as belongs to the HCP system or to O(tenant). Without it, to the
        tenant if one is named.
      - The tenant that the request is about is part of O(path), whichever the level.
      - If not given, the environment variable E(HCP_ACCOUNT_LEVEL) is used.
    type: str
    choices: [system, tenant]
notes:
  - Values of O(query), O(body) and XML in O(content) whose names have C(password), C(secret) or
    C(token) in them are masked in the output of the task.
  - HCP writes the parameters of a request into its logs.
"""

EXAMPLES = r"""
- name: Read the statistics of a tenant
  contentplatform.hcp.hcp_mapi:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    path: /tenants/research/statistics
  register: statistics

- name: Create a content class, unless there is one with that name
  contentplatform.hcp.hcp_mapi:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    method: PUT
    path: /tenants/research/contentClasses
    body:
      name: scans
      contentProperties:
        contentProperty: []
      namespaces:
        name: []
    status_code: [409]

- name: Search the metadata of a namespace anew
  contentplatform.hcp.hcp_mapi:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    method: POST
    path: /tenants/research/namespaces/searchable
    query:
      resetMQECheckpoint: "0"
    body: {}
    changed: false

- name: Save a report as a table
  contentplatform.hcp.hcp_mapi:
    domain: hcp.example.com
    username: storage-admin
    password: "{{ storage_admin_password }}"
    tenant: research
    path: /tenants/research/chargebackReport
    query:
      start: "2026-01-01T00:00:00+0000"
      end: "2026-02-01T00:00:00+0000"
      granularity: total
    accept: text/csv
    dest: "{{ playbook_dir }}/january.csv"
"""

RETURN = r"""
status:
  description: HTTP status of the answer.
  returned: when a request was sent and got an answer that is no failure
  type: int
  sample: 200
headers:
  description: Those headers of the answer that tell something about it.
  returned: when a request was sent and got an answer that is no failure
  type: dict
  sample:
    Content-Type: application/json
    X-HCP-SoftwareVersion: 9.7.0.20
json:
  description: The answer, if it is JSON.
  returned: when it is, without O(dest)
  type: raw
  sample: {name: [scans]}
content:
  description: The answer, if it is not JSON. HCP answers nothing to most requests that write.
  returned: when it is not, without O(dest)
  type: str
  sample: ""
error:
  description:
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden) or
      V(timed_out). C(uncertain) says whether HCP may have carried the request out all the same.
  returned: failure
  type: dict
  sample:
    code: conflict
    status: 409
    method: PUT
    path: /tenants/research/contentClasses
    hcp_message: null
    hint: A resource with this name exists already.
    attempts: 1
    resource: /tenants/research/contentClasses
    uncertain: false
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.request import sends

MODULE = sends()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
