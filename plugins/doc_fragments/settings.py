# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of settings that more than one kind of resource has."""

from __future__ import annotations


class ModuleDocFragment:
    """A part for each of them."""

    CORS = r"""
options:
  cors:
    description:
      - Rules for browsers that come from pages of other sites. Replaces the rules that are there; an
        empty list removes them. The rules of a tenant are for namespaces that have none.
    type: list
    elements: dict
    suboptions:
      id:
        description: Name of the rule.
        type: str
      allowed_origins:
        description: Origins it is for, each with at most one V(*).
        type: list
        elements: str
        required: true
      allowed_methods:
        description: Methods they may use.
        type: list
        elements: str
        choices: [DELETE, GET, HEAD, POST, PUT]
        required: true
      allowed_headers:
        description: Request headers they may send, each with at most one V(*).
        type: list
        elements: str
      expose_headers:
        description: Response headers they may read.
        type: list
        elements: str
      max_age_seconds:
        description: Seconds for which a browser may remember the answer.
        type: int
"""
