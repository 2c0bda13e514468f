"""The errors of the S3 gateway: codes and statuses of HCP's table.

The wordings are the mock's own; HCP's are not known.
"""

from __future__ import annotations

from ...errors import HcpError

CODES: dict[str, tuple[int, str]] = {
    "AccessDenied": (403, "Access denied."),
    "BadDigest": (400, "The digest sent with the request does not match its body."),
    "BucketAlreadyExists": (409, "The bucket name is taken."),
    "BucketAlreadyOwnedByYou": (200, "The bucket exists, and you own it."),
    "BucketNotEmpty": (409, "The bucket is not empty."),
    "EntityTooLarge": (400, "The object is larger than HCP takes."),
    "EntityTooSmall": (200, "A part other than the last one is too small."),
    "InternalError": (500, "An internal error occurred."),
    "InvalidAccessKeyId": (403, "The access key does not belong to a user of the tenant."),
    "InvalidArgument": (400, "An argument is invalid."),
    "InvalidBucketName": (400, "The bucket name is not valid."),
    "InvalidBucketState": (409, "The bucket cannot do this in its present state."),
    "InvalidDigest": (400, "The digest sent with the request is not one."),
    "InvalidObjectState": (403, "The object cannot do this in its present state."),
    "InvalidPart": (200, "A part does not exist, or its ETag differs."),
    "InvalidPartOrder": (200, "The parts are not in ascending order."),
    "InvalidPolicyDocument": (400, "The policy is missing, malformed or not met."),
    "InvalidRange": (416, "The range lies outside of the object."),
    "InvalidRequest": (400, "The request cannot be carried out."),
    "KeyTooLong": (400, "The object name is too long."),
    "MalformedPOSTRequest": (400, "The body is not well-formed multipart/form-data."),
    "MalformedXML": (400, "The XML document, or a value in it, is not valid."),
    "MetadataTooLarge": (400, "The metadata is larger than 2 KB."),
    "MethodNotAllowed": (405, "The method is not allowed for this resource."),
    "MissingContentLength": (411, "The Content-Length header is missing."),
    "MissingRequestBodyError": (400, "The request has no body."),
    "MissingSecurityHeader": (400, "A required header is missing."),
    "NoSuchBucket": (404, "The bucket does not exist."),
    "NoSuchCORSConfiguration": (404, "The bucket has no CORS configuration."),
    "NoSuchKey": (404, "The object does not exist."),
    "NoSuchUpload": (404, "The multipart upload does not exist."),
    "NotImplemented": (
        501,
        "A header or query you provided requires functionality that is not implemented.",
    ),
    "OperationAborted": (409, "A conflicting operation, or the object's state, forbids this."),
    "OutOfSpace": (413, "The quota of the namespace is used up."),
    "PreconditionFailed": (412, "A condition of the request is not met."),
    "RequestTimeTooSkewed": (403, "The time of the request differs too much from HCP's."),
    "ServiceUnavailable": (503, "The service is not available; try again later."),
    "SignatureDoesNotMatch": (403, "The signature is not the one HCP computed."),
    "UserKeyMustBeSpecified": (400, "The form has no key before its file."),
}


class S3Error(HcpError):
    """An error with HCP's code. The status defaults to that of the code."""

    def __init__(
        self,
        code: str,
        message: str | None = None,
        status: int | None = None,
        *,
        headers: tuple[tuple[str, str], ...] = (),
        **details: str,
    ) -> None:
        usual, text = CODES[code]
        super().__init__(message or text)
        self.text = message or text
        self.code = code
        self.status = status or usual
        self.headers = headers
        self.details = details


def denied(message: str | None = None) -> S3Error:
    return S3Error("AccessDenied", message)


def bad_argument(name: str) -> S3Error:
    return S3Error("InvalidArgument", f"The value of '{name}' is not valid.")


def malformed(message: str | None = None) -> S3Error:
    return S3Error("MalformedXML", message)


def no_such_key(key: str) -> S3Error:
    return S3Error("NoSuchKey", Key=key)


def not_implemented(what: str) -> S3Error:
    return S3Error("NotImplemented", f"'{what}' requires functionality that is not implemented.")
