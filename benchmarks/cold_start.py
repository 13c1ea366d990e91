"""How long `seller-bot ask` takes from the start of the process to its end, byte code compiled.

`python -m benchmarks.cold_start`
"""

import os
import resource
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from statistics import median

RUNS = 15
QUESTION = "RFQ加分怎么算？"
SCRIPT = Path(sysconfig.get_path("scripts")) / "seller-bot"


def clean_environment() -> dict[str, str]:
    """The environment of this process, with byte code written."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main() -> int:
    kept = clean_environment()
    command = [str(SCRIPT), "ask", QUESTION, "--as-of", "2021-04-22"]
    spent = []
    for _ in range(RUNS + 1):  # the first run compiles, and fills the cache
        start = time.perf_counter()
        done = subprocess.run(command, env=kept, capture_output=True, check=False)
        spent.append((time.perf_counter() - start) * 1000)
        if done.returncode:
            print(done.stderr.decode("utf-8", "replace"), file=sys.stderr)
            return 1
    warm = spent[1:]
    print(
        f"cold start of `seller-bot ask`: median {median(warm):.0f} ms, "
        f"fastest {min(warm):.0f} ms, slowest {max(warm):.0f} ms of {RUNS} runs"
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(
        f"most memory of a start: {peak / (1024**2 if sys.platform == 'darwin' else 1024):.0f} MB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
