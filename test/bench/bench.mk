# SPDX-License-Identifier: MulanPSL-2.0
# make bench: speed and memory as ratios to a reference of the same run.

BENCH = $(patsubst test/bench/%.c,$(BUILD)/bench/%,$(wildcard test/bench/*.c))
BENCH_LIB = $(filter-out $(BUILD)/obj/src/app/%,$(LIB_O))

$(BENCH): $(BUILD)/bench/%: $(BUILD)/obj/test/bench/%.o $(BENCH_LIB)
	@mkdir -p $(@D)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# DATA=DIR for data folders on another disk; ROUNDS and SECONDS_EACH.
# PART="pages posts stalls publish steps programme growth figures import verify
# memory" for some. GROWTH="10000 100000 1000000" and GROWN=DIR for growth.
bench: $(BUILD)/dajuan $(BENCH)
	@test/bench/run $(BUILD) $(PART)

.PHONY: bench
