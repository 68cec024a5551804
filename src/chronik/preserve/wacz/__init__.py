"""Web archives in one file (WACZ 1.2.0): written, read without trust, verified. Knows nothing of the ledger."""
