"""Every reader on thousands of broken files, each reader in a process of its own; prints a table.

`make fuzz-formats`; `MUTATIONS=500` for a look. A broken file that a reader does not refuse as it
should is left in the folder that is named.
"""

import argparse
import faulthandler
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from broken import break_files, cases  # noqa: E402

from toolkit.formats import READERS  # noqa: E402

MOST_MB = 500
HANGING = 120
"""Seconds without a refusal after which a reader is said to hang, and is ended."""


def main():
    parser = argparse.ArgumentParser(prog="python tests/formats/fuzz.py", description=__doc__)
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--reader", choices=READERS, help="this one alone, in this process")
    asked = parser.parse_args()
    if asked.reader:
        sys.exit(fuzz(asked.reader, asked.mutations))
    print("| reader | files | broken files | refused | read | longest | memory |")
    print("|---|---:|---:|---:|---:|---:|---:|", flush=True)
    failed = [
        name
        for name in READERS
        if subprocess.run(
            [sys.executable, __file__, "--reader", name, "--mutations", str(asked.mutations)],
            check=False,
        ).returncode
    ]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


def fuzz(name, mutations):
    """Break the files of one reader, so many in all; 1 where it failed."""
    chance, found, longest = random.Random(name), Counter(), 0.0
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    paths = list(cases(name, folder))
    files = sum(len(list(path.parent.iterdir())) for path in paths)
    for path in paths:
        began = time.perf_counter()
        try:
            for outcome in break_files(name, path, -(-mutations // files), chance):
                found[outcome] += 1
                longest = max(longest, time.perf_counter() - began)
                began = time.perf_counter()
                faulthandler.dump_traceback_later(HANGING, exit=True)
        except Exception:
            traceback.print_exc()
            print(f"{name}: failed, see {path.parent}", file=sys.stderr)
            return 1
    faulthandler.cancel_dump_traceback_later()
    shutil.rmtree(folder)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    counts = f"{files} | {found.total():,} | {found['refused']:,} | {found['read']:,}"
    print(f"| `{name}` | {counts} | {longest:.2f} s | {memory} MB |", flush=True)
    return int(memory > MOST_MB)


if __name__ == "__main__":
    main()
