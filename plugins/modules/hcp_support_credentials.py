#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_support_credentials
short_description: Install credentials for the access of support to an HCP
version_added: 0.1.0
description:
  - Installs exclusive credentials for the access of support to a Hitachi Content Platform, from the
    package that support delivers. They cannot be taken away again, only replaced by others.
  - It takes a system-level account with the role ADMINISTRATOR or SERVICE.
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
      - When the package was made, as in RV(support_credentials.created_at). Nothing is uploaded while
        HCP has the credentials of that time.
      - Without it the package is uploaded in every run, and the task has changed something if HCP then
        shows other credentials than before.
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
  description: The credentials in force, in check mode as they are now.
  returned: success
  type: dict
  contains:
    type:
      description: V(Default) for those that every HCP has, or V(Exclusive).
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
      description: When the package was made.
      type: str
      returned: for exclusive credentials
    applied_at:
      description: When it was installed.
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
    - The failure as data. C(code) is a stable name of the reason, such as V(forbidden), V(invalid) or
      V(bad_option); C(method), C(path), C(status), C(attempts), C(hcp_message) and C(hint) say more
      where a request failed, C(option) where the task was refused before anything was sent.
  returned: failure
  type: dict
  sample:
    code: invalid
    status: 400
    method: PUT
    path: /supportaccesscredentials
    hcp_message: The key package is not valid.
    hint: Check the values of the options named above.
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
