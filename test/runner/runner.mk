# SPDX-License-Identifier: MulanPSL-2.0
# make runner-test: tests that fail in every way, and what the runner says.

RUNNER_C = test/runner/samples.c

$(GEN)/runner_tests.c: $(RUNNER_C)

$(BUILD)/runner-test: $(call object,$(RUNNER_C) test/test.c) \
		$(BUILD)/obj/gen/runner_tests.o $(BASE_O)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

runner-test: $(BUILD)/runner-test
	@test/runner/run $(BUILD)/runner-test

.PHONY: runner-test
