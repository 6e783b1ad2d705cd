# SPDX-License-Identifier: MulanPSL-2.0
# make faults: every statement, write and sync of the core operations fails
# once and for ever; nothing is half there. FAULT_STEP=9 tries each ninth,
# but of statements that fail once all.

FAULT_STEP ?= 1
# With the ledgers of the tests' sample.
FAULTS_O = $(call object,$(wildcard test/faults/*.c) $(wildcard src/host/given/sample*.c)) \
	$(filter-out %/gen/features.o,$(LIB_O)) \
	$(filter-out %/gen/tests.o,$(TEST_GEN_O))

# What test/faults/fault.c stands in front of.
FAULTS_WRAP = sqlite_open clock_ms hash_random write pwrite64 ftruncate64 \
	open open64 mkdir rename unlink fsync

$(BUILD)/faults: $(FAULTS_O)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) $(FAULTS_WRAP:%=-Wl,--wrap=%) -o $@ \
		$^ $(LDLIBS)

# First the check itself: something half done must be found.
faults: $(BUILD)/faults
	@! $(BUILD)/faults --halves > $(BUILD)/faults.halves 2>&1 && \
	   grep -q 'something is half there' $(BUILD)/faults.halves
	$(BUILD)/faults $(FAULT_STEP)

-include $(wildcard $(BUILD)/obj/test/faults/*.d)

.PHONY: faults
