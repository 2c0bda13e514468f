# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the connection options: the HCP system and the account."""

from __future__ import annotations


class ModuleDocFragment:
    """Shared by every module; the options themselves are in module_utils/tasks/arguments.py."""

    DOCUMENTATION = r"""
options:
  domain:
    description:
      - Domain name of the HCP system, as in C(admin.<domain>) and C(<tenant>.<domain>).
      - If not given, the environment variable E(HCP_DOMAIN) is used.
    type: str
    required: true
  username:
    description:
      - User name of the account that the task uses. For an Active Directory account,
        C(user@ad-domain).
      - If not given, the environment variable E(HCP_USERNAME) is used.
    type: str
    required: true
  password:
    description:
      - Password of the account that the task uses.
      - If not given, the environment variable E(HCP_PASSWORD) is used.
    type: str
    required: true
  auth_type:
    description:
      - How the account is authenticated.
      - V(local) is for accounts authenticated by HCP itself or by RADIUS servers, V(ad) for Active
        Directory accounts.
      - If not given, the environment variable E(HCP_AUTH_TYPE) is used.
    type: str
    choices: [local, ad]
    default: local
  account_level:
    description:
      - Whether the account belongs to the HCP system or to a tenant.
      - Requests of a V(system)-level account go to C(admin.<domain>), those of a V(tenant)-level
        account to C(<tenant>.<domain>).
      - If not given, the environment variable E(HCP_ACCOUNT_LEVEL) is used. Otherwise the default
        is the level that usually manages the kind of resource, which is V(system) for tenants and
        V(tenant) for everything in a tenant.
      - A system-level account can manage what is in a tenant only if the tenant allows it with
        C(administration_allowed).
    type: str
    choices: [system, tenant]
  port:
    description:
      - Port of the management API.
      - If not given, the environment variable E(HCP_PORT) is used.
    type: int
    default: 9090
  nodes:
    description:
      - Addresses of HCP nodes to connect to, if O(domain) is not in DNS.
      - If a node cannot be reached, the next one is tried. The Host header and the name in the
        certificate remain those of O(domain).
      - If not given, the environment variable E(HCP_NODES) is used, with comma-separated addresses.
    type: list
    elements: str
  validate_certs:
    description:
      - Whether to verify HCP's certificate. Disable it only for tests; each task then warns.
      - If not given, the environment variable E(HCP_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - Path of a PEM file with the CA certificates to trust, on the host that runs the task.
      - If not given, the environment variable E(HCP_CA_PATH) is used. Otherwise the default of the
        Python library requests applies, which is E(REQUESTS_CA_BUNDLE) or its own bundle.
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of a response.
      - If not given, the environment variable E(HCP_TIMEOUT) is used.
    type: int
    default: 60
  retries:
    description:
      - Maximum number of retries after a transient failure, such as a broken connection or a
        response of 503. The pause between attempts grows, and is extended to what HCP requests with
        C(Retry-After).
      - If not given, the environment variable E(HCP_RETRIES) is used.
    type: int
    default: 3
  deadline:
    description:
      - Maximum seconds for one request, including all its retries and pauses.
      - If not given, the environment variable E(HCP_DEADLINE) is used.
    type: int
    default: 300
  proxy:
    description:
      - URL of the HTTP proxy.
      - If not given, the environment variable E(HCP_PROXY) is used; otherwise E(HTTPS_PROXY) and
        E(NO_PROXY).
    type: str
requirements:
  - requests >= 2.28
notes:
  - The options for the HCP system and the account can be set once per play, with C(module_defaults)
    for the group C(contentplatform.hcp.hcp).
"""

    S3 = r"""
options:
  data_port:
    description:
      - Port of the S3 gateway.
      - If not given, the environment variable E(HCP_DATA_PORT) is used.
    type: int
    default: 443
requirements:
  - boto3 >= 1.28
"""

    QUERY = r"""
options:
  data_port:
    description:
      - Port of metadata queries, which is the port of the S3 gateway.
      - If not given, the environment variable E(HCP_DATA_PORT) is used.
    type: int
    default: 443
"""
