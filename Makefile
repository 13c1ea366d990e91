# `make run` and `make test` work on a fresh machine: they make .venv and install what is needed.
# PYTHON=python3.12 chooses another Python; a second run does nothing that is done already.

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
endif
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
BIN := .venv/bin
READY := .venv/ready-$(VERSION)
QUESTIONS := ../shared/questions
ARGS ?=

.PHONY: run chat test check format bench chaos redteam score clean

run: chat

chat: $(READY)
	@$(BIN)/seller-bot chat $(ARGS)

test: $(READY)
	$(BIN)/pytest -n auto $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/pytest -n auto $(ARGS)

format: $(READY)
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: $(READY)
	$(BIN)/python -m benchmarks.latency
	$(BIN)/python -m benchmarks.cold_start
	$(BIN)/python -m benchmarks.months
	$(BIN)/python -m benchmarks.telegram
	$(BIN)/python -m benchmarks.llm

chaos: $(READY)
	$(BIN)/python -m tests.chaos.kill $(ARGS)
	$(BIN)/python -m tests.bot.dingtalk.kill

redteam: $(READY)
	$(BIN)/python -m tests.redteam $(ARGS)

score: $(READY)
	@if [ -f $(QUESTIONS)/dev.jsonl ]; then \
		$(BIN)/python $(QUESTIONS)/score.py $(QUESTIONS)/dev.jsonl --command '$(BIN)/seller-bot batch'; \
	else echo "no $(QUESTIONS)/dev.jsonl here: only the project's own questions are scored"; fi
	$(BIN)/python -m benchmarks.score $(ARGS) tests/questions/*.jsonl

clean:
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null || { \
		echo "Python 3.11 or later is needed; install it, or name it: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@[ -x $(BIN)/python ] && $(BIN)/python -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(VERSION)")' \
		|| $(PYTHON) -m venv --clear .venv \
		|| { echo "no virtual environment could be made; on Debian and Ubuntu: apt install python$(VERSION)-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet -e '.[dev]' -c constraints.txt
	@rm -f .venv/ready-*
	@touch $@
