"""From nothing to running: `python3 packaging/dev.py run | test | check | bench | package`.

This file must be readable by every Python, however old, so that it can say which one is needed.
"""

import sys

if sys.hexversion < 0x030B0000:
    sys.exit(
        "checkpoint-app needs Python 3.11 or newer; this is Python "
        + ".".join(str(part) for part in sys.version_info[:3])
        + ". Debian 12, Ubuntu 24.04 and later have one as python3; start this command with it."
    )

if __name__ == "__main__":
    from commands import main

    sys.exit(main(sys.argv[1:]))
