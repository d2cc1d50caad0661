"""Runs a program and says on the last line of stderr what it took: "wall-seconds cpu-seconds peak-kilobytes exit-code"."""

import os
import sys
import time

begun = time.monotonic()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
wall = time.monotonic() - begun
print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss, os.waitstatus_to_exitcode(status), file=sys.stderr)
