# Two commands for a newcomer: `make lagesbild` (the main job) and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export OPENBLAS_NUM_THREADS := 1

.PHONY: lagesbild venv test check coverage bench fuzz wheels format clean

lagesbild: venv
	$(BIN)/dvc repro

venv: $(VENV)/installed

$(VENV)/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dvc,dev]"
	$(BIN)/python -m compileall -q src    # 18 stages start Python: none of them should compile
	touch $@

test: venv
	$(BIN)/python -m pytest -n 2 -m "not slow" --benchmark-disable

check: venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/numpydoc lint $$(git ls-files "src/*.py")

coverage: venv
	$(BIN)/python -m pytest -m slow

bench: venv
	mkdir -p .benchmarks
	$(BIN)/python -m pytest benchmarks --benchmark-only --benchmark-json=.benchmarks/latest.json

fuzz: venv
	TRYGGHET_FUZZ=2000 $(BIN)/python -m pytest tests/fuzz tests/disclosure/test_hostile_packages.py tests/disclosure/test_hostile_properties.py

# does every package that a run without DVC needs have a wheel for Windows? Downloads them to dist/windows, for a machine without internet
wheels: venv
	mkdir -p dist/windows
	$(BIN)/python .ci/windows_wheels.py > dist/windows/requirements.txt
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
		--platform win_amd64 --python-version 311 --dest dist/windows --requirement dist/windows/requirements.txt
	@echo "$$(grep -c . dist/windows/requirements.txt) packages, each with a wheel for win_amd64"

format: venv
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) data/processed data/joint reports/*/
