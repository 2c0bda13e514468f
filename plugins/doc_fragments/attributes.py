# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of what modules support, and of options that many of them have."""

from __future__ import annotations


class ModuleDocFragment:
    """Attributes of all modules, and one fragment each for modules that write and modules that read."""

    DOCUMENTATION = r"""
attributes:
  action_group:
    description: Use C(group/contentplatform.hcp.hcp) in C(module_defaults) to set defaults for this
      module.
    support: full
    membership:
      - contentplatform.hcp.hcp
  platform:
    description: The platforms this module supports.
    platforms: all
    support: full
"""

    MANAGE = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode) and predict the changes without writing to HCP.
    support: full
  diff_mode:
    description: Returns the changes, made or predicted, in C(diff) mode. Secrets are redacted.
    support: full
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second
      invocation indicates no change.
    support: full
options:
  state:
    description:
      - Whether the resource exists.
      - Options that are not given are left unchanged, and settings with separate requests are then
        not read either. An option that is given empty clears the setting.
    type: str
    choices: [present, absent]
    default: present
"""

    ONCE = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode) and predict the changes without writing to HCP.
    support: full
  diff_mode:
    description: Returns the changes, made or predicted, in C(diff) mode.
    support: full
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second
      invocation indicates no change.
    support: full
"""

    UPLOAD = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode). The result of the upload is not predicted, because only
      HCP can parse it.
    support: full
  diff_mode:
    description: Returns the state before and after in C(diff) mode.
    support: full
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second
      invocation indicates no change.
    support: full
"""

    PACKAGE = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode), without preparing, downloading or clearing anything.
    support: full
  diff_mode:
    description: Has nothing to show in C(diff) mode.
    support: none
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second
      invocation indicates no change, unless O(force) or O(replace) is set.
    support: full
"""

    NESTED = r"""
options:
  assume_absent:
    description:
      - In check mode, take the resource to be absent without a request to HCP, and predict its
        creation.
      - Use it for a resource whose tenant is created earlier in the same play. In check mode
        neither that tenant nor its first user exists, so the task cannot log in. Set it to the
        RV(created) of the task that creates the tenant.
      - It has no effect outside check mode.
    type: bool
    default: false
"""

    INFO = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode), because it changes nothing.
    support: full
  diff_mode:
    description: Has nothing to show in C(diff) mode, because it changes nothing.
    support: N/A
  idempotent:
    description: Changes nothing.
    support: full
"""
