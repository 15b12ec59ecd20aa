# Two commands do everything: `make run` and `make test`. The rest are their parts.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: setup assets run test check fmt lint doc bench e2e laws release

TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)
# In CI the lock file is the law.
LOCKED := $(if $(CI),--locked)
ASSETS := crates/server/assets
INPUTS := $(shell find $(ASSETS) -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null) \
	$(wildcard crates/playbook/src/drawing/drawing.css)
ADDRESS ?= 127.0.0.1:8080

# Installs what building and testing need and this machine lacks.
setup:
	scripts/setup

# Puts the style sheets and scripts together, when they have changed.
assets: $(if $(wildcard $(ASSETS)/build.mjs),$(ASSETS)/dist/manifest.json)

$(ASSETS)/dist/manifest.json: $(INPUTS)
	scripts/npm-ci $(ASSETS)
	cd $(ASSETS) && node build.mjs
	touch $@

# A sample desk to try, at http://$(ADDRESS).
run: assets
	cargo build --workspace --bin deskhand
	@echo "Deskhand is at http://$(ADDRESS) (stop it with Ctrl+C)"
	$(TARGET)/debug/deskhand serve --demo --data data/demo --listen $(ADDRESS)

# Everything that can fail: style, lints, tests on both databases, the handbook's scenarios, the browser.
test: setup assets fmt lint
	scripts/with-postgres scripts/with-mariadb scripts/with-mail-servers scripts/test

# What needs no server: style, lints, licences, documentation, the order of the house.
check: assets fmt lint doc
	scripts/deny
	cargo test --workspace --test house $(LOCKED)

fmt:
	cargo fmt --all -- --check

lint: assets
	cargo clippy --workspace --all-targets $(LOCKED) -- -D warnings

doc: assets
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps $(LOCKED)

# The figures of bench/, in the release profile, on both databases.
bench: assets
	cargo build --release -p bench -p deskhand $(LOCKED)
	scripts/with-mail-servers $(TARGET)/release/bench all --database sqlite
	scripts/with-mail-servers scripts/with-postgres $(TARGET)/release/bench all --database postgres

# The program and what belongs to it as one archive in dist/, for those who run it.
release: assets
	cargo build --release -p deskhand --locked
	scripts/release $(TARGET)/release/deskhand

# The property tests of the crates that need no server, with new chance and many more cases than `make test` takes.
laws:
	PROPTEST_CASES=$${PROPTEST_CASES:-5000} PROPTEST_MAX_GLOBAL_REJECTS=100000 \
		cargo test -p mail -p playbook -p calendar -p directory -p transport --no-fail-fast $(LOCKED) -- --quiet

# The browser tests alone.
e2e: setup assets
	cargo build --workspace --bin deskhand $(LOCKED)
	scripts/e2e
