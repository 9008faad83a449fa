#!/usr/bin/env python3
"""Times `parapet evaluate` beside other engines: the same 20 rules, the same made-up snapshots, all in one run.

usage: Benchmarks/evaluate.py [--sizes 1000,10000,100000] [--engines floor,parapet,...] [--runs N] [--rules-500]

Engines run one after the other, in turns; every figure is a median. All of them must count the same violations of each
rule, or this fails. The figures are printed, and written to Benchmarks/results.json. Data and programs are kept in
.build/bench.
"""
import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict

import copies
import measure
from engines import ENGINES, HERE, POLICIES, POLICIES_500, WORK, Missing, Parapet

# An engine that would need more CPU than this for one run, by what it needed at the size before, is left out; seconds.
PATIENCE = 30


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of resources")
    parser.add_argument("--engines", default=",".join(ENGINES), help=f"some of: {', '.join(ENGINES)}")
    parser.add_argument("--runs", type=int, help="of each engine at each size; default: 5, and 3 from 100000 resources")
    parser.add_argument("--rules-500", action="store_true", help="time 500 rules on 100000 resources, too")
    chosen = parser.parse_args()
    chosen.sizes = sorted(int(size) for size in chosen.sizes.split(","))
    chosen.engines = chosen.engines.split(",")
    for name in chosen.engines:
        if name not in ENGINES:
            parser.error(f"there is no engine `{name}`; there are {', '.join(ENGINES)}")
    return chosen


def runs_at(size, chosen):
    return chosen.runs or (3 if size >= 100_000 else 5)


def data(size):
    """A snapshot of that size, made where there is none yet."""
    # The name changes with the generator.
    digest = hashlib.sha256((HERE / "generate.py").read_bytes()).hexdigest()[:8]
    file = WORK / f"data-{size}-{digest}.ndjson"
    if not file.exists():
        print(f"making {size} resources", flush=True)
        subprocess.run([sys.executable, str(HERE / "generate.py"), str(size), str(file)], check=True)
    # Read once, so that the first engine does not wait for the disk.
    with open(file, "rb") as opened:
        while opened.read(1 << 20):
            pass
    return file


def prepared(names):
    """The engines that can run here."""
    found = {}
    for name in names:
        try:
            ENGINES[name].prepare()
            found[name] = ENGINES[name]
        except Missing as missing:
            print(f"{name} is left out: {missing}")
    return found


def compare(counts, size):
    """Ends everything where two engines do not count the same."""
    first, expected = next(iter(counts.items()))
    for name, found in counts.items():
        different = sorted(rule for rule in expected.keys() | found.keys() if expected.get(rule) != found.get(rule))
        for rule in different:
            print(f"{size} resources, {rule}: {first} counts {expected.get(rule)}, {name} {found.get(rule)}")
        if different:
            sys.exit(1)


def race(engines, size, runs):
    """Name -> median measurement; the counts, which are the same for all."""
    file = data(size)
    measurements = {name: [] for name in engines}
    counts = {}
    for _ in range(runs):
        for name, engine in engines.items():
            measured, output = measure.run(engine.command(file))
            measurements[name].append(measured)
            counts[name] = engine.counts(output)
    compare(counts, size)
    return {name: measure.median(list) for name, list in measurements.items()}, next(iter(counts.values()))


def show(size, medians, floor_memory):
    print(f"\n{size} resources, 20 rules")
    print(f"{'':28}{'time':>10}{'CPU':>10}{'memory':>11}{'to floor':>11}{'to parapet':>12}")
    for name, figures in medians.items():
        ratios = "".join(
            f"{figures.wall / medians[other].wall:>{width - 1}.2f}x" if other in medians else " " * width
            for other, width in (("floor", 11), ("parapet", 12)))
        sign = "<" if figures.memory <= floor_memory * 1.05 else ""
        memory = f"{sign}{figures.memory:.0f} MB"
        print(f"{ENGINES[name].title:28}{figures.wall:>8.3f} s{figures.cpu:>8.3f} s{memory:>11}{ratios}")


