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
  - Sends one request, as described by the task, to the management API (MAPI) of a Hitachi Content
    Platform. Connection, retries and failures work as in the other modules.
  - Use it for requests that no other module covers. The module does not know what the request
    means. It does not compare states, requires no confirmation, and sends the request again in
    every run.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.connection
attributes:
  check_mode:
    description: In C(check_mode), requests that read are sent. Requests that write are not sent and
      count as changes. No file is written.
    support: full
  diff_mode:
    description: The module does not know what a request changes.
    support: none
  idempotent:
    description: Only if the request is idempotent. See O(status_code) and O(changed).
    support: partial
options:
  method:
    description: HTTP method. V(GET) and V(HEAD) read, the others write.
    type: str
    choices: [GET, HEAD, PUT, POST, DELETE]
    default: GET
  path:
    description:
      - Path of the resource, such as V(/tenants/research/contentClasses). The prefix C(/mapi) is
        optional.
      - Encode characters that are special in a path if they are part of a name, such as V(%2F) for
        a slash. The module encodes all other characters.
    type: str
    required: true
  query:
    description: Query parameters. A parameter without a value, such as C(prettyprint), has the
      value V("").
    type: dict
    default: {}
  body:
    description: Properties to send as JSON, with MAPI's names.
    type: dict
  content:
    description: A request body that is not JSON. It is sent unchanged.
    type: str
  src:
    description: Path of a file with a request body that is not JSON, on the host that runs the
      task.
    type: path
  content_type:
    description: Media type of O(content) or O(src).
    type: str
    default: application/xml
  accept:
    description: Media type of the response. MAPI supports V(application/json), V(application/xml),
      and V(text/csv) for chargeback reports.
    type: str
    default: application/json
  dest:
    description:
      - Path of a file to write the response of a V(GET) to, on the host that runs the task. Only
        its owner can read it. RV(json) and RV(content) are not returned then.
      - The response is held in memory until it is complete.
    type: path
  status_code:
    description: Statuses that are accepted in addition to those of success. A response with such a
      status counts as no change.
    type: list
    elements: int
    default: []
  repeatable:
    description:
      - Whether the request may be sent again after a failure even if HCP may have carried it out.
        The default is V(true) for requests that read, and V(false) for those that write.
      - If HCP cannot have received the request, it is retried in any case, up to O(retries) times.
    type: bool
  changed:
    description: Whether a successful request counts as a change. The default is V(true) for
      requests that write.
    type: bool
  tenant:
    description: The tenant that the account belongs to. Without it the account is a system-level
      account.
    type: str
  account_level:
    description:
      - Whether the account belongs to the HCP system or to O(tenant). The default is V(tenant) if
        O(tenant) is given.
      - The tenant that the request addresses is part of O(path), at either level.
      - If not given, the environment variable E(HCP_ACCOUNT_LEVEL) is used.
    type: str
    choices: [system, tenant]
notes:
  - Values of O(query), O(body) and XML in O(content) whose names contain C(password), C(secret) or
    C(token) are redacted in the output of the task.
  - HCP writes request parameters to its logs.
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
  description: HTTP status of the response.
  returned: when a request was sent and its response is no failure
  type: int
  sample: 200
headers:
  description: Selected headers of the response.
  returned: when a request was sent and its response is no failure
  type: dict
  sample:
    Content-Type: application/json
    X-HCP-SoftwareVersion: 9.7.0.20
json:
  description: The response, if it is JSON.
  returned: if the response is JSON, without O(dest)
  type: raw
  sample: {name: [scans]}
content:
  description: The response, if it is not JSON. It is empty for most requests that write.
  returned: if the response is not JSON, without O(dest)
  type: str
  sample: ""
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden) or
      V(timed_out). C(uncertain) is true if HCP may have carried out the request.
  returned: failure
  type: dict
  sample:
    code: conflict
    status: 409
    method: PUT
    path: /tenants/research/contentClasses
    hcp_message: null
    hint: A resource with this name already exists.
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
