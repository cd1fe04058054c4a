"""What the ledger gives out: one file per format."""
