# Parapet
#
#   make demo       install what is missing, build, scan a seeded account on a local AWS API server
#   make test       install what is missing, run every test
#   make build      build the program (debug)
#   make release    build the program as users run it: .build/release/parapet
#   make lint       check formatting, generated files and the built-in rules
#   make format     format the sources
#   make generate   write generated files anew
#   make check      what CI runs
#   make bench      time `parapet evaluate` beside other engines; docs/performance.md says what with
#   make bench-collect   memory of a large collection, and a scan beside one by Prowler, if that is installed
#   make bench-reports   time every report format, comparisons and the site on many findings
#   make clean      remove everything that was built

SHELL := /bin/bash
SWIFT_FLAGS := -c release --static-swift-stdlib
SOURCES := Package.swift Sources Tests

.PHONY: demo test build release lint format generate check bench bench-collect bench-reports clean bootstrap unit end-to-end

demo: bootstrap release
	@scripts/python-env
	@scripts/demo/run

test: bootstrap lint unit end-to-end

unit:
	@scripts/python-env
	PARAPET_FUZZ_SECONDS=$${PARAPET_FUZZ_SECONDS:-15} swift test --parallel

end-to-end: release
	@scripts/python-env
	.venv/bin/python -m pytest -q -n 2 --dist loadfile Tests/EndToEnd

build:
	swift build

release:
	swift build $(SWIFT_FLAGS) --product parapet

lint: release
	swift format lint --strict --parallel --recursive $(SOURCES)
	scripts/generate-builtin --check
	@scripts/python-env
	.venv/bin/python scripts/update-models --check
	.venv/bin/python scripts/check-iam-actions
	.build/release/parapet test --policies policies --mutate --minimum-killed 85
	.build/release/parapet test --policies Benchmarks/policies
	.build/release/parapet validate --worktree

format:
	swift format --in-place --parallel --recursive $(SOURCES)

generate:
	scripts/generate-builtin

check: test

bench: bootstrap release
	Benchmarks/evaluate.py --rules-500

bench-collect: bootstrap release
	@scripts/python-env
	.venv/bin/python Benchmarks/collect_memory.py
	.venv/bin/python Benchmarks/collect.py

bench-reports: bootstrap release
	@scripts/python-env
	.venv/bin/python Benchmarks/reports.py
	.venv/bin/python Benchmarks/site.py

bootstrap:
	@scripts/bootstrap

clean:
	rm -rf .build .venv
