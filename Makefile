# Patchcord's tasks. `make` alone lists them; a person needs Go, Node and make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
GO ?= go
VERSION ?= $(shell git describe --always --dirty 2>/dev/null || echo dev)
PAGES := softphone adapter/admin/page sandbox/connect/cti/ccp sandbox/connect/console/page sandbox/crm/lightning/page sandbox/phone/page
STATIC := sfdx/force-app/main/default/staticresources/PatchcordSoftphone
STATICCHECK := $(GO) tool -modfile=tools/go.mod staticcheck
# Race-instrumented tests are heavy: one package at a time per core, and no more.
RACE := $(GO) test -race -timeout 15m -p 2

.PHONY: help run dev build lean check test unit e2e guide clients fuzz bench generate fmt clean system

help: ## list the tasks
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build ## build everything and start the sandbox
	./bin/patchcord sandbox

dev: node_modules/.stamp ## start the sandbox and rebuild pages as they change; restart it for Go changes
	./tools/dev.sh

build: bin/patchcord ## build the pages and bin/patchcord

# Not `npm ci`: it refuses a lock file that lacks another platform's optional packages, which registries may not carry.
node_modules/.stamp: package-lock.json
	npm install --no-save --no-audit --no-fund --loglevel=error
	@touch $@

# A page is built again when a file of its own changes, or of what it shares with others.
define page
$(1)/dist/.stamp: node_modules/.stamp tsconfig.base.json $$(shell find $(1) -type f -not -path '*/dist/*')
	npm run --silent build -w ./$(1)
	@touch $$@
endef
$(foreach p,$(PAGES),$(eval $(call page,$(p))))
SHARED := $(shell find sandbox/ui -type f)
$(filter sandbox/%,$(PAGES:%=%/dist/.stamp)): $(SHARED)

$(STATIC)/.stamp: softphone/dist/.stamp
	@mkdir -p $(STATIC) && rm -rf $(STATIC)/* && cp -r softphone/dist/* $(STATIC)/ && touch $@

lean: bin/patchcord-server ## build bin/patchcord-server, for servers: without the sandbox and its passwords

# Stripped of symbol table and debugging information: a quarter less, and stack traces are as before.
GOBUILD := $(GO) build -trimpath -ldflags '-s -w -X main.version=$(VERSION)'

bin/patchcord: $(PAGES:%=%/dist/.stamp) $(STATIC)/.stamp FORCE
	$(GOBUILD) -o $@ ./cmd/patchcord

bin/patchcord-server: adapter/admin/page/dist/.stamp $(STATIC)/.stamp FORCE
	$(GOBUILD) -tags lean -o $@ ./cmd/patchcord

FORCE:

check: build ## format, vet, linters, types, generated files, import rules
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "not formatted:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	$(STATICCHECK) ./...
	$(STATICCHECK) -tags lean ./cmd/patchcord
	npx biome ci --error-on-warnings .
	npm run --silent types --workspaces --if-present
	./tools/generated.sh
	node tools/package-schema.mjs
	$(GO) test ./internal/arch

unit: build system ## unit tests of Go (with the race detector) and TypeScript
	$(RACE) $$($(GO) list ./... | grep -v -e /test/)
	npx vitest run softphone adapter/admin sandbox

guide: build system ## walk the installation guide and write docs/guide.md with its pictures
	GUIDE=write npx playwright test -c test/e2e specs/guide.spec.ts

e2e: build system ## drive the whole product in Chromium, and a call in Firefox, with real calls
	npm run --silent e2e -w @patchcord/e2e

clients: build lean system ## programs that we did not write: jsforce, AWS SDK, sipp, baresip
	$(GO) test -timeout 10m ./test/...

test: build system check unit clients e2e ## everything

fuzz: ## run each fuzz target for FUZZTIME (default 30s)
	./tools/fuzz.sh $${FUZZTIME:-30s}

bench: build ## measure the figures of bench/README.md
	$(GO) run ./bench

generate: node_modules/.stamp ## write generated files again
	$(GO) generate ./...

fmt: node_modules/.stamp ## format Go and TypeScript
	gofmt -w $$(git ls-files '*.go')
	npx biome check --write .

system: ## install what the tests need on a Debian machine (Chromium, Firefox, sipp, baresip, PostgreSQL, PgBouncer, nginx, HAProxy)
	./tools/system.sh

clean: ## remove what was built
	rm -rf bin $(PAGES:%=%/dist/*) $(PAGES:%=%/dist/.stamp) $(STATIC) node_modules
