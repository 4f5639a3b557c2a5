# Two commands are enough:  make pdf   make epub      (`make help` names the others)
#
# Each first sets up what it needs. A stamp in .venv records that a lock is installed, until the lock changes, so a
# second run does no set-up. Written for GNU make 3.81, the version of macOS.

BOOK = book
OUTPUT = dist/
PYTHON3 = python3

PYTHON = .venv/bin/python
BUILD = .venv/.ok-build
TESTS = .venv/.ok-tests
NATIVE = .venv/.ok-native
SET_UP = command -v $(PYTHON3) >/dev/null || { \
	echo "There is no $(PYTHON3) here. Install Python 3.11 or newer, or name yours: make PYTHON3=python3.13" >&2; \
	exit 3; }; \
	$(PYTHON3) tools/bootstrap.py

.PHONY: all pdf epub check samples samples-test samples-mutations proof reproduce test test-all lint reference pictures proof-sheets screens wheel lock samples-lock clean distclean help

## make            makes the PDF and the EPUB in one build, in dist/
all: $(BUILD) $(NATIVE)
	@$(PYTHON) build.py all "$(BOOK)" -o $(OUTPUT)

## make pdf        makes the PDF; BOOK=folder for another book than book/, OUTPUT=folder/ for another place
pdf: $(BUILD) $(NATIVE)
	@$(PYTHON) build.py pdf "$(BOOK)" -o $(OUTPUT)

## make epub       makes the EPUB; needs no system library
epub: $(BUILD)
	@$(PYTHON) build.py epub "$(BOOK)" -o $(OUTPUT)

## make check      checks the book's sources, in seconds
check: $(BUILD)
	@$(PYTHON) build.py check "$(BOOK)"

## make samples    checks and runs the code in the book, with the commands that its book.toml names
samples: $(BUILD)
	@$(PYTHON) build.py samples "$(BOOK)"
	@if [ -f "$(BOOK)/samples/tests/asserting.py" ]; then $(PYTHON) "$(BOOK)/samples/tests/asserting.py"; fi

## make samples-test  tests the checks of our book's samples, then runs samples-mutations
samples-test: $(TESTS)
	@$(PYTHON) -m pytest book/samples/tests $(PYTEST)
	@$(MAKE) samples-mutations

## make samples-mutations  changes each listing of our book, one thing at a time; prints the share found, by kind (minutes)
samples-mutations: $(TESTS)
	@$(PYTHON) build.py samples "$(BOOK)" --quiet
	@$(PYTHON) book/samples/tests/mutations.py $(MUTATIONS)

## make proof      makes both files and checks each promise: prints a summary, writes the report; SUMS=file to compare
proof: $(TESTS) $(NATIVE)
	@$(PYTHON) tools/install_ace.py
	@$(PYTHON) build.py check "$(BOOK)" --full -o $(OUTPUT) --report $(OUTPUT)report.html $(if $(SUMS),--sums $(SUMS)) --quiet

## make reproduce  builds the commit twice, compares the bytes, and keeps the files in dist/
reproduce: $(BUILD) $(NATIVE)
	@$(PYTHON) tools/reproduce.py "$(BOOK)" -o $(OUTPUT)

## make test       runs the tests, on all cores; PYTEST="-k order -x" for options of pytest
test: $(TESTS) $(NATIVE)
	@$(PYTHON) -m pytest -m "not slow" -n auto --dist loadfile $(PYTEST)

## make test-all   runs the slow tests too, on all cores
test-all: $(TESTS) $(NATIVE)
	@$(PYTHON) -m pytest -n auto --dist loadfile $(PYTEST)

## make lint       runs ruff and mypy on the program, its tools and its tests
lint: $(TESTS)
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy

## make reference  writes the reference page of the manual again, from the program
reference: $(BUILD)
	@$(PYTHON) tools/reference.py

## make pictures  makes the pictures of the manual and the README again (needs pdftoppm, git, Node 20, npm, Chromium)
pictures: $(BUILD) $(NATIVE)
	@$(PYTHON) -m tools.manual_pictures
	@$(PYTHON) -m tools.look_pictures
	@$(PYTHON) -m tools.desk_pictures
	@$(PYTHON) build.py all book -o dist/ --web
	@$(PYTHON) -m tools.page_picture
	@$(PYTHON) -m tools.screen_picture
	@$(PYTHON) -m tools.site_picture
	@$(PYTHON) -m tools.desk_picture

## make proof-sheets  puts every page of the PDF on contact sheets, in dist/proof-sheets/; PAGE=27 for one page, large
proof-sheets: $(BUILD) $(NATIVE)
	@$(PYTHON) tools/proof_sheets.py "$$($(PYTHON) build.py pdf "$(BOOK)" -o $(OUTPUT))" \
		-o $(OUTPUT)proof-sheets $(if $(PAGE),--page "$(PAGE)")

## make screens    shows the EPUB in two reading engines, on phone and tablet, light, sepia and dark, in dist/screens/
screens: $(BUILD)
	@$(PYTHON) tools/reading_engines.py "$$($(PYTHON) build.py epub "$(BOOK)" -o $(OUTPUT))" -o $(OUTPUT)screens

## make wheel      builds the program as a package, in dist/
wheel: $(TESTS)
	@$(PYTHON) -m hatchling build -t wheel -d dist

## make lock       compiles the locks from pyproject.toml; UPGRADE=--upgrade for newer versions (needs uv)
LOCK = UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile pyproject.toml --quiet --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --python-version 3.11 $(UPGRADE)
lock:
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --extra test --constraint requirements.lock --output-file requirements-test.lock

## make samples-lock  compiles the locks of the programs that check our book's samples (needs uv, npm)
SAMPLES_LOCK = UV_CUSTOM_COMPILE_COMMAND="make samples-lock" uv pip compile --quiet --universal --generate-hashes \
	--no-emit-index-url --no-emit-find-links --python-version 3.11 $(UPGRADE)
samples-lock:
	@cd book/samples && $(SAMPLES_LOCK) requirements.in --output-file requirements.lock
	@cd book/samples && $(SAMPLES_LOCK) emulator.in --output-file emulator.lock
	@cd book/samples/npm && npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

## make clean      deletes dist/
clean:
	@rm -rf dist

## make distclean  deletes .venv too
distclean: clean
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache

help:
	@sed -n 's/^## //p' Makefile

$(BUILD): requirements.lock $(PYTHON)
	@$(SET_UP) build

$(TESTS): requirements-test.lock $(BUILD)
	@$(SET_UP) tests

$(NATIVE): $(BUILD)
	@$(PYTHON) tools/bootstrap.py native

# A missing Python (after an upgrade of the system) counts as new, so that the stamps above are made again.
$(PYTHON): ;
