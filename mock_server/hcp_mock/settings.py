"""The settings of a mock. Every option is also an environment variable."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Field


class Settings(BaseModel):
    domain: str = Field(default="hcp.example.com", pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
    listen: str = "127.0.0.1"
    port: int = Field(default=9090, ge=0, le=65535)
    # 8443, or a free port if the port of MAPI is 0.
    data_port: int | None = Field(default=None, ge=0, le=65535)
    tls_dir: Path | None = None
    system_username: str = Field(default="admin", min_length=1, max_length=64)
    system_password: str = Field(default="Hcp-Mock-1", min_length=1, max_length=64, repr=False)
    seed: Path | None = None
    ready_file: Path | None = None
    lenient: list[str] = Field(default_factory=list)

    @property
    def chosen_data_port(self) -> int:
        if self.data_port is not None:
            return self.data_port
        return 8443 if self.port else 0
