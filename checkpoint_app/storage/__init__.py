"""The encrypted ledger file; the only package that touches database drivers."""
