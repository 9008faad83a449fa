#!/usr/bin/env python3
"""Times a site of some 5,000 findings in Chromium: first paint, filters, search, order, opening a finding.

usage: Benchmarks/site.py [--buckets N] [--runs N]

Prints medians and the slowest of all runs, each in a fresh context, in milliseconds: what the script takes together with the layout that it
forces, and until the next frame is drawn.
"""
import argparse
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "Tests/EndToEnd"), str(ROOT / "scripts/demo")]

import seed  # noqa: E402
import site_data  # noqa: E402
from aws_server import AWSServer  # noqa: E402
from chromium import chromium  # noqa: E402
from conftest import parapet  # noqa: E402

TYPED = "search.value = '{}'; search.dispatchEvent(new Event('input', {{bubbles: true}}))"
STEPS = [
    ("severity: medium", "document.querySelector('input[value=medium]').click()"),
    ("severity: all again", "document.querySelector('input[value=medium]').click()"),
    ("status: unknown", "document.querySelector('input[value=unknown]').click()"),
    ("status: all again", "document.querySelector('input[value=unknown]').click()"),
    ("search: one finding in 1,000", TYPED.format("00123")),
    ("search: every fourth", TYPED.format("logs")),
    ("search: all again", TYPED.format("")),
    ("order: by resource", "sort.value = 'resource'; sort.dispatchEvent(new Event('input', {bubbles: true}))"),
    ("open a finding", "document.querySelector('.row a.stop').click()"),
]
TIMED = """async (code) => {
    const search = document.getElementById('search'), sort = document.getElementById('sort');
    const act = new Function('search', 'sort', code), start = performance.now();
    act(search, sort);
    document.body.offsetHeight;
    const done = performance.now() - start;
    await new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)));
    return [done, performance.now() - start];
}"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--buckets", type=int, default=1300, help="each has some four findings")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        with AWSServer() as server:
            seed.seed(server.url)
            repository = site_data.scanned(server, folder)
        site_data.record_large(repository, folder, options.buckets)
        made = parapet("site", "--output", folder / "site", "--tenant", "large", cwd=repository.path, timeout=600)
        assert made.code == 0, made
        url = (folder / "site/tenants/large/index.html").as_uri()
        times = {}
        with chromium() as browser:
            for _ in range(options.runs):
                with browser.page(url) as page:
                    rows = page.locator(".row").count()
                    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                    times.setdefault("first contentful paint", []).append((paint, paint))
                    page.wait_for_timeout(1000)
                    for name, code in STEPS:
                        times.setdefault(name, []).append(tuple(page.evaluate(TIMED, code)))
            print(f"{rows} findings, Chromium {browser.version}, {options.runs} runs")
    print("| | median | slowest | median with the frame |\n|---|---|---|---|")
    for name, values in times.items():
        done, drawn = zip(*values)
        print(f"| {name} | {statistics.median(done):.0f} | {max(done):.0f} | {statistics.median(drawn):.0f} |")


if __name__ == "__main__":
    main()
