"""Several stations under one headquarters, each a data folder of its own; played for the exchange."""
