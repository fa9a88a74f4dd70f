"""`python -m bot.sandbox.tether MODULE …`: run a module that ends when the sandbox does, however that ended.

The sandbox holds the other end of standard input. A kill that nothing can catch closes it all the same.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
import time

GRACE_SECONDS = 3.0
"""How long the module may take to end cleanly."""


def main() -> None:
    """Run the module named first, with the rest as its arguments."""
    threading.Thread(target=_end_with_the_sandbox, name="tether", daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with_the_sandbox() -> None:
    # Read without a buffer: a lock held here would break the interpreter's own end.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    # The module leads a group of its own, so that what it started goes with it.
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
