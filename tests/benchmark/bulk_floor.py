"""The floor of bulk work: threads and urllib3, which send the requests and know what they will be.

python -m benchmark.bulk_floor JOB
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import urllib3

from .bulk_job import Job, timed
from .wire import HOST, Request


def main() -> None:
    job = Job.read(Path(sys.argv[1]))
    pool = urllib3.HTTPSConnectionPool(
        job.place.host,
        job.place.port,
        maxsize=job.concurrency,
        block=True,
        ca_certs=job.place.ca,
        server_hostname=HOST,
        assert_hostname=HOST,
    )

    def send(request: Request) -> None:
        answer = pool.urlopen(
            request.method, request.path, body=request.content or None, headers=request.headers
        )
        if answer.status != 200:
            raise RuntimeError(f"{request.method} {request.path} was answered {answer.status}.")

    def work() -> None:
        with ThreadPoolExecutor(job.concurrency) as threads:
            for page in job.listing:
                send(page)
            # One after the other, as what is changed depends on what was read.
            list(threads.map(send, job.reads))
            list(threads.map(send, job.writes))

    print(json.dumps(timed(work)))


if __name__ == "__main__":
    main()
