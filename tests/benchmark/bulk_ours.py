"""Bulk work by hcp_config, as Ansible's own process does it.

python -m benchmark.bulk_ours JOB
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ansible_collections.contentplatform.hcp.plugins.module_utils.connections import Connections
from ansible_collections.contentplatform.hcp.plugins.module_utils.tasks.in_process import InProcess
from ansible_collections.contentplatform.hcp.plugins.modules import hcp_config

from .bulk_job import Job, timed
from .wire import ADMIN, DOMAIN, TENANT


def main() -> None:
    job = Job.read(Path(sys.argv[1]))
    options = {
        "domain": DOMAIN,
        "nodes": [job.place.host],
        "port": job.place.port,
        "ca_path": job.place.ca,
        "username": ADMIN.username,
        "password": ADMIN.password,
        "account_level": "tenant",
        "concurrency": job.concurrency,
        "config": {
            "tenants": [{"name": TENANT, "namespaces": job.namespaces, "users": job.accounts}]
        },
    }
    module = InProcess("hcp_config", hcp_config.MODULE, Connections())

    def work() -> None:
        result = module.run(options, check=False, diff=False, invocation=False)
        expected = job.missing + job.drifted
        if result.get("failed") or len(result["plan"]) != expected:
            raise RuntimeError(f"hcp_config did not do {expected} steps: {result.get('msg')}")

    print(json.dumps(timed(work)))


if __name__ == "__main__":
    main()
