"""Cameras, pictures and decoders: threads and pixels, no Qt."""
