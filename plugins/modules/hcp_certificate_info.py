#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_certificate_info
short_description: Read the replication certificates of an HCP system
version_added: 0.1.0
description:
  - Reads the certificate that a Hitachi Content Platform presents for replication, and the
    certificates of other systems that it trusts.
  - Requires a system-level account with the role MONITOR or ADMINISTRATOR; the text of the system's
    own certificate requires ADMINISTRATOR.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.info
  - contentplatform.hcp.connection
options:
  id:
    description: Identifier of one certificate to read. V(server) is the system's own. By default,
      all are read.
    type: str
  include:
    description: Additional properties to read. V(text) needs one more request for each certificate.
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
  description: The certificates, the system's own first. C(text) is returned only with
    O(include=text), and is empty if HCP does not return it.
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
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden) or
      V(timed_out); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) describe
      the failed request.
  returned: failure
  type: dict
  sample:
    code: forbidden
    status: 403
    method: GET
    path: /services/replication/certificates/server
    hcp_message: null
    hint: >-
      Check username and password, the roles of the account and its level (account_level), and that
      the management API is enabled for the tenant and allows the address of this host. The request
      needs the role ADMINISTRATOR.
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
