"""Start-up hook of the frozen program on Linux: pyzbar finds the libzbar in the folder.

pyzbar asks the loader's cache, which knows the system's libraries only, so the copy that lies beside the
program would never be found.
"""

import ctypes.util
import sys
from pathlib import Path

if sys.platform.startswith("linux"):
    _shipped = Path(sys.prefix) / "libzbar.so.0"
    _find_elsewhere = ctypes.util.find_library

    def _find_shipped_first(name: str) -> str | None:
        return str(_shipped) if name == "zbar" and _shipped.exists() else _find_elsewhere(name)

    ctypes.util.find_library = _find_shipped_first
