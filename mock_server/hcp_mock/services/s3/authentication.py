"""Verification of request signatures. S3 reference: authorization forms."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ...state.records import TenantRecord
from ..clock import Clock
from . import signing
from .callers import ANONYMOUS, Caller, S3Accounts
from .errors import S3Error, bad_argument, denied
from .request import S3Request, Target

# The allowed clock skew is not documented: 15 minutes is the usual window.
MAX_SKEW = timedelta(minutes=15)
MAX_EXPIRES = 7 * 24 * 3600
ANONYMOUS_VALUES = frozenset({"AWS all_users:", "HCP all_users:"})
UNSIGNED = "UNSIGNED-PAYLOAD"
STREAMING = "STREAMING-"
_V4_HEADER = re.compile(
    r"AWS4-HMAC-SHA256\s+Credential=(?P<credential>[^,\s]+)\s*,\s*"
    r"SignedHeaders=(?P<signed>[^,\s]+)\s*,\s*Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Verified:
    """The caller, the expected payload hash, and the signer of chunks."""

    caller: Caller
    payload: str = UNSIGNED
    chunks: signing.ChunkSigner | None = None


def _parse_basic_iso(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _parse_date(text: str) -> datetime | None:
    when = _parse_basic_iso(text)
    if when is None:
        try:
            when = parsedate_to_datetime(text)
        except ValueError:
            return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


@dataclass
class Authenticator:
    accounts: S3Accounts
    clock: Clock

    def verify(self, request: S3Request, target: Target, tenant: TenantRecord) -> Verified:
        header = request.headers.get("authorization")
        if header is None:
            return self._verify_query(request, target, tenant)
        if header.strip() in ANONYMOUS_VALUES:
            self._check_clock(request)
            return Verified(ANONYMOUS)
        scheme, _unused, value = header.partition(" ")
        if scheme == "AWS4-HMAC-SHA256":
            return self._verify_v4(request, tenant, header)
        self._check_clock(request)
        if scheme == "AWS":
            return self._verify_v2(request, target, tenant, value)
        if scheme == "HCP":
            return Verified(self.accounts.login_with_token(tenant, value.strip()))
        if scheme == "AD":
            # The header is not encoded: its bytes are UTF-8.
            text = value.strip().encode("latin-1", "replace").decode("utf-8", "replace")
            name, _unused, password = text.partition(":")
            return Verified(self.accounts.login_with_directory(tenant, name, password))
        raise denied("The authorization scheme is not known.")

    @staticmethod
    def _check_clock(request: S3Request) -> datetime:
        """Check the time of the request; x-amz-date takes precedence over Date.

        It is compared with the real time, so that advancing the mock's clock does not break
        clients.
        """
        text = request.headers.get("x-amz-date") or request.headers.get("date")
        if not text:
            raise denied("The request has neither a Date nor an x-amz-date header.")
        signed_at = _parse_date(text)
        if signed_at is None:
            raise denied("The date of the request cannot be read.")
        if abs(datetime.now(UTC) - signed_at) > MAX_SKEW:
            raise S3Error("RequestTimeTooSkewed")
        return signed_at

    def _verify_query(self, request: S3Request, target: Target, tenant: TenantRecord) -> Verified:
        if "X-Amz-Algorithm" in request.query:
            return self._verify_presigned_v4(request, tenant)
        if "Signature" in request.query and "AWSAccessKeyId" in request.query:
            return self._verify_presigned_v2(request, target, tenant)
        # Anonymous requests need "AWS all_users:" (strict reading).
        raise denied("The request has no credentials.")

    def _verify_v4(self, request: S3Request, tenant: TenantRecord, header: str) -> Verified:
        match = _V4_HEADER.fullmatch(header.strip())
        credential = signing.parse_credential(match["credential"]) if match else None
        if match is None or credential is None:
            raise denied("The Authorization header cannot be read.")
        access_key, scope = credential
        user = self.accounts.find_signer(tenant, access_key)
        signed_at = self._check_clock(request).astimezone(UTC)
        timestamp = request.headers.get("x-amz-date") or signed_at.strftime("%Y%m%dT%H%M%SZ")
        payload = request.headers.get("x-amz-content-sha256")
        if payload is None:
            raise S3Error("MissingSecurityHeader", "x-amz-content-sha256 is missing.")
        signed = match["signed"].split(";")
        self._check_scope(scope, timestamp)
        self._check_signed_headers(request, signed)
        secret = user.password_md5 or ""
        expected = signing.signature_v4(request, signed, payload, timestamp, scope, secret)
        if not secret or not signing.signatures_match(expected, match["signature"]):
            raise S3Error("SignatureDoesNotMatch")
        chunks = None
        if payload.startswith(f"{STREAMING}AWS4-HMAC-SHA256-PAYLOAD"):
            chunks = signing.ChunkSigner(scope.key(secret), timestamp, scope.text, expected)
        return Verified(self.accounts.caller_of(user), payload, chunks)

    @staticmethod
    def _check_scope(scope: signing.Scope, timestamp: str) -> None:
        if scope.service != "s3" or scope.date != timestamp[:8]:
            raise S3Error("SignatureDoesNotMatch")

    @staticmethod
    def _check_signed_headers(request: S3Request, signed: list[str]) -> None:
        """The host and all x-amz- headers must be signed."""
        needed = {"host", *(name for name, _unused in request.headers.with_prefix("x-amz-"))}
        if not needed.issubset(signed) or signed != sorted(signed):
            raise S3Error("SignatureDoesNotMatch")

    def _verify_presigned_v4(self, request: S3Request, tenant: TenantRecord) -> Verified:
        query = request.query
        names = ("Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature")
        sent = {name: query.get(f"X-Amz-{name}") or "" for name in names}
        credential = signing.parse_credential(sent["Credential"])
        signed_at = _parse_basic_iso(sent["Date"])
        if sent["Algorithm"] != signing.ALGORITHM or credential is None or signed_at is None:
            raise denied("The query does not hold a usable signature.")
        if not re.fullmatch(r"[0-9]{1,6}", sent["Expires"]):
            raise bad_argument("X-Amz-Expires")
        seconds = int(sent["Expires"])
        if not 1 <= seconds <= MAX_EXPIRES:
            raise bad_argument("X-Amz-Expires")
        access_key, scope = credential
        user = self.accounts.find_signer(tenant, access_key)
        now = self.clock.now()
        if signed_at - now > MAX_SKEW:
            raise S3Error("RequestTimeTooSkewed")
        if now > signed_at + timedelta(seconds=seconds):
            raise denied("The presigned URL has expired.")
        signed = sent["SignedHeaders"].split(";")
        self._check_scope(scope, sent["Date"])
        self._check_signed_headers(request, signed)
        payload = request.headers.get("x-amz-content-sha256") or UNSIGNED
        secret = user.password_md5 or ""
        expected = signing.signature_v4(request, signed, payload, sent["Date"], scope, secret)
        if not secret or not signing.signatures_match(expected, sent["Signature"]):
            raise S3Error("SignatureDoesNotMatch")
        return Verified(self.accounts.caller_of(user), payload)

    def _verify_v2(
        self, request: S3Request, target: Target, tenant: TenantRecord, value: str
    ) -> Verified:
        access_key, colon, sent = value.strip().rpartition(":")
        if not colon:
            raise denied("The Authorization header cannot be read.")
        user = self.accounts.find_signer(tenant, access_key)
        date = "" if "x-amz-date" in request.headers else request.headers.text("date")
        self._compare_v2(request, target, date, user.password_md5, sent)
        return Verified(self.accounts.caller_of(user))

    def _verify_presigned_v2(
        self, request: S3Request, target: Target, tenant: TenantRecord
    ) -> Verified:
        query = request.query
        user = self.accounts.find_signer(tenant, query.get("AWSAccessKeyId") or "")
        expires = query.get("Expires") or ""
        if not re.fullmatch(r"[0-9]{1,11}", expires):
            raise bad_argument("Expires")
        if calendar.timegm(self.clock.now().timetuple()) > int(expires):
            raise denied("The presigned URL has expired.")
        self._compare_v2(request, target, expires, user.password_md5, query.get("Signature") or "")
        return Verified(self.accounts.caller_of(user))

    @staticmethod
    def _compare_v2(
        request: S3Request, target: Target, date: str, secret: str | None, sent: str
    ) -> None:
        bucket = target.bucket if target.in_host else None
        slashes = ("", "/") if target.bucket is not None and target.key is None else ("",)
        fits = (
            signing.signatures_match(
                signing.signature_v2(request, bucket, date, secret or "", slash), sent
            )
            for slash in slashes
        )
        if not secret or not any(fits):
            raise S3Error("SignatureDoesNotMatch")
