#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_certificate
short_description: Manage the replication certificates of an HCP system
version_added: 0.1.0
description:
  - Uploads and deletes the certificates of other systems that a Hitachi Content Platform trusts for
    replication. Two systems need each other's certificate before a link between them can be
    created.
  - M(contentplatform.hcp.hcp_certificate_info) reads a system's own certificate.
  - Requires a system-level account with the role ADMINISTRATOR.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.upload
  - contentplatform.hcp.connection
options:
  state:
    description: Whether HCP trusts the certificate. The module reads the installed certificates to
      find it, with one request for each.
    type: str
    choices: [present, absent]
    default: present
  content:
    description: The certificate in PEM format, without its private key.
    type: str
  src:
    description: Path of a file with the certificate in PEM format, on the host that runs the task.
    type: path
  id:
    description: Identifier that HCP assigned to the certificate. Use it to delete a certificate
      without having its text.
    type: str
seealso:
  - module: contentplatform.hcp.hcp_certificate_info
  - module: contentplatform.hcp.hcp_replication_link
"""

EXAMPLES = r"""
- name: Trust the certificate of another system
  contentplatform.hcp.hcp_certificate:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    src: "{{ hcp_other_certificate }}"

- name: Trust it no more
  contentplatform.hcp.hcp_certificate:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    src: "{{ hcp_other_certificate }}"
    state: absent
"""

RETURN = r"""
certificate:
  description: Properties of the certificate; empty if it is not installed, and in check mode if it
    would be uploaded.
  returned: success
  type: dict
  sample:
    id: 7f1a1c8e-31f6-44cb-a3a1-0d5a2f0a8f77
    subject_dn: CN=*.hcp2.example.com, O=Example
    valid_on: "2026-01-01T00:00:00Z"
    expires_on: "2036-01-01T00:00:00Z"
error:
  description:
    - The failure as data. C(code) is a stable identifier of the cause, such as V(forbidden),
      V(invalid) or V(bad_option); C(method), C(path), C(status), C(attempts), C(hcp_message) and
      C(hint) describe the failed request, C(option) is the reason if the task was refused before
      anything was sent.
  returned: failure
  type: dict
  sample:
    code: invalid
    status: 400
    method: PUT
    path: /services/replication/certificates
    hcp_message: The certificate is not valid.
    hint: Check the values of the options of the task.
    attempts: 1
    resource: certificates of replication
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.certificates import (
    manages_certificates,
)

MODULE = manages_certificates()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
