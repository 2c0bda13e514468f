# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options of modules that fetch what HCP has to prepare first."""

from __future__ import annotations


class ModuleDocFragment:
    """The package, and what to do with it."""

    DOCUMENTATION = r"""
options:
  state:
    description:
      - V(downloaded) creates the file O(dest), if it does not exist.
      - V(prepared) only requests HCP to prepare the package, if HCP has none.
      - V(absent) clears the package on HCP, or stops its preparation. It leaves O(dest) alone.
    type: str
    choices: [downloaded, prepared, absent]
    default: downloaded
  dest:
    description:
      - Path of the file to create, on the host that runs the task, in an existing directory. The
        file appears only when it is complete, and only its owner can read it. Required for
        V(downloaded).
      - If the file exists nothing is done, unless O(force) is set.
    type: path
  force:
    description: Whether to download and replace O(dest) if it exists.
    type: bool
    default: false
  replace:
    description: Whether to clear an existing package and prepare a new one.
    type: bool
    default: false
  keep:
    description: Whether to keep the package on HCP after the download. By default it is cleared.
    type: bool
    default: false
  start_date:
    description: The first day, such as V(2026-05-04). The default is today.
    type: str
  end_date:
    description: The last day. The default is today.
    type: str
  node_numbers:
    description: Numbers of the nodes to download from. By default all running nodes.
    type: list
    elements: int
  wait_timeout:
    description:
      - Seconds to wait for the preparation. After that the task fails, but HCP continues, and
        another run of the task downloads the result.
      - With V(0) and O(state=prepared) the task does not wait.
    type: int
    default: 3600
"""
