"""Give ansible-test the pip that it puts into its virtual environments.

ansible-test downloads a get-pip script from a web site of its own, or uses the one that it finds in
its cache. This writes one to the cache that installs the same pip from a wheel beside it, so that a
package index is all that a test machine needs to reach.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from ansible_test._internal.python_requirements import collect_bootstrap

CACHE = Path.home() / ".ansible" / "test" / "cache"
SCRIPT = '''\
"""Stands in for get-pip.py {version}; written by contentplatform.hcp's tools/stage_pip.py."""

import glob
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, glob.glob(os.path.join(here, "pip-{version}-*.whl"))[0])
from pip._internal.cli.main import main

arguments = [a for a in sys.argv[1:] if a not in ("--no-setuptools", "--no-wheel")]
sys.exit(main(["install", "--no-index", "--find-links", here] + arguments))
'''


def main() -> None:
    python = SimpleNamespace(version=f"{sys.version_info.major}.{sys.version_info.minor}")
    version = collect_bootstrap(python)[0].pip_version
    script = CACHE / f"get_pip_{version.replace('.', '_')}.py"
    if script.exists():
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    subprocess.run([*download, "--dest", str(CACHE), f"pip=={version}"], check=True)
    script.write_text(SCRIPT.format(version=version))


if __name__ == "__main__":
    main()
