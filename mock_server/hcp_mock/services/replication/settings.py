"""Settings of the replication service, and the shutdown of all links.

MAPI reference: replicationService.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import Refused, bad_parameter, bad_property
from ...models.replication import ReplicationService, ServiceStatus
from ...state.world import World
from ..clock import Clock

_INTERNAL_NETWORK = "[hcp_backend]"


@dataclass
class ReplicationSettingsService:
    world: World
    clock: Clock

    def view(self) -> ReplicationService:
        state = self.world.replication
        off = state.shut_down_since is not None
        status = ServiceStatus.SHUTDOWN if off else ServiceStatus.ENABLED
        return state.settings.model_copy(update={"status": status})

    def modify(self, body: ReplicationService) -> None:
        changed = self.world.replication.settings.changed_by(body)
        if body.network is not None:
            changed.network = self._network(body.network)
        self.world.replication.settings = changed

    def _network(self, name: str) -> str:
        """Return the network in its own spelling. The internal network is not allowed."""
        wanted = name.casefold()
        result = next((n for n in self.world.networks if n.casefold() == wanted), None)
        if result is None or wanted == _INTERNAL_NETWORK:
            raise bad_property("network")
        return result

    def shut_down(self, reason: str) -> None:
        """Whether HCP requires a reason and refuses a second shutdown is unconfirmed."""
        if not 1 <= len(reason) <= 1024:
            raise bad_parameter("shutDownAllLinks")
        state = self.world.replication
        if state.shut_down_since is not None:
            raise Refused("All links are shut down already.")
        state.shut_down_since, state.shut_down_reason = self.clock.now(), reason

    def reestablish(self) -> None:
        state = self.world.replication
        if state.shut_down_since is None:
            raise Refused("The links are not shut down.")
        state.shut_down_since, state.shut_down_reason = None, ""
