# The tasks that matter: `make demo` shows the client at work, `make test` tests it, `make generate` makes the code from
# the contract, `make check` holds everything that can be checked without running it.
PYTHON ?= python3
VENV_PYTHON := $(if $(filter Windows_NT,$(OS)),.venv/Scripts/python,.venv/bin/python)
BENCH_PYTHON := $(subst .venv/,../.venvs/bench/,$(VENV_PYTHON))

.PHONY: help demo test generate check install test-all measure bench soak mutate contract portability conformance
.PHONY: docs site-test verify release
.DEFAULT_GOAL := help

help: ## list the tasks
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: .venv/.demo ## generate the client, and see it do its main job against a stand-in service
	@$(VENV_PYTHON) scripts/generate.py
	@$(VENV_PYTHON) scripts/demo.py

test: .venv/.test ## run every test
	@$(VENV_PYTHON) -m pytest -n auto --cov

generate: .venv/.demo ## make generated/enboarder_api and docs/models.md from openapi/enboarder.yaml
	@$(VENV_PYTHON) scripts/generate.py
	@$(VENV_PYTHON) scripts/render.py

check: .venv/.check ## generated tree, contract, style and types, without running a test
	@$(VENV_PYTHON) scripts/check.py

install: ## install the client into the Python of your choice: make install PYTHON=...
	@$(PYTHON) -m pip install .

test-all: ## run every test on each Python at hand, and with the lowest versions of all libraries
	@$(PYTHON) scripts/test_all.py

measure: ## import time, time to a client, and installed size, in an empty environment
	@$(PYTHON) scripts/measure.py

bench: .venvs/bench/.bench ## tokens, cost and size beside others, into docs/benchmarks.md: make bench [ARGS=--quick]
	@cd scripts && $(BENCH_PYTHON) -m bench $(ARGS)

soak: .venvs/bench/.bench ## ten minutes of faults, 50 threads, no write doubled or lost: make soak [ARGS="--seconds 60"]
	@cd scripts && $(BENCH_PYTHON) -m soak $(ARGS)

contract: .venv/.check ## judge the contract and all its renderings, also by a linter of its own (Node.js)
	@$(VENV_PYTHON) scripts/gate.py
	@$(VENV_PYTHON) -m pytest -q tests/gate

portability: .venv/.check ## prove that other languages can use the contract, and write docs/portability.md
	@$(VENV_PYTHON) -m scripts.portability

conformance: .venvs/conformance/.conformance ## ask judges by others about the contract, the client and the stand-in service
	@.venvs/conformance/bin/python -m tests.conformance

mutate: .venvs/mutate/.mutate ## change the core in one place at a time, and see whether a test notices
	@.venvs/mutate/bin/python scripts/mutate.py $(ARGS)

verify: .venv/.demo ## with your account: settle open questions by reads alone, and print a report without values
	@$(VENV_PYTHON) scripts/verify.py $(ARGS)

release: .venvs/release/.release ## build, judge and try what would be published; it uploads nothing
	@.venvs/release/bin/python scripts/release.py

.venvs/release/.release: pyproject.toml constraints-release.txt scripts/environment.py
	@$(PYTHON) scripts/environment.py .venvs/release release constraints-release.txt

.venvs/bench/.bench: pyproject.toml constraints-bench.txt scripts/environment.py
	@$(PYTHON) scripts/environment.py .venvs/bench bench constraints-bench.txt

.venvs/conformance/.conformance: pyproject.toml constraints-conformance.txt scripts/environment.py
	@$(PYTHON) scripts/environment.py .venvs/conformance conformance constraints-conformance.txt

.venvs/mutate/.mutate: pyproject.toml constraints.txt scripts/environment.py
	@$(PYTHON) scripts/environment.py .venvs/mutate mutate

.venv/.%: pyproject.toml constraints.txt scripts/environment.py
	@$(PYTHON) scripts/environment.py .venv $*

docs: .venvs/docs/.docs ## build the site into build/site
	@.venvs/docs/bin/python scripts/pages.py

site-test: docs ## open every page of the site in a browser that knows no other host (chromium of Debian)
	@.venvs/docs/bin/python -m pytest -q tests/site

.venvs/docs/.docs: pyproject.toml constraints-docs.txt scripts/environment.py
	@$(PYTHON) scripts/environment.py .venvs/docs docs constraints-docs.txt
