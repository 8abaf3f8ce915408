"""A recorded lane that plays through the real camera thread, decoder and ledger."""
