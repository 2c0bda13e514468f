"""One call to boto3, in a client's own environment: call_boto3.py METHOD ARGUMENTS

The client ``s3`` is the one of the documentation, in the module hcp_s3. ARGUMENTS is JSON. The
answer is JSON too, with bodies as base64. A refusal is an exit status.
"""

from __future__ import annotations

import base64
import json
import sys

from boto3.exceptions import Boto3Error
from botocore.exceptions import ClientError
from hcp_s3 import s3

REFUSED = 3


def main() -> int:
    method, arguments = sys.argv[1:]
    try:
        answer = getattr(s3, method)(**json.loads(arguments)) or {}
    except (Boto3Error, ClientError) as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    if isinstance(answer, dict) and "Body" in answer:
        answer["Body"] = base64.b64encode(answer["Body"].read()).decode()
    json.dump(answer, sys.stdout, default=str)
    return 0


if __name__ == "__main__":
    sys.exit(main())
