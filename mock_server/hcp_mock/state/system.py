"""System-wide state: nodes, background services, licences, support access."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..models.system import DnsMode, License, Node, Service, Volume

# The services of the reference's sample. Each one starts at the hour of its position.
SERVICES = (
    "StorageTieringService",
    "RetirementPolicy",
    "MigrationVerificationPolicy",
    "ContentVerification",
    "GarbageCollection",
    "MigrationPolicy",
    "CapacityBalancePolicy",
    "SNodeCapacityBalanceService",
    "ErasureCodingService",
    "DispositionPolicy",
    "ScavengingPolicy",
    "SNodeCompressionEncryptionValidationService",
    "ProtectionPolicy",
    "DuplicateElimination",
    "CompressionPolicy",
)


@dataclass
class NodeRecord:
    """A node. Configured values replace measured ones."""

    settings: Node
    available: bool = True

    @property
    def number(self) -> int:
        return self.settings.nodeNumber or 0


def new_node(number: int) -> NodeRecord:
    """A node with addresses of its own, from the networks for documentation and a private one."""
    volume = Volume(id="vol001", totalBytes=10 * 2**40, totalInodes=2**30)
    settings = Node(
        nodeNumber=number,
        frontendIpAddresses=[f"192.0.2.{number % 256}"],
        backendIpAddress=f"172.16.{number // 256 % 256}.{number % 256}",
        volumes=[volume],
    )
    return NodeRecord(settings)


@dataclass
class SupportKey:
    """Exclusive credentials; times in seconds since 1970."""

    serial_number: int
    created: str
    applied: int


@dataclass
class SystemState:
    dns_mode: DnsMode = DnsMode.BASIC
    nodes: dict[int, NodeRecord] = field(
        default_factory=lambda: {number: new_node(number) for number in (101, 102, 103, 104)}
    )
    services: dict[str, Service] = field(
        default_factory=lambda: {name: Service(name=name) for name in SERVICES}
    )
    licenses: list[License] = field(default_factory=list)  # oldest first
    support_key: SupportKey | None = None
