"""S3 clients that nobody here wrote, with the configuration that docs/s3.md gives them."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import shutil
import subprocess
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from support.hcp import ROOT

from ansible_collections.contentplatform.hcp.plugins.filter.hcp_access_key import hcp_access_key
from ansible_collections.contentplatform.hcp.plugins.filter.hcp_secret_key import hcp_secret_key

GUIDE = ROOT / "docs" / "s3.md"
ENVIRONMENTS = ROOT / ".work" / "s3-clients"
# A block of the guide that is a file in the home directory: its first line says where.
FILE = re.compile(r"^```\w+\n# ~/(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CA_OF_THE_GUIDE = "/etc/ssl/hcp-ca.pem"
# Folders in folders, in the tests
DEEPEST_FOLDER = 4
OLDER_BOTO3_WITHOUT = "# boto3 1.36 and newer"
LONGEST_RUN = 150


@dataclass(frozen=True)
class Account:
    username: str
    password: str

    @property
    def access_key(self) -> str:
        return hcp_access_key(self.username)

    @property
    def secret_key(self) -> str:
        return hcp_secret_key(self.password)


# The account that the guide speaks of
KIM = Account("kim", "Kim-Pass-1")


class RefusedError(Exception):
    """The gateway has not done what the client asked for."""

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self.output = output


def need(name: str, program: Path) -> None:
    """Skip the test, with the reason, if a program could not be installed."""
    note = ENVIRONMENTS / f"{name}.missing"
    if note.exists():
        pytest.skip(note.read_text().strip())
    if not program.exists():
        pytest.skip(f"{name} is not installed; tools/test-s3-clients does it")


class Client(ABC):
    """A client with a home directory of its own."""

    name: ClassVar[str]
    # How it names the reason when it fails: S3's code, HTTP's status after a HEAD, or its own words
    refusal: ClassVar[re.Pattern[str]]

    def __init__(self, home: Path, account: Account, ca: str, proxy: str) -> None:
        self.home = home
        self.ca = ca
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "HTTPS_PROXY": proxy,
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }
        for path, text in self.files().items():
            filled = text.replace(KIM.access_key, account.access_key)
            filled = filled.replace(KIM.secret_key, account.secret_key)
            file = home / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(filled.replace(CA_OF_THE_GUIDE, ca))

    def files(self) -> dict[str, str]:
        """The files that the guide gives, by their path in the home directory."""
        return dict(FILE.findall(GUIDE.read_text()))

    @classmethod
    def need(cls) -> None:
        """Skip the test if the client is not there."""
        need(cls.name, cls.program())

    @classmethod
    @abstractmethod
    def program(cls) -> Path:
        """Where the client is."""

    def run(self, *arguments: str | Path) -> str:
        """Run the client and return its output.

        :raises RefusedError: if it failed
        """
        done = subprocess.run(
            [self.program(), *arguments],
            env=self.environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST_RUN,
            check=False,
        )
        if done.returncode:
            raise RefusedError(done.stdout + done.stderr)
        return done.stdout

    def code(self, error: RefusedError) -> str:
        """What the client names as the reason."""
        found = [match.group(match.lastindex or 0) for match in self.refusal.finditer(error.output)]
        assert found, f"{self.name} names no reason: {error.output}"
        return found[-1]

    @abstractmethod
    def create_bucket(self, bucket: str) -> None: ...

    @abstractmethod
    def buckets(self) -> list[str]: ...

    @abstractmethod
    def delete_bucket(self, bucket: str) -> None: ...

    @abstractmethod
    def enable_versioning(self, bucket: str) -> None: ...

    @abstractmethod
    def put(self, file: Path, bucket: str, key: str) -> None: ...

    @abstractmethod
    def get(self, bucket: str, key: str, file: Path) -> None: ...

    @abstractmethod
    def keys(self, bucket: str, prefix: str) -> list[str]:
        """The objects with a prefix, without the folders that HCP adds."""

    @abstractmethod
    def copy(self, bucket: str, key: str, to: str) -> None: ...

    @abstractmethod
    def signed_url(self, bucket: str, key: str) -> str:
        """An address with which anybody can read an object for a while."""

    @abstractmethod
    def delete(self, bucket: str, key: str) -> None: ...

    @abstractmethod
    def delete_many(self, bucket: str, keys: list[str]) -> None:
        """Delete several objects, which are all that there is, with one command."""

    def delete_folders(self, bucket: str) -> None:
        """Delete everything in a bucket with folders."""
        raise NotImplementedError

    def old_contents(self, bucket: str, key: str) -> list[bytes]:
        """The versions before the newest, oldest first."""
        raise NotImplementedError

    def delete_old_versions(self, bucket: str, key: str) -> None:
        raise NotImplementedError


BOTOCORE_ERROR = re.compile(r"An error occurred \((\w+)\)")


class Boto3(Client):
    refusal = BOTOCORE_ERROR

    def files(self) -> dict[str, str]:
        files = super().files()
        if self.name == "boto3-oldest":
            lines = files["hcp_s3.py"].splitlines()
            lines = [line for line in lines if OLDER_BOTO3_WITHOUT not in line]
            files["hcp_s3.py"] = "\n".join(lines)
        return files

    @classmethod
    def program(cls) -> Path:
        return ENVIRONMENTS / cls.name / "bin" / "python"

    def call(self, method: str, **arguments: Any) -> Any:
        self.environment["PYTHONPATH"] = str(self.home)
        caller = Path(__file__).with_name("call_boto3.py")
        return json.loads(self.run(caller, method, json.dumps(arguments)))

    def create_bucket(self, bucket: str) -> None:
        self.call("create_bucket", Bucket=bucket)

    def buckets(self) -> list[str]:
        return [each["Name"] for each in self.call("list_buckets")["Buckets"]]

    def delete_bucket(self, bucket: str) -> None:
        self.call("delete_bucket", Bucket=bucket)

    def enable_versioning(self, bucket: str) -> None:
        enabled = {"Status": "Enabled"}
        self.call("put_bucket_versioning", Bucket=bucket, VersioningConfiguration=enabled)

    def put(self, file: Path, bucket: str, key: str) -> None:
        self.call("upload_file", Filename=str(file), Bucket=bucket, Key=key)

    def get(self, bucket: str, key: str, file: Path) -> None:
        self.call("download_file", Bucket=bucket, Key=key, Filename=str(file))

    def keys(self, bucket: str, prefix: str) -> list[str]:
        answer = self.call("list_objects_v2", Bucket=bucket, Prefix=prefix)
        return [each["Key"] for each in answer["Contents"] if not each["Key"].endswith("/")]

    def copy(self, bucket: str, key: str, to: str) -> None:
        self.call("copy", CopySource={"Bucket": bucket, "Key": key}, Bucket=bucket, Key=to)

    def signed_url(self, bucket: str, key: str) -> str:
        parameters = {"Bucket": bucket, "Key": key}
        answer = self.call("generate_presigned_url", ClientMethod="get_object", Params=parameters)
        return str(answer)

    def delete(self, bucket: str, key: str) -> None:
        self.call("delete_object", Bucket=bucket, Key=key)

    def delete_many(self, bucket: str, keys: list[str]) -> None:
        objects = [{"Key": key} for key in keys]
        answer = self.call("delete_objects", Bucket=bucket, Delete={"Objects": objects})
        assert "Errors" not in answer

    def delete_folders(self, bucket: str) -> None:
        listed = self.call("list_objects_v2", Bucket=bucket)["Contents"]
        # What is in a folder comes after it in a list.
        self.delete_many(bucket, [each["Key"] for each in reversed(listed)])

    def old_versions(self, bucket: str, key: str) -> list[str]:
        answer = self.call("list_object_versions", Bucket=bucket, Prefix=key)
        found = [each["VersionId"] for each in answer["Versions"] if not each["IsLatest"]]
        return sorted(found, key=int)

    def old_contents(self, bucket: str, key: str) -> list[bytes]:
        return [
            base64.b64decode(
                self.call("get_object", Bucket=bucket, Key=key, VersionId=version)["Body"]
            )
            for version in self.old_versions(bucket, key)
        ]

    def delete_old_versions(self, bucket: str, key: str) -> None:
        for version in self.old_versions(bucket, key):
            self.call("delete_object", Bucket=bucket, Key=key, VersionId=version)


class Boto3Newest(Boto3):
    name = "boto3-newest"


class Boto3Oldest(Boto3):
    name = "boto3-oldest"


class AwsCli(Client):
    name = "awscli"
    refusal = BOTOCORE_ERROR

    @classmethod
    def program(cls) -> Path:
        return ENVIRONMENTS / cls.name / "bin" / "aws"

    def aws(self, *arguments: str | Path) -> str:
        return self.run("--profile", "hcp", *arguments)

    def call(self, operation: str, bucket: str, *arguments: str) -> Any:
        output = self.aws("s3api", operation, "--bucket", bucket, "--output", "json", *arguments)
        return json.loads(output or "{}")

    def create_bucket(self, bucket: str) -> None:
        self.aws("s3", "mb", f"s3://{bucket}")

    def buckets(self) -> list[str]:
        return [line.split()[-1] for line in self.aws("s3", "ls").splitlines()]

    def delete_bucket(self, bucket: str) -> None:
        self.aws("s3", "rb", f"s3://{bucket}")

    def enable_versioning(self, bucket: str) -> None:
        configuration = ("--versioning-configuration", "Status=Enabled")
        self.call("put-bucket-versioning", bucket, *configuration)

    def put(self, file: Path, bucket: str, key: str) -> None:
        self.aws("s3", "cp", "--no-progress", file, f"s3://{bucket}/{key}")

    def get(self, bucket: str, key: str, file: Path) -> None:
        self.aws("s3", "cp", "--no-progress", f"s3://{bucket}/{key}", file)

    def keys(self, bucket: str, prefix: str) -> list[str]:
        listing = self.aws("s3", "ls", "--recursive", f"s3://{bucket}/{prefix}").splitlines()
        keys = [line.split(maxsplit=3)[3] for line in listing]
        return [key for key in keys if not key.endswith("/")]

    def copy(self, bucket: str, key: str, to: str) -> None:
        self.aws("s3", "cp", "--no-progress", f"s3://{bucket}/{key}", f"s3://{bucket}/{to}")

    def signed_url(self, bucket: str, key: str) -> str:
        return self.aws("s3", "presign", f"s3://{bucket}/{key}").strip()

    def delete(self, bucket: str, key: str) -> None:
        self.aws("s3", "rm", f"s3://{bucket}/{key}")

    def delete_many(self, bucket: str, keys: list[str]) -> None:
        self.aws("s3", "rm", "--recursive", f"s3://{bucket}")

    def delete_folders(self, bucket: str) -> None:
        # Every time it deletes the folders that have become empty.
        for _again in range(DEEPEST_FOLDER):
            with contextlib.suppress(RefusedError):
                self.delete_many(bucket, [])
                return

    def old_versions(self, bucket: str, key: str) -> list[str]:
        answer = self.call("list-object-versions", bucket, "--prefix", key)
        found = [each["VersionId"] for each in answer["Versions"] if not each["IsLatest"]]
        return sorted(found, key=int)

    def old_contents(self, bucket: str, key: str) -> list[bytes]:
        contents = []
        for version in self.old_versions(bucket, key):
            file = self.home / version
            self.call("get-object", bucket, "--key", key, "--version-id", version, str(file))
            contents.append(file.read_bytes())
        return contents

    def delete_old_versions(self, bucket: str, key: str) -> None:
        for version in self.old_versions(bucket, key):
            self.call("delete-object", bucket, "--key", key, "--version-id", version)


class Rclone(Client):
    name = "rclone"
    refusal = re.compile(
        r"(\w+): [^\n:]*\n\s*status code: |(directory not found)|(nothing to transfer)"
    )

    @classmethod
    def program(cls) -> Path:
        return Path(shutil.which(cls.name) or f"/usr/bin/{cls.name}")

    def rclone(self, *arguments: str | Path) -> str:
        # Without its own tries, which would only make the refusals slower
        once = ("--retries", "1", "--low-level-retries", "1")
        return self.run("--ca-cert", self.ca, *once, *arguments)

    def create_bucket(self, bucket: str) -> None:
        self.rclone("mkdir", f"hcp:{bucket}")

    def buckets(self) -> list[str]:
        return self.rclone("lsf", "--dir-slash=false", "hcp:").split()

    def delete_bucket(self, bucket: str) -> None:
        self.rclone("rmdir", f"hcp:{bucket}")

    def put(self, file: Path, bucket: str, key: str) -> None:
        self.rclone("copyto", file, f"hcp:{bucket}/{key}")

    def get(self, bucket: str, key: str, file: Path) -> None:
        # Otherwise an object that is not there would be no failure.
        strictly = ("--error-on-no-transfer", "--verbose")
        self.rclone("copyto", *strictly, f"hcp:{bucket}/{key}", file)

    def keys(self, bucket: str, prefix: str) -> list[str]:
        # It knows folders only.
        folder = prefix.rstrip("/")
        listing = self.rclone("lsf", "--recursive", "--files-only", f"hcp:{bucket}/{folder}")
        return [prefix + line for line in listing.splitlines()]

    def copy(self, bucket: str, key: str, to: str) -> None:
        self.rclone("copyto", f"hcp:{bucket}/{key}", f"hcp:{bucket}/{to}")

    def signed_url(self, bucket: str, key: str) -> str:
        return self.rclone("link", "--expire", "1h", f"hcp:{bucket}/{key}").strip()

    def delete(self, bucket: str, key: str) -> None:
        self.rclone("deletefile", f"hcp:{bucket}/{key}")

    def delete_many(self, bucket: str, keys: list[str]) -> None:
        self.rclone("delete", f"hcp:{bucket}")

    def enable_versioning(self, bucket: str) -> None:
        raise NotImplementedError

    def old_versions(self, bucket: str) -> list[str]:
        names = self.rclone("lsf", "--s3-versions", f"hcp:{bucket}").splitlines()
        return sorted(name for name in names if re.search(r"-v\d{4}-", name))

    def old_contents(self, bucket: str, key: str) -> list[bytes]:
        return [
            self.rclone("cat", "--s3-versions", f"hcp:{bucket}/{name}").encode()
            for name in self.old_versions(bucket)
        ]

    def delete_old_versions(self, bucket: str, key: str) -> None:
        for name in self.old_versions(bucket):
            self.rclone("deletefile", "--s3-versions", f"hcp:{bucket}/{name}")


class S3cmd(Client):
    name = "s3cmd"
    refusal = re.compile(r"S3 error: \d+ \((\w+)\)|Last reason: \d+ \((\w+)\)|(does not exist)")

    def __init__(self, home: Path, account: Account, ca: str, proxy: str) -> None:
        super().__init__(home, account, ca, proxy)
        # It does not look at HTTPS_PROXY.
        host, _separator, port = proxy.removeprefix("http://").partition(":")
        with (home / ".s3cfg").open("a") as file:
            file.write(f"proxy_host = {host}\nproxy_port = {port}\n")

    @classmethod
    def program(cls) -> Path:
        return ENVIRONMENTS / cls.name / "bin" / "s3cmd"

    def s3cmd(self, *arguments: str | Path) -> str:
        # Without its own tries and their pauses
        return self.run("--max-retries=1", "--no-progress", *arguments)

    def create_bucket(self, bucket: str) -> None:
        self.s3cmd("mb", f"s3://{bucket}")

    def buckets(self) -> list[str]:
        return [line.split("s3://")[1] for line in self.s3cmd("ls").splitlines()]

    def delete_bucket(self, bucket: str) -> None:
        self.s3cmd("rb", f"s3://{bucket}")

    def enable_versioning(self, bucket: str) -> None:
        self.s3cmd("setversioning", f"s3://{bucket}", "enable")

    def put(self, file: Path, bucket: str, key: str) -> None:
        self.s3cmd("put", file, f"s3://{bucket}/{key}")

    def get(self, bucket: str, key: str, file: Path) -> None:
        self.s3cmd("get", f"s3://{bucket}/{key}", file)

    def keys(self, bucket: str, prefix: str) -> list[str]:
        listing = self.s3cmd("ls", "--recursive", f"s3://{bucket}/{prefix}").splitlines()
        keys = [line.split(f"s3://{bucket}/")[1] for line in listing]
        return [key for key in keys if not key.endswith("/")]

    def copy(self, bucket: str, key: str, to: str) -> None:
        self.s3cmd("cp", f"s3://{bucket}/{key}", f"s3://{bucket}/{to}")

    def signed_url(self, bucket: str, key: str) -> str:
        return self.s3cmd("signurl", f"s3://{bucket}/{key}", "+3600").strip()

    def delete(self, bucket: str, key: str) -> None:
        self.s3cmd("del", f"s3://{bucket}/{key}")

    def delete_many(self, bucket: str, keys: list[str]) -> None:
        self.s3cmd("del", *(f"s3://{bucket}/{key}" for key in keys))

    def delete_folders(self, bucket: str) -> None:
        # Every time it deletes the folders that have become empty, and does not say which are left.
        for _again in range(DEEPEST_FOLDER):
            self.s3cmd("del", "--recursive", "--force", f"s3://{bucket}")


CLIENTS: tuple[type[Client], ...] = (Boto3Oldest, Boto3Newest, AwsCli, Rclone, S3cmd)
