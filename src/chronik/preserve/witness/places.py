"""Where the files of witnessing lie in the ledger's folder. Decides: names only."""

PUBLIC_KEY = "witness/key"
"""The public key by which this archive co-signs for others."""
COSIGNATURES = "witness/cosignatures"
"""What others gave on our checkpoints."""
FORKS = "witness/forks"
"""Two heads of one ledger that cannot both be: what proves that it lied."""
