"""A station's whole day, told in code."""
