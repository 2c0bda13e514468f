# Copyright (c) the contentplatform.hcp maintainers
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options that say which HCP to manage and as whom."""

from __future__ import annotations


class ModuleDocFragment:
    """Shared by every module; the options themselves are in module_utils/entry.py."""

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
      - User name of the account to work as. For an Active Directory account, C(user@ad-domain).
      - If not given, the environment variable E(HCP_USERNAME) is used.
    type: str
    required: true
  password:
    description:
      - Password of the account to work as.
      - If not given, the environment variable E(HCP_PASSWORD) is used.
    type: str
    required: true
  auth_type:
    description:
      - Who authenticates the account to work as.
      - V(local) is for accounts known to HCP itself or to RADIUS servers, V(ad) for accounts of
        Active Directory.
      - If not given, the environment variable E(HCP_AUTH_TYPE) is used.
    type: str
    choices: [local, ad]
    default: local
  account_level:
    description:
      - Whether the account to work as belongs to the HCP system or to a tenant.
      - Requests of a V(system)-level account go to C(admin.<domain>), those of a V(tenant)-level
        account to C(<tenant>.<domain>).
      - If not given, the environment variable E(HCP_ACCOUNT_LEVEL) is used; without that, the level
        of account that usually manages the kind of resource, which is V(system) for tenants and
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
      - Addresses of HCP nodes to connect to, for where O(domain) is not in DNS.
      - They are tried in turn when one cannot be reached. The host name that HCP is asked for and
        the name that its certificate must have are still those of O(domain).
      - If not given, the environment variable E(HCP_NODES) is used, with commas between the
        addresses.
    type: list
    elements: str
  validate_certs:
    description:
      - Whether to check HCP's certificate. Switch it off only for testing; each task then warns.
      - If not given, the environment variable E(HCP_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - Path of a file (PEM) with the CA certificates to trust, on the host that runs the task.
      - If not given, the environment variable E(HCP_CA_PATH) is used; without that, what the Python
        library requests uses, which is E(REQUESTS_CA_BUNDLE) or its own bundle.
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer.
      - If not given, the environment variable E(HCP_TIMEOUT) is used.
    type: int
    default: 60
  retries:
    description:
      - How often a request is tried again after a failure that may pass, such as a connection that
        broke or HCP answering 503. The pauses grow, and last as long as HCP asks for with
        C(Retry-After).
      - If not given, the environment variable E(HCP_RETRIES) is used.
    type: int
    default: 3
  deadline:
    description:
      - Seconds that one request may take with all its tries and pauses.
      - If not given, the environment variable E(HCP_DEADLINE) is used.
    type: int
    default: 300
  proxy:
    description:
      - URL of the HTTP proxy to go through.
      - If not given, the environment variable E(HCP_PROXY) is used; without that, E(HTTPS_PROXY) and
        E(NO_PROXY).
    type: str
requirements:
  - requests >= 2.28
notes:
  - All options that say which HCP to manage and as whom can be given once for a play with
    C(module_defaults) for the group C(contentplatform.hcp.hcp).
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
      - Port of metadata queries, which is that of the S3 gateway.
      - If not given, the environment variable E(HCP_DATA_PORT) is used.
    type: int
    default: 443
"""
