"""The second decoder: libzbar through pyzbar's functions, in binary mode where the library has one.

pyzbar's own `decode` returns libzbar's guess at a text ("Müller" as "M羹ller"). Binary mode gives the bytes
of the code; it is trusted only after a code with every awkward kind of byte came through untouched. Without
it only ASCII counts, because guessing cannot change that.
"""

from __future__ import annotations

import ctypes
from contextlib import ExitStack
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import zxingcpp

from checkpoint_app.scanning.preparations import Picture
from checkpoint_app.scanning.readings import Corners, Reading

_GREY_8_BIT = int.from_bytes(b"Y800", "little")
_QR_CODE = 64
_ALL_KINDS = 0
_ENABLE = 0
_BINARY = 4
"""ZBAR_CFG_BINARY of libzbar 0.23.1 and later; older ones refuse it or mean something else by it."""
_AWKWARD = (
    bytes([0, 1, 0xFF, 0xC3, 0x28, 0x4D, 0xFC, 0x6C]) + "张三é".encode("gb18030") + b"\x83\x82\\\r\n\x00"
)


def readings(picture: Picture) -> tuple[Reading, ...]:
    """The codes in a grey picture; none when libzbar is missing."""
    wrapper = library()
    if wrapper is None:
        return ()
    untouched = keeps_bytes()
    found = _scanned(wrapper, picture, binary=untouched)
    return tuple(
        Reading(payload, corners, "pyzbar") for payload, corners in found if untouched or payload.isascii()
    )


@cache
def library() -> ModuleType | None:
    """pyzbar's table of libzbar functions, or None where either is missing."""
    try:
        from pyzbar import wrapper
    except (ImportError, OSError, AttributeError):
        return None
    return wrapper  # type: ignore[no-any-return]


@cache
def keeps_bytes() -> bool:
    """Whether this libzbar hands out bytes untouched."""
    wrapper = library()
    if wrapper is None:
        return False
    drawn = zxingcpp.create_barcode(_AWKWARD, zxingcpp.BarcodeFormat.QRCode)
    picture = np.array(drawn.to_image(scale=4, add_quiet_zones=True), dtype=np.uint8)
    return [payload for payload, _ in _scanned(wrapper, picture, binary=True)] == [_AWKWARD]


def _scanned(wrapper: Any, picture: Picture, *, binary: bool) -> list[tuple[bytes, Corners]]:
    height, width = picture.shape
    pixels = picture.tobytes()
    with ExitStack() as stack:
        scanner = wrapper.zbar_image_scanner_create()
        stack.callback(wrapper.zbar_image_scanner_destroy, scanner)
        wrapper.zbar_image_scanner_set_config(scanner, _ALL_KINDS, _ENABLE, 0)
        wrapper.zbar_image_scanner_set_config(scanner, _QR_CODE, _ENABLE, 1)
        if binary:
            wrapper.zbar_image_scanner_set_config(scanner, _QR_CODE, _BINARY, 1)
        image = wrapper.zbar_image_create()
        stack.callback(wrapper.zbar_image_destroy, image)
        wrapper.zbar_image_set_format(image, _GREY_8_BIT)
        wrapper.zbar_image_set_size(image, width, height)
        wrapper.zbar_image_set_data(image, pixels, len(pixels), None)
        wrapper.zbar_scan_image(scanner, image)
        return _symbols(wrapper, image)


def _symbols(wrapper: Any, image: Any) -> list[tuple[bytes, Corners]]:
    found = []
    symbol = wrapper.zbar_image_first_symbol(image)
    while symbol:
        length = wrapper.zbar_symbol_get_data_length(symbol)
        payload = ctypes.string_at(wrapper.zbar_symbol_get_data(symbol), length)
        if wrapper.zbar_symbol_get_loc_size(symbol) == 4:
            found.append((payload, _corners(wrapper, symbol)))
        symbol = wrapper.zbar_symbol_next(symbol)
    return found


def _corners(wrapper: Any, symbol: Any) -> Corners:
    """libzbar goes anticlockwise from the code's top left."""
    return tuple(
        (int(wrapper.zbar_symbol_get_loc_x(symbol, index)), int(wrapper.zbar_symbol_get_loc_y(symbol, index)))
        for index in (0, 3, 2, 1)
    )
