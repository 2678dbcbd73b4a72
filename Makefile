# Two commands matter: `make demo` runs the real thing, `make test` passes the tests.
# Each makes .venv from requirements.lock first; both need only Python 3.11+ and make.

PYTHON ?= python3
PORT ?= 8000
VAR ?= $(CURDIR)/var
RESET ?=
ONLY ?=
BIN := .venv/bin
READY := .venv/.ready
CATALOGS := $(patsubst %.po,%.mo,$(wildcard $(addsuffix /locale/*/LC_MESSAGES/*.po,platform/* tenants/* learning reinforcement)))

export PORT VAR
.PHONY: demo test bench check lock messages
.DELETE_ON_ERROR:

demo: $(READY) $(CATALOGS)
	@TICK_SECONDS=$${TICK_SECONDS:-10} exec $(BIN)/python manage.py demo $(if $(RESET),--reset)

test: $(READY) $(CATALOGS)
	@$(BIN)/python -m pytest --numprocesses=auto --dist=loadgroup $(ARGS)

bench: $(READY) $(CATALOGS)  # ONLY=sync-changed runs one
	@$(BIN)/python -m tests.benchmarks $(ONLY)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet platform tenants learning reinforcement
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null
	ENVIRONMENT=production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ENCRYPTION_KEYS=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(32))') \
	ALLOWED_ROOT_DOMAIN=throughline.example DATABASE_URL=postgresql://nobody@127.0.0.1/none \
	MAIL_URL=submission://mail.example:587 PORT=0 \
	$(BIN)/python manage.py check --deploy --fail-level WARNING

messages: $(READY)  # translations in step with the sources; says what is missing
	@$(BIN)/python -m tests.translations

lock:  # needs uv; writes no registry address
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --no-header --quiet --output-file requirements.lock

%.mo: %.po | $(READY)  # all that are stale, at once
	@$(BIN)/python -m config.catalogs

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Throughline needs Python 3.11 or newer, and $(PYTHON) is %d.%d. Say which to use: make PYTHON=python3.12" % sys.version_info[:2])'
	@test -x $(BIN)/python || { echo "Making .venv with $(PYTHON)"; $(PYTHON) -m venv .venv; }
	@echo "Installing what requirements.lock pins, hashes checked (a minute, the first time)"
	@# the lock is whole: left to look at dependencies, pip takes to a newer release than is pinned
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
