#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_support_credentials
short_description: Install access credentials for HCP support
version_added: 0.1.0
description:
  - Installs exclusive support access credentials on a Hitachi Content Platform, from the package
    that support delivers. They cannot be removed, only replaced by others.
  - Requires a system-level account with the role ADMINISTRATOR or SERVICE.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.upload
  - contentplatform.hcp.connection
options:
  src:
    description: Name of the file with the package, on the host that runs the task.
    type: path
    required: true
  created_at:
    description:
      - Creation time of the package, as in RV(support_credentials.created_at). The package is not
        uploaded if HCP has credentials with this creation time.
      - Without it every run uploads the package, and reports a change if the credentials of HCP
        differ from those before.
    type: str
seealso:
  - module: contentplatform.hcp.hcp_system_info
"""

EXAMPLES = r"""
- name: Install the credentials of a package, unless HCP has them already
  contentplatform.hcp.hcp_support_credentials:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    src: "{{ hcp_support_package }}"
    created_at: 2026-05-04T13:06:40Z
"""

RETURN = r"""
support_credentials:
  description: The active credentials, in check mode the current ones.
  returned: success
  type: dict
  contains:
    type:
      description: V(Default) for the credentials that every HCP system has, or V(Exclusive).
      type: str
      returned: success
    default_key_type:
      description: The kind of default credentials.
      type: str
      returned: success
    serial_number:
      description: The serial number in the package.
      type: str
      returned: for exclusive credentials
    created_at:
      description: Creation time of the package.
      type: str
      returned: for exclusive credentials
    applied_at:
      description: Installation time of the package.
      type: str
      returned: for exclusive credentials
  sample:
    type: Exclusive
    default_key_type: Arizona
    serial_number: "40001"
    created_at: "2026-05-04T13:06:40Z"
    applied_at: "2026-05-06T09:00:00Z"
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
    path: /supportaccesscredentials
    hcp_message: The key package is not valid.
    hint: Check the values of the options of the task.
    attempts: 1
    resource: support access credentials
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.system import credentials

MODULE = credentials()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
