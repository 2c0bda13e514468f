#!/usr/bin/python
# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: hcp_network
short_description: Manage the network settings of an HCP system
version_added: 0.1.0
description:
  - Changes the network settings of a Hitachi Content Platform. Without a setting, the module only
    reads them.
  - Requires a system-level account with the role ADMINISTRATOR; MONITOR is enough if nothing
    changes.
author:
  - contentplatform.hcp maintainers (@contentplatform)
extends_documentation_fragment:
  - contentplatform.hcp.attributes
  - contentplatform.hcp.attributes.once
  - contentplatform.hcp.connection
options:
  downstream_dns_mode:
    description: How HCP configures the downstream DNS servers. Left unchanged if not given.
    type: str
    choices: [BASIC, ADVANCED]
seealso:
  - module: contentplatform.hcp.hcp_config
  - module: contentplatform.hcp.hcp_system_info
"""

EXAMPLES = r"""
- name: Have advanced settings for downstream DNS
  contentplatform.hcp.hcp_network:
    domain: hcp.example.com
    username: admin
    password: "{{ hcp_admin_password }}"
    downstream_dns_mode: ADVANCED
"""

RETURN = r"""
network:
  description: The settings, with this module's option names as keys.
  returned: success
  type: dict
  sample:
    downstream_dns_mode: ADVANCED
created:
  description: Always V(false), because the settings always exist.
  returned: success
  type: bool
details:
  description: Read-only properties of the settings. Always empty.
  returned: success
  type: dict
  sample: {}
steps:
  description:
    - The request that was sent, or would be sent in check mode; empty if nothing changes.
    - C(status) is V(planned) in check mode, otherwise V(done), V(failed), or V(unknown) if HCP gave
      no usable response.
  returned: success, and if the request failed
  type: list
  elements: dict
  sample:
    - action: update
      resource: network
      method: POST
      path: /network
      options: [downstream_dns_mode]
      risk: update
      status: done
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
    method: POST
    path: /network
    hcp_message: The user does not have permission to perform this operation.
    hint: >-
      HCP does not allow this for the account, or in the current state of the resource. The request
      needs the role ADMINISTRATOR.
    attempts: 1
    resource: network
"""

from ansible_collections.contentplatform.hcp.plugins.module_utils.resources.network import NETWORK
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.resource import manages

MODULE = manages(NETWORK)


def main() -> None:
    """Run the module."""
    MODULE.run()


if __name__ == "__main__":
    main()
