"""Runs a command and prints its peak memory in MB.

A process of its own, for on Linux a child's peak begins at that of the process that started it.
"""

import os
import resource
import subprocess
import sys

if __name__ == "__main__":
    status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False).returncode
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print((peak if os.uname().sysname == "Darwin" else peak * 1024) / 1e6)
    sys.exit(status)
