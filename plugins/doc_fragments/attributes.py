# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of what modules support, and of options that many of them have."""

from __future__ import annotations


class ModuleDocFragment:
    """Attributes shared by every module, and a part each for those that write and those that read."""

    DOCUMENTATION = r"""
attributes:
  action_group:
    description: Use C(group/contentplatform.hcp.hcp) in C(module_defaults) to set defaults for this
      module.
    support: full
    membership:
      - contentplatform.hcp.hcp
  platform:
    description: The platforms this module works for.
    platforms: all
    support: full
"""

    MANAGE = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode) and predict the changes without writing to HCP.
    support: full
  diff_mode:
    description: Returns what has changed, or would change, in C(diff) mode. Secrets are not shown.
    support: full
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second
      invocation indicates no change.
    support: full
options:
  state:
    description:
      - Whether the resource is to exist.
      - Options that are not given are left as they are, and settings that have a request of their
        own are then not even read. An option given as empty is cleared.
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
    description: Returns what has changed, or would change, in C(diff) mode.
    support: full
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second
      invocation indicates no change.
    support: full
"""

    UPLOAD = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode). What HCP makes of the upload is not predicted, because only
      HCP can read it.
    support: full
  diff_mode:
    description: Returns what is in force before and after in C(diff) mode.
    support: full
  idempotent:
    description: When run twice in a row outside check mode, with the same arguments, the second
      invocation indicates no change.
    support: full
"""

    PACKAGE = r"""
attributes:
  check_mode:
    description: Can run in C(check_mode). Nothing is prepared, downloaded or cleared then.
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
      - In check mode, take the resource to be absent without asking HCP, and predict its creation.
      - It is for a resource whose tenant is created earlier in the same play. In check mode that
        tenant is not there to be asked, nor is its first user there to work as. Give it the RV(created)
        of the task that creates the tenant.
      - Means nothing outside check mode.
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
