"""Cameras, pictures and decoders: threads and pixels, no Qt."""

import os

os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", "60000000")
"""A larger picture is refused by its header, before memory is taken for it; OpenCV asks when it is loaded."""

os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
"""A network camera that is away is told in our own words; libraries would print links with passwords."""
