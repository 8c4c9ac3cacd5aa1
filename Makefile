# The tasks that everybody needs. They want Python 3.11 or newer, make and a package index;
# nox makes an environment for each of them. What each one does is in noxfile.py.
PYTHON ?= python3
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
TASKS := demo test generate check docs release verify

.PHONY: help ci $(TASKS)
.DEFAULT_GOAL := help

help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile
	@echo 'Rarer tasks: $(BIN)/nox -s NAME [-- ARGUMENTS]'
	@awk -F '[ (]' '/^@nox/ {getline; name = $$2; getline; gsub(/ *"""/, ""); \
		if (" $(TASKS) " !~ " " name " ") printf "  %-21s %s\n", name, $$0}' noxfile.py

demo: ## see the client do its main job against a mock service
test: ## run the tests
generate: ## make the generated code and pages from openapi/enboarder.yaml
check: ## run every static check: generated files, contract, style, layers and types
docs: ## build the site into build/site
release: ## build, judge and try what would be published; upload nothing
verify: ## answer open questions with your account and read-only requests

$(TASKS): .venv/nox
	@$(BIN)/python -m nox --session $@ -- $(ARGS)

ci: ## run what a pull request must pass, with no test skipped
	@bash .ci/run

.venv/nox: constraints/dev.txt
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; sys.version_info < (3, 11) and sys.exit( \
		"Python 3.11 or newer is needed, this is " + v + ": make PYTHON=python3.12 ...")'
	@echo 'setting up .venv with nox and uv ...'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -c $< uv
	@$(BIN)/uv pip install --quiet --python .venv -c $< --group nox
	@touch $@
