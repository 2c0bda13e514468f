# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options of modules that fetch what HCP has to prepare first."""

from __future__ import annotations


class ModuleDocFragment:
    """What is prepared, and what becomes of it."""

    DOCUMENTATION = r"""
options:
  state:
    description:
      - V(downloaded) makes the file O(dest), if there is none.
      - V(prepared) only has HCP prepare the package, if it has none.
      - V(absent) clears the package on HCP, or stops its preparation. O(dest) is left alone.
    type: str
    choices: [downloaded, prepared, absent]
    default: downloaded
  dest:
    description:
      - Name of the file to make, on the host that runs the task, in a folder that exists. It is there
        only once it is complete, and only its owner may read it. V(downloaded) needs it.
      - Where it exists nothing is done, unless O(force) is set.
    type: path
  force:
    description: Download although O(dest) exists, and replace it.
    type: bool
    default: false
  replace:
    description: Clear a package that is there already, and have a new one prepared.
    type: bool
    default: false
  keep:
    description: Leave the package on HCP after the download. Otherwise it is cleared.
    type: bool
    default: false
  start_date:
    description: The first day, such as V(2026-05-04). Today if not given.
    type: str
  end_date:
    description: The last day. Today if not given.
    type: str
  node_numbers:
    description: Numbers of the nodes to download from. All of those that are running if not given.
    type: list
    elements: int
  wait_timeout:
    description:
      - Seconds to wait for the preparation. After that the task fails, but HCP goes on, and another
        run of the task downloads what it has prepared.
      - With V(0) and O(state=prepared) nothing is waited for.
    type: int
    default: 3600
"""
