"""Runs a program and says on the last line of stderr what it took: "wall-seconds cpu-seconds peak-kilobytes exit-code".

With --together in front of the program the peak is not that of its largest process but of all of them together, looked at every 50 ms: of
each what is its own, and its share of what it has in common with others.
"""

import os
import sys
import threading
import time

BETWEEN_LOOKS = 0.05


def memory_of_group(group):
    """Kilobytes of all processes of a group; one that ends while it is looked at counts for nothing."""
    kilobytes = 0
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/stat") as stat:
                # Behind the name, which may hold anything: state, parent, group.
                if int(stat.read().rpartition(")")[2].split()[2]) != group:
                    continue
            with open(f"/proc/{process}/smaps_rollup") as rollup:
                kilobytes += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        except (OSError, ProcessLookupError):
            continue
    return kilobytes


together = sys.argv[1] == "--together"
command = sys.argv[2:] if together else sys.argv[1:]
begun = time.monotonic()
child = os.posix_spawnp(command[0], command, os.environ, **({"setpgroup": 0} if together else {}))
peak = 0
ended = threading.Event()


def look():
    global peak
    while not ended.wait(BETWEEN_LOOKS):
        peak = max(peak, memory_of_group(child))


looking = threading.Thread(target=look)
if together:
    looking.start()
_, status, used = os.wait4(child, 0)
wall = time.monotonic() - begun
ended.set()
if together:
    looking.join()
print(
    wall,
    used.ru_utime + used.ru_stime,
    peak if together else used.ru_maxrss,
    os.waitstatus_to_exitcode(status),
    file=sys.stderr,
)
