"""One open archive: its settings and what is plugged into each socket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from chronik.archive.clocks import ClockWatch
from chronik.errors import NotFoundError
from chronik.sample import newsroom

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

    from chronik.config import Config
    from chronik.model import Dossier
    from chronik.ports import Catalogue, Encode, Fetch, Index, Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a long piece of work has come."""

    stage: str
    """`feeds`, `pages`, `reading`, `index`, `import`, `relating`, `suggesting`, `backtest`, `verify`, `watching`."""
    done: int
    total: int
    """0 where it is not known."""
    failed: int = 0


Progress = Callable[[Step], None]
"""Is told of every step."""


def unseen(step: Step) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive and its adapters. Close it, or use it as a context manager, so that the vault is sealed."""

    config: Config
    catalogue: Catalogue
    vault: Vault
    sample_vault: Vault
    """The sample newsroom's captures lie apart, so that they can be removed."""
    index: Index
    fetch: Fetch
    clock: Callable[[], datetime]
    encode: Encode | None = None
    """None where relating has to do without vectors."""
    free_at: dict[str, float] = field(default_factory=dict)
    """Site → when it may be asked again, by the monotonic clock: what one round of fetching leaves to the next."""
    clock_watch: ClockWatch = field(default_factory=ClockWatch)
    """Whether the clock was set while this process ran."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What one round of relating leaves to the next, so that it need not be read again: see `neighbours`."""

    def is_sample(self, url: str) -> bool:
        """Whether an address belongs to the sample newsroom of this archive."""
        return self.config.sample and newsroom.is_sample(url)

    def vault_of(self, url: str) -> Vault:
        """Where captures of this address lie."""
        return self.sample_vault if self.is_sample(url) else self.vault

    def the_dossier(self, slug: str) -> Dossier:
        """A dossier that must be there. Raises NotFoundError."""
        dossier = self.catalogue.dossier(slug)
        if dossier is None:
            raise NotFoundError(f"There is no dossier {slug!r}. See: chronik dossier list")
        return dossier

    def close(self) -> None:
        """Seal what is being written."""
        self.vault.close()
        self.sample_vault.close()

    def release(self) -> None:
        """Let go of what is being written without sealing: what is not recorded yet is recovered next time."""
        self.vault.release()
        self.sample_vault.release()

    def __enter__(self) -> Self:
        """The archive itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close; after an error nobody knows what was recorded, so that recovery has to look."""
        if kind is None:
            self.close()
        else:
            self.release()
