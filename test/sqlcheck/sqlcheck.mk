# SPDX-License-Identifier: MulanPSL-2.0
# make sqlcheck: every table and statement of the program, on PostgreSQL.
# make plans: how SQLite finds their rows; PLANS=all shows every plan.

SQLCHECK = $(BUILD)/sqlcheck
SQLCHECK_FILES = $(filter-out src/store/sqlite.c src/store/postgres%,$(LIB_C)) \
	$(filter %.sql,$(EMBED))
SAMPLE_LIB_O = $(filter-out %/gen/features.o,$(LIB_O)) \
	$(BUILD)/obj/gen/test_features.o

# The unit tests, writing down what they send; in one process, one order.
$(SQLCHECK)/tests: private LDFLAGS += -Wl,--wrap=db_open,--wrap=compose_end
$(SQLCHECK)/tests: $(call object,$(TEST_C) $(GIVEN_C) test/test.c test/engine.c \
		test/sqlcheck/recorder.c) $(SAMPLE_LIB_O) $(BUILD)/obj/gen/tests.o
	@mkdir -p $(@D)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(SQLCHECK)/record: $(SQLCHECK)/tests
	@rm -f $@
	@DAJUAN_TEST_FORK=0 DAJUAN_RECORD=$@ $< > $@.said 2>&1 || \
		{ tail $@.said; exit 1; }

$(SQLCHECK)/collect $(SQLCHECK)/script $(SQLCHECK)/plans: $(SQLCHECK)/%: \
		$(BUILD)/obj/test/sqlcheck/%.o \
		$(call object,test/sqlcheck/record.c) $(LIB_O)
	@mkdir -p $(@D)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# With the tables of the tests' sample.
$(SQLCHECK)/fill: $(call object,test/bench/fill.c $(wildcard src/host/given/sample*.c)) \
		$(SAMPLE_LIB_O)
	@mkdir -p $(@D)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(SQLCHECK)/statements: $(SQLCHECK)/collect $(SQLCHECK)/record \
		$(SQLCHECK_FILES)
	@$^ > $@

sqlcheck: $(SQLCHECK)/statements $(SQLCHECK)/script
	@test/postgres/cluster test/sqlcheck/run $(SQLCHECK)

plans: $(SQLCHECK)/statements $(SQLCHECK)/plans $(SQLCHECK)/fill
	@test/sqlcheck/walk.sh $(SQLCHECK) $(PLANS)

-include $(wildcard $(BUILD)/obj/test/sqlcheck/*.d)

.PHONY: sqlcheck plans
