"""Runs a program and writes what it took. Small, because a child counts the memory of what starts it.

usage: launch.py FILE PROGRAM [ARGUMENT...]     writes: wait status, wall seconds, CPU seconds, peak memory in kB
"""
import os
import sys
import time

file, *command = sys.argv[1:]
start = time.perf_counter()
process = os.posix_spawnp(command[0], command, os.environ)
# wait4 tells of this one child; getrusage would add up all of them.
_, status, usage = os.wait4(process, 0)
wall = time.perf_counter() - start
with open(file, "w") as report:
    report.write(f"{status} {wall} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}")
