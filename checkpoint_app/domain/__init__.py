"""Plain frozen data and pure functions: what a checkpoint records and decides."""
