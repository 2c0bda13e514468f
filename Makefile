# `make` alone lists the targets. Everything that is made lands in .work/, which git ignores.
.DEFAULT_GOAL := help
.PHONY: help venv lock format quality test test-full unit coverage coverage-report errors-report reliability-report irreversible test-versions test-clients fuzz sanity molecule build release bench demo image clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

venv: ## Make the development environment in .work/venv
	@tools/bootstrap
	@tools/tree

lock: ## Pin the requirements anew from requirements-*.in
	@tools/lock

demo: ## Run the demo playbook against a mock HCP; needs nothing else
	@tools/demo

test: ## Run everything: quality, tests, sanity, build, molecule
	@tools/stages quality suite

test-full: ## Run what takes longer, too: all faults from playbooks, all supported versions
	@tools/stages quality suite full

quality: ## Check format, style, types, shell scripts, documentation, changelog
	@tools/stages quality

format: venv ## Format the Python code
	@.work/venv/bin/ruff check --select I --fix --quiet .
	@.work/venv/bin/ruff format .

unit: ## Run pytest; choose with ARGS="tests/unit -k name"
	@tools/pytest $(if $(ARGS),$(ARGS),-n auto -q)

coverage: ## Run pytest and show what it does not cover
	@tools/pytest -n auto -q --cov --cov-report=term-missing

coverage-report: ## Write docs/mock-coverage.md: what the mock serves of the management API
	@tools/coverage-report

errors-report: ## Write docs/errors.md: every code of a failed task
	@tools/errors-report

reliability-report: ## Write docs/reliability.md: what goes wrong in tests, and what comes of it
	@RELIABILITY_REPORT=write tools/pytest tests/reliability/test_report.py tests/reliability/test_wire.py -q

irreversible: ## Write docs/irreversible.md: what takes a confirmation
	@tools/irreversible

test-versions: ## Run the module tests with every supported ansible-core and Python; one with ARGS=oldest
	@tools/test-versions $(ARGS)

test-clients: ## Run boto3, AWS CLI, rclone, s3cmd and amazon.aws against the mock HCP
	@tools/test-s3-clients $(ARGS)

fuzz: ## Send the mock HCP requests made from its OpenAPI document
	@tools/fuzz-mock

sanity: ## Run ansible-test sanity
	@tools/sanity $(ARGS)

molecule: ## Run the molecule scenarios; one with ARGS="-s hcp_tenant", no container with MOCK_ENGINE=process
	@tools/molecule $(ARGS)

bench: ## Measure modules and mock against what they could be; less with ARGS=--quick
	@tools/bench $(ARGS)

build: ## Build the collection twice, compare, and check that it installs
	@tools/check-build

release: ## Build a release of the last commit: archive, bills of materials, checksums; another with COMMIT=...
	@tools/release $(COMMIT)

image: ## Build the container image of the mock HCP; its base with BASE_IMAGE=...
	@tools/image

clean: ## Remove everything that was made
	rm -rf .work collections tests/output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
