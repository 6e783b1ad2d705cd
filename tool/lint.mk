# SPDX-License-Identifier: MulanPSL-2.0
# make lint: the form and the rules of the house. clang-tidy looks at files
# changed since it last saw them; the first time takes minutes.

# Files of the rules: everything written by hand, but not the bad samples.
LINT_FILES = $(shell find src test tool assets docs -type f \( -name '*.[ch]' \
	-o -name '*.mk' -o -name '*.md' -o -name '*.html' -o -name '*.css' \
	-o -name '*.js' -o -name '*.mjs' -o -name '*.sh' -o -name '*.sql' \
	-o -name '*.txt' -o -name run \) ! -path 'tool/lint_test/*' | sort) \
	$(wildcard Makefile *.md package.json package-lock.json)
LINT_C = $(filter %.c %.h,$(LINT_FILES))
TIDY = $(patsubst %.c,$(BUILD)/tidy/%.ok,$(ALL_C) test/test.c test/engine.c)

lint: lint-rules lint-format lint-tidy

# The rules first say everything about their own bad samples.
lint-rules: $(BUILD)/tool/lint
	@tool/lint_test/run $(BUILD)/tool/lint
	@$(BUILD)/tool/lint tool/rooms $(LINT_FILES) && echo 'lint: rules kept'

lint-format:
	@clang-format --dry-run -Werror $(LINT_C) && echo 'lint: form kept'

# Write the form into the files; FILES="a.c b.h" for some of them.
format:
	clang-format -i $(or $(FILES),$(LINT_C))

lint-tidy:
	@$(MAKE) --no-print-directory -k -j2 $(TIDY)
	@echo 'lint: tidy'

# The object is named because it is made again when a header changes.
$(BUILD)/tidy/%.ok: %.c $(BUILD)/obj/%.o .clang-tidy
	@mkdir -p $(@D)
	@echo '  TDY $<'; clang-tidy --quiet $< -- -std=c17 $(CPPFLAGS) \
		> $(@:.ok=.said) 2> /dev/null || \
		{ cat $(@:.ok=.said); false; }
	@touch $@

.PHONY: lint lint-rules lint-format lint-tidy format
