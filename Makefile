# The front doors: `make run`, `make test`, `make check`, `make bench`. All chores behind them are npm scripts and tools/.
SHELL := /bin/sh
NODE := node_modules/.bin/node
INSTALLED := node_modules/.installed-from

.PHONY: run test check bench image $(INSTALLED)
.DELETE_ON_ERROR:

# Builds, starts agent and server, prints the address. Ctrl-C stops both.
run: dist/main.js web/dist/index.html
	@exec $(NODE) dist/main.js up

# Prepares the machine (Debian, as root) and runs every test. The last line is "N passed, N failed".
test: $(INSTALLED)
	@exec $(NODE) tools/run-tests.ts

# What each commit must pass; less than two minutes on two cores.
check: $(INSTALLED)
	@npm run --silent check

# Prints what watching costs.
bench: dist/main.js web/dist/index.html
	@exec $(NODE) bench/run.ts

# Builds the images vigie-agent and vigie of this version; VIGIE_IMAGE_BASE and VIGIE_IMAGE_REGISTRY are told of in docs/guide/install.md.
image: dist/main.js web/dist/index.html
	@exec $(NODE) tools/image/build-images.ts

# Files that the doors need. The first is looked at by the script itself, each time.
$(INSTALLED):
	@tools/install.sh

dist/main.js: package-lock.json tsconfig.json tsconfig.build.json $(shell find src -name '*.ts' ! -name '*.test.ts') | $(INSTALLED)
	@rm -rf dist
	@node_modules/.bin/tsc -p tsconfig.build.json

web/dist/index.html: package-lock.json $(shell find web src/api src/model -path '*/node_modules' -prune -o -path web/dist -prune -o -type f -print) | $(INSTALLED)
	@npm run --silent build:web
