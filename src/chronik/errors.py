"""The tree of what can go wrong, each error saying what, where and what to do next.

Expected failures (a site is down, a page has no text) are values, not exceptions: see `model.Failure`.
"""


class ChronikError(Exception):
    """Anything that stops a command; its text is shown to the person as it stands."""

    exit_code = 1


class UsageError(ChronikError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class ConfigError(UsageError):
    """`chronik.toml` or a `CHRONIK_*` variable holds something that cannot be used."""


class ArchiveMissingError(UsageError):
    """There is no archive where one was expected."""


class RefusedInputError(ChronikError):
    """Input from outside is not what it should be; nothing of it was taken in."""


class NotFoundError(ChronikError):
    """A dossier, article, clip or source that was named does not exist."""


class ConflictError(ChronikError):
    """The act does not fit what is already there (a name that is taken, a clip that was removed)."""


class NotAllowedError(ChronikError):
    """The person may not do this to this dossier; nothing was changed."""


class QuoteNotFoundError(RefusedInputError):
    """A quotation does not occur verbatim in the text that it is said to come from."""


class VaultError(ChronikError):
    """The vault cannot keep or give back bytes; nothing was acknowledged."""


class ReadOnlyError(ChronikError):
    """The disk failed to store something: nothing is written until everything was checked."""


class DamagedCaptureError(VaultError):
    """A record in the vault is not what its digest says."""


class LedgerError(ChronikError):
    """The ledger cannot be written or read; what is not recorded in it stays due."""


class RefusesToSignError(LedgerError):
    """A checkpoint would contradict an earlier one, or nobody can know that it does not."""


class EncoderError(ChronikError):
    """No sentence vectors can be had now: relating waits, nothing is lost."""


class JobStoppedError(KeyboardInterrupt):
    """Somebody asked long work to stop; its text says who. Like Ctrl+C, no handler of ordinary failures catches it."""


class BusyError(ChronikError):
    """Another process is at the same work; nothing is lost, what is left stays due."""


class IndexBusyError(BusyError):
    """Another process is writing the search index."""


class TooLargeError(RefusedInputError):
    """Bytes exceed a stated limit."""
