#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_certificate_info
short_description: Read the replication certificates of an HCP
version_added: 0.1.0
description:
  - Reads the certificate that a Hitachi Content Platform shows when it replicates, and those of other
    systems that it trusts.
  - It takes a system-level account with the role MONITOR or ADMINISTRATOR; the text of the system's
    own certificate takes ADMINISTRATOR.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  id:
    description: Identifier of the one certificate to read. V(server) is the system's own. Without it,
      all are read.
    type: str
  include:
    description: What to read beside what the list has. V(text) takes one more request for each
      certificate.
    type: list
    elements: str
    choices: [all, text]
    default: []
seealso:
  - module: contentplatform.hcp.hcp_certificate
"""

EXAMPLES = r"""
- name: Read the certificate of this system
  contentplatform.hcp.hcp_certificate_info:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    id: server
    include: [text]
  register: own

- name: Put it into a file
  ansible.builtin.copy:
    content: "{{ own.certificates[0].text }}"
    dest: "{{ playbook_dir }}/hcp.pem"
    mode: "0644"

- name: See which certificates of other systems are trusted, and until when
  contentplatform.hcp.hcp_certificate_info:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
"""

RETURN = r"""
certificates:
  description: The certificates, the system's own first. C(text) is there with O(include=text) only, and
    empty where HCP shows none.
  returned: success
  type: list
  elements: dict
  sample:
    - id: server
      subject_dn: CN=*.hcp.example.com, O=Example
      valid_on: "2026-01-01T00:00:00Z"
      expires_on: "2036-01-01T00:00:00Z"
error:
  description:
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) say more
      where a request failed.
  returned: failure
  type: dict
  sample:
    code: forbidden
    status: 403
    method: GET
    path: /services/replication/certificates/server
    hcp_message: null
    hint: It takes the role ADMINISTRATOR.
    attempts: 1
    resource: certificates of replication
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.certificates import (
    informs_certificates,
)

MODULE = informs_certificates()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
