# SPDX-License-Identifier: MulanPSL-2.0
# What is made from other files before the compiler runs.

GEN = $(BUILD)/gen
SQLITE_O = $(BUILD)/obj/sqlite3.o

# Views: src/X/views/Y.html is included as "X/views/Y.h".
VIEW_C = $(patsubst src/%.html,$(GEN)/%.c,$(VIEWS))
VIEW_H = $(VIEW_C:.c=.h)

# What gives ledgers or pages to the whole says so in a line of its own:
# `const struct feature feature_NAME = {`. The tests have the sample as well.
features_of = $(sort $(shell sed -n \
	's/^const struct feature feature_\([a-z_]*\) = {$$/\1/p' $(1)))
FEATURES := $(call features_of,$(LIB_C))
TEST_FEATURES := $(call features_of,$(LIB_C) $(GIVEN_C))

GEN_C = $(VIEW_C) $(GEN)/assets.c $(GEN)/features.c $(GEN)/state_days.c
GEN_O = $(patsubst $(GEN)/%.c,$(BUILD)/obj/gen/%.o,$(GEN_C))
TEST_GEN_O = $(BUILD)/obj/gen/tests.o $(BUILD)/obj/gen/test_features.o
GENERATED_H = $(VIEW_H)

# ---- the programs that make them; they run on the machine that builds -----
HOSTCC ?= gcc
TOOL_CFLAGS = -std=c17 -O1 -g -D_GNU_SOURCE -I. $(WARN)

$(BUILD)/tool/views: tool/views.c tool/views_html.c tool/views_text.c \
	tool/views.h
$(BUILD)/tool/embed: tool/embed.c
$(BUILD)/tool/embed: TOOL_LIBS = -lz -lsodium
$(BUILD)/tool/lint: tool/lint.c tool/lint_names.c tool/lint_rooms.c \
	tool/lint_text.c tool/lint.h
$(BUILD)/tool/views $(BUILD)/tool/embed $(BUILD)/tool/lint:
	@mkdir -p $(@D)
	@echo '  CC  $@'; $(HOSTCC) $(TOOL_CFLAGS) -o $@ $(filter %.c,$^) \
		$(TOOL_LIBS)

# ---- lists of files; changed only when a file comes or goes ---------------
$(GEN)/files: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(TEST_C) $(VIEWS) $(TEST_FEATURES) $(ASSETS) $(EMBED) > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# Every TEST(name) of every *_test.c, found by name.
$(GEN)/tests.c: $(TEST_C) $(GEN)/files
$(GEN)/tests.c $(GEN)/runner_tests.c:
	@mkdir -p $(@D)
	@{ echo '#include "test/test.h"'; \
	   echo 'struct test_entry { const char *name;' \
	        'void (*run)(struct test *t); };'; \
	   echo 'extern const struct test_entry test_entries[];'; \
	   sed -n 's/^TEST(\([a-z0-9_]*\)).*/TEST(\1);/p' $(filter %.c,$^); \
	   echo 'const struct test_entry test_entries[] = {'; \
	   sed -n 's/^TEST(\([a-z0-9_]*\)).*/    { "\1", test_\1 },/p' \
	        $(filter %.c,$^); \
	   echo '    { NULL, NULL } };'; } > $@

$(VIEW_C): $(GEN)/%.c: src/%.html $(BUILD)/tool/views
	@mkdir -p $(@D)
	@echo '  GEN $@'; $(BUILD)/tool/views $< $@ $(@:.c=.h) $*.h
$(VIEW_H): %.h: %.c ;

$(GEN)/features.c: LISTED = $(FEATURES)
$(GEN)/test_features.c: LISTED = $(TEST_FEATURES)
$(GEN)/features.c $(GEN)/test_features.c: $(GEN)/files
	@{ echo '#include "host/ledger/feature.h"'; echo; \
	   echo '#include <stddef.h>'; echo; \
	   for f in $(LISTED); do \
	     echo "extern const struct feature feature_$$f;"; done; \
	   echo 'extern const struct feature *const features[];'; \
	   echo 'const struct feature *const features[] = {'; \
	   for f in $(LISTED); do echo "    &feature_$$f,"; done; \
	   echo '    NULL };'; } > $@

# Days off and make-up workdays, as a package keeps them.
DAYS = node_modules/chinese-days
$(GEN)/state_days.c: tool/state_days.mjs node_modules/.package-lock.json
	@mkdir -p $(@D)
	@echo '  GEN $@'; node $< $(DAYS) > $@

# ---- files inside the program ---------------------------------------------
# Assets get a public name with their hash; EMBED files have none. A name is
# the path without $(BUILD)/assets/, assets/ or src/ in front.
ASSETS ?= $(patsubst assets/%,$(BUILD)/assets/%,$(wildcard assets/*.css \
	assets/*.js assets/*.svg assets/*.png assets/*.ico assets/*.txt))
EMBED ?= $(sort $(wildcard demo/*.xlsx demo/*.csv demo/*.txt \
	src/*/schema/*.sql src/*/*/schema/*.sql))

asset_name = $(patsubst src/%,%,$(patsubst $(BUILD)/assets/%,%,$(1)))

$(GEN)/assets.c: $(BUILD)/tool/embed $(ASSETS) $(EMBED) $(GEN)/files
	@echo '  GEN $@'; $(BUILD)/tool/embed $@ \
		$(foreach f,$(ASSETS),public $(call asset_name,$(f)) $(f)) \
		$(foreach f,$(EMBED),inner $(call asset_name,$(f)) $(f))

# npm runs no install scripts here, so the real program of each package is
# called. Without npm's tools an asset is taken as it is: larger, complete.
NPM = $(wildcard node_modules/.package-lock.json)
LIGHTNINGCSS = $(firstword $(wildcard \
	node_modules/lightningcss-cli-*/lightningcss))
CSS_TARGETS = 'chrome 78, safari 13'
ESBUILD = $(firstword $(wildcard node_modules/@esbuild/*/bin/esbuild))

$(BUILD)/assets/%.css: assets/%.css $(NPM)
	@mkdir -p $(@D)
	@echo '  CSS $@'; $(if $(LIGHTNINGCSS),$(LIGHTNINGCSS) --minify \
	   --targets $(CSS_TARGETS) $< -o $@,cp $< $@)

$(BUILD)/assets/%.js: assets/%.js $(NPM)
	@mkdir -p $(@D)
	@echo '  JS  $@'; $(if $(ESBUILD),$(ESBUILD) --log-level=warning \
	   --minify --target=es2018 $< --outfile=$@,cp $< $@)

$(BUILD)/assets/%: assets/%
	@mkdir -p $(@D)
	@cp $< $@

# ---- the tests of the tools -----------------------------------------------
# html.o and base are what a view needs.
VIEWS_TEST_O = $(patsubst %.c,$(BUILD)/obj/%.o,src/web/html.c \
	$(filter-out %_test.c %_fuzz.c src/base/asset.c,$(wildcard src/base/*.c)))

test-views: $(BUILD)/tool/views $(VIEWS_TEST_O)
	@CC='$(CC)' CFLAGS='$(CPPFLAGS) $(CFLAGS)' LIBS='$(LDLIBS)' \
	   tool/views_test/run $(BUILD) $(VIEWS_TEST_O)

FORCE:
.PHONY: FORCE test-views
.SECONDARY: $(VIEW_C) $(VIEW_H) $(ASSETS)
-include $(GEN_O:.o=.d) $(TEST_GEN_O:.o=.d)
