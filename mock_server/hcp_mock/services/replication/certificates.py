"""Certificates for the trust between systems. MAPI reference: certificates."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cached_property

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ...errors import AlreadyExists, InvalidRequest, NotFound
from ...models.replication import Certificate, Certificates
from ...state.world import World
from ..clock import TIME_FORMAT

OWN = "server"


def _shown(identifier: str, certificate: x509.Certificate) -> Certificate:
    names = certificate.subject.rdns
    return Certificate(
        id=identifier,
        subjectDN=", ".join(part.rfc4514_string() for part in reversed(names)),
        validOn=certificate.not_valid_before_utc.strftime(TIME_FORMAT),
        expiresOn=certificate.not_valid_after_utc.strftime(TIME_FORMAT),
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode("ascii")


def parse_certificate(content: bytes) -> x509.Certificate:
    """Parse a PEM text with exactly one certificate."""
    try:
        (result,) = x509.load_pem_x509_certificates(content)
    except ValueError:
        raise InvalidRequest("The certificate is not valid.") from None
    return result


@dataclass
class CertificateService:
    world: World
    domain: str

    @cached_property
    def own(self) -> x509.Certificate:
        """This system's certificate, generated on first use."""
        authority = trustme.CA(organization_name="hcp-mock")
        issued = authority.issue_cert(f"replication.{self.domain}", common_name=f"*.{self.domain}")
        return x509.load_pem_x509_certificate(issued.cert_chain_pems[0].bytes())

    def view(self) -> Certificates:
        uploaded = self.world.replication.certificates.items()
        return Certificates(
            certificate=[
                _shown(OWN, self.own),
                *(_shown(key, x509.load_pem_x509_certificate(p.encode())) for key, p in uploaded),
            ]
        )

    def server(self) -> str:
        return _pem(self.own)

    def text(self, identifier: str) -> str:
        result = self.world.replication.certificates.get(identifier)
        if result is None:
            raise NotFound(f"The certificate '{identifier}' does not exist.")
        return result

    def upload(self, content: bytes) -> None:
        text = _pem(parse_certificate(content))
        certificates = self.world.replication.certificates
        if text in certificates.values():
            raise AlreadyExists("certificate")
        certificates[str(uuid.uuid4())] = text

    def delete(self, identifier: str) -> None:
        self.text(identifier)
        del self.world.replication.certificates[identifier]
