# SPDX-License-Identifier: MulanPSL-2.0
# make runner-test: tests that fail in every way, and what the runner says.

RUNNER_C = test/runner/samples.c
RUNNER_BASE_O = $(filter-out %/asset.o,$(filter $(BUILD)/obj/src/base/%,\
	$(LIB_O)))

$(GEN)/runner_tests.c: $(RUNNER_C)

$(BUILD)/runner-test: $(call object,$(RUNNER_C) test/test.c) \
		$(BUILD)/obj/gen/runner_tests.o $(RUNNER_BASE_O)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

runner-test: $(BUILD)/runner-test
	@test/runner/run $(BUILD)/runner-test

.PHONY: runner-test
