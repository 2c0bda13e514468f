#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_license
short_description: Upload a license key to an HCP system
version_added: 0.1.0
description:
  - Uploads a license key to a Hitachi Content Platform. HCP keeps all licenses that were ever
    uploaded; it cannot delete a license.
  - Requires a system-level account with the role ADMINISTRATOR.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.upload
  - contentplatform.hcp.connection
options:
  key:
    description: The license key as delivered. Mutually exclusive with O(src).
    type: str
  src:
    description: Path of the file with the license key, on the host that runs the task. Mutually
      exclusive with O(key).
    type: path
  serial_number:
    description:
      - The serial number of the license. The key is not uploaded if the active license has this
        serial number.
      - Without it every run uploads the key, and reports a change if the licenses of HCP differ
        from those before. Leave it out for a key that renews a license under the same serial
        number.
    type: str
seealso:
  - module: contentplatform.hcp.hcp_system_info
"""

EXAMPLES = r"""
- name: Upload a license key, unless it is in force already
  contentplatform.hcp.hcp_license:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    key: "{{ hcp_license_key }}"
    serial_number: "40002"
"""

RETURN = r"""
license:
  description: The active license, in check mode the current one; empty if there is none.
  returned: success
  type: dict
  contains:
    serial_number:
      description: Its serial number.
      type: str
      returned: success
    feature:
      description: V(Basic) or V(Premium).
      type: str
      returned: success
    local_capacity:
      description: Bytes of local storage that the license permits.
      type: int
      returned: success
    extended_capacity:
      description: Bytes of extended storage, outside HCP, that the license permits.
      type: int
      returned: success
    expiration_date:
      description: The last day on which the license is valid.
      type: str
      returned: if the license expires
  sample:
    serial_number: "40002"
    feature: Basic
    local_capacity: 1000000000000
    extended_capacity: 0
    expiration_date: "2028-12-31"
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
    path: /storage/licenses
    hcp_message: The license key is not valid.
    hint: Check the values of the options of the task.
    attempts: 1
    resource: license key
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.system import licenses

MODULE = licenses()


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