def race_500(runs, expected):
    """The medians of 500 rules and, in the same turns, of the 20 on 100000 resources."""
    copies.write(POLICIES, POLICIES_500)
    file = data(100_000)
    engines = {"20": Parapet(1), "500": Parapet(1, POLICIES_500)}
    measurements = {name: [] for name in engines}
    for _ in range(runs):
        for name, engine in engines.items():
            measured, output = measure.run(engine.command(file))
            measurements[name].append(measured)
            if name == "500":
                check_500(engine.counts(output), expected)
    return {name: measure.median(list) for name, list in measurements.items()}


def check_500(counts, expected):
    wrong = [
        f"{rule}-{copy:02}" for rule, edits in copies.EDITS.items() for copy in range(copies.COPIES)
        if not isinstance(counts.get(f"{rule}-{copy:02}"), int)
        or copies.keeps_meaning(rule, copy) and counts[f"{rule}-{copy:02}"] != expected[rule]]
    if wrong:
        sys.exit(f"copies that do not count what their rule counts, or leave something unknown: {', '.join(wrong)}")


def targets(medians, rules_500):
    """(what, measured, limit, whether it holds), for what was measured."""
    found = []

    def limit(what, value, most, unit=""):
        found.append((what, f"{value:.2f}{unit}", f"at most {most}{unit}", value <= most))

    large, small = medians.get(100_000, {}), medians.get(1000, {})
    if "parapet" in large:
        limit("peak memory on 100000 resources", large["parapet"].memory, 250, " MB")
        if "floor" in large:
            limit("time on 100000 resources, to the floor's", large["parapet"].wall / large["floor"].wall, 2, "x")
        if "parapet-2" in large:
            gain = large["parapet"].wall / large["parapet-2"].wall
            found.append(("gain by a second core", f"{gain:.2f}x", "at least 1.6x", gain >= 1.6))
        if "parapet" in small:
            limit("time on 100000 resources, to that on 1000", large["parapet"].wall / small["parapet"].wall, 110, "x")
    if rules_500:
        limit("time of 500 rules, to that of 20", rules_500["500"].wall / rules_500["20"].wall, 8, "x")
    return found


def main():
    chosen = arguments()
    WORK.mkdir(parents=True, exist_ok=True)
    engines = prepared(chosen.engines)
    if not engines:
        sys.exit("there is no engine to run")
    floor_memory = measure.least_memory()
    medians, counts, rules_500 = {}, {}, None
    for size in chosen.sizes:
        smaller = medians.get(max(medians, default=0), {})
        able = {}
        for name, engine in engines.items():
            expected = smaller[name].cpu * size / max(medians) if name in smaller else 0
            if expected > PATIENCE:
                print(f"\n{engine.title} is left out from {size} resources: a run would take {expected:.0f} s")
            else:
                able[name] = engine
        engines = able
        medians[size], counts[size] = race(engines, size, runs_at(size, chosen))
        show(size, medians[size], floor_memory)
    if chosen.rules_500:
        expected = counts.get(100_000) or race({"floor": ENGINES["floor"]}, 100_000, 1)[1]
        rules_500 = race_500(runs_at(100_000, chosen), expected)
        print("\n100000 resources, parapet on one core")
        for name, figures in rules_500.items():
            print(f"{name + ' rules':28}{figures.wall:>8.3f} s{figures.cpu:>8.3f} s{figures.memory:>8.0f} MB")
    reached = targets(medians, rules_500)
    print()
    for what, value, wanted, holds in reached:
        print(f"{'met   ' if holds else 'MISSED'}  {what}: {value} ({wanted})")
    results = {
        "machine": {"processor": processor(), "cores": os.cpu_count(), "load": os.getloadavg()},
        "sizes": {
            size: {"medians": {name: asdict(one) for name, one in found.items()}, "counts": counts[size]}
            for size, found in medians.items()},
        "rules_500": rules_500 and {name: asdict(one) for name, one in rules_500.items()},
        "targets": [dict(zip(("what", "measured", "wanted", "met"), target)) for target in reached],
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n")


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()


if __name__ == "__main__":
    try:
        main()
    except measure.Failure as failure:
        sys.exit(str(failure))
