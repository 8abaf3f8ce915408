"""Keys, seals and envelopes; the only package that touches cryptography."""
