# SPDX-License-Identifier: MulanPSL-2.0
#
# make            build/dajuan
# make run        install what is missing, build, make the demo, serve it
# make test       install what is missing, build, run every test
# make help       the other targets

BUILD ?= build
ifeq ($(origin CC),default)
CC = gcc
endif

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wvla \
	-Wimplicit-fallthrough -Wstrict-prototypes -Wmissing-prototypes
HARDEN = -fstack-protector-strong -fstack-clash-protection -fPIE \
	-fno-strict-aliasing
OPT ?= -O2 -g -D_FORTIFY_SOURCE=2
CPPFLAGS = -Isrc -I. -I$(BUILD)/gen -I$(SQLITE) \
	-isystem /usr/include/postgresql -D_GNU_SOURCE
CFLAGS = -std=c17 $(OPT) $(WARN) $(HARDEN) $(SAN)
LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed $(SAN)
LIBS ?= -lzip -lexpat -lxlsxwriter -ljansson -lz
LDLIBS = -lsodium -lcrypto -lqrencode -lpq $(LIBS) \
	-lpthread -lm

SQLITE = node_modules/better-sqlite3/deps/sqlite3
SQLITE_FLAGS = -O2 -g -fPIE -DSQLITE_THREADSAFE=2 -DSQLITE_DQS=0 \
	-DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_LIKE_DOESNT_MATCH_BLOBS \
	-DSQLITE_MAX_EXPR_DEPTH=0 -DSQLITE_OMIT_DEPRECATED \
	-DSQLITE_OMIT_SHARED_CACHE -DSQLITE_OMIT_LOAD_EXTENSION \
	-DSQLITE_USE_ALLOCA -DSQLITE_DEFAULT_SYNCHRONOUS=2 \
	-DSQLITE_DEFAULT_WAL_SYNCHRONOUS=2 -DSQLITE_ENABLE_DBSTAT_VTAB=0

ALL_C = $(sort $(wildcard src/*/*.c src/*/*/*.c))
TEST_C = $(filter %_test.c,$(ALL_C)) $(sort $(wildcard test/*_test.c))
FUZZ_C = $(filter %_fuzz.c,$(ALL_C))
MAIN_C = src/app/main.c
# What the tests stand on is part of no program.
GIVEN_C = $(filter-out %_test.c,$(filter src/host/given/%,$(ALL_C)))
LIB_C = $(filter-out %_test.c %_fuzz.c $(GIVEN_C) $(MAIN_C),$(ALL_C))
VIEWS = $(sort $(wildcard src/*/views/*.html src/*/*/views/*.html))

object = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
LIB_O = $(call object,$(LIB_C)) $(GEN_O) $(SQLITE_O)
# For programs that talk to the real one and are no part of it.
BASE_O = $(filter-out %/asset.o,$(filter $(BUILD)/obj/src/base/%,$(LIB_O)))

all: $(BUILD)/dajuan

include tool/generated.mk
include tool/lint.mk

$(BUILD)/dajuan: $(call object,$(MAIN_C)) $(LIB_O)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/test: $(call object,$(TEST_C) $(GIVEN_C) test/test.c test/engine.c) \
		$(filter-out %/gen/features.o,$(LIB_O)) $(TEST_GEN_O)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/obj/%.o: %.c | $(GENERATED_H)
	@mkdir -p $(@D)
	@echo '  CC  $<'; $(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c | $(GENERATED_H)
	@mkdir -p $(@D)
	@echo '  CC  $<'; $(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/sqlite3.o: $(SQLITE)/sqlite3.c
	@mkdir -p $(@D)
	@echo '  CC  $<'; $(CC) $(SQLITE_FLAGS) $(filter -fsanitize=address,$(SAN)) -c -o $@ $<

# ---- for people -----------------------------------------------------------
PORT ?= 8080
DATA ?= data

run:
	@tool/setup run
	@$(MAKE) --no-print-directory all
	@[ -e $(DATA)/dajuan.db ] || $(BUILD)/dajuan demo $(DATA)
	@exec $(BUILD)/dajuan serve --data $(DATA) --listen 127.0.0.1:$(PORT) \
		--link

test:
	@tool/setup test
	@$(MAKE) --no-print-directory check

# Every test, without installing anything first.
check: all runner-test unit test-views lint-rules first-feature shell-test \
		cases-test
	@$(MAKE) --no-print-directory unit-postgres sqlcheck plans
	@$(MAKE) --no-print-directory removal-test
	@$(MAKE) --no-print-directory crash CRASHES=20
	@$(MAKE) --no-print-directory faults FAULT_STEP=4
	@$(MAKE) --no-print-directory http-test
	@$(MAKE) --no-print-directory browser-test
	@$(MAKE) --no-print-directory replay

# The tutorials of docs/, followed to the letter.
first-feature: all $(BUILD)/test
	@test/first_feature/run $(BUILD)

unit: $(BUILD)/test
	$(BUILD)/test $(ONLY)

# The same on PostgreSQL: each test has a database of its own.
unit-postgres: $(BUILD)/test
	@test/postgres/cluster $(BUILD)/test $(ONLY)

# The same random operations on both engines: all that is kept is the same.
OPERATIONS ?= 10000
differential: $(BUILD)/test
	@DAJUAN_OPERATIONS=$(OPERATIONS) test/postgres/cluster $(BUILD)/test \
		both_engines_answer

# The engine goes away under a house that serves, and comes back.
outage: all
	@DAJUAN_FSYNC=on test/postgres/cluster test/postgres/outage $(BUILD)

# All unit tests under AddressSanitizer and UndefinedBehaviorSanitizer.
san:
	@$(MAKE) --no-print-directory BUILD=build-san OPT="-O1 -g" \
		SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined" \
		unit

# ---- fuzzing --------------------------------------------------------------
# make fuzz SECONDS=60 looks for new inputs; replay runs the saved ones.
SECONDS ?= 60
FUZZERS = $(patsubst src/%_fuzz.c,%,$(FUZZ_C))
FUZZ_O = $(filter-out %/main.o,$(patsubst $(BUILD)/%,build-fuzz/%,$(LIB_O)))

fuzzers:
	@$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang OPT="-O1 -g" \
		SAN="-fsanitize=fuzzer-no-link,address,undefined" \
		$(patsubst %,build-fuzz/fuzz/%,$(FUZZERS))

build-fuzz/fuzz/%: $(BUILD)/obj/src/%_fuzz.o $(LIB_O)
	@mkdir -p $(@D)
	@echo '  LD  $@'; clang -fsanitize=fuzzer,address,undefined -o $@ $^ \
		$(LDLIBS)

fuzz: fuzzers
	@for f in $(FUZZERS); do \
		build-fuzz/fuzz/$$f -max_total_time=$(SECONDS) -print_final_stats=0 \
		src/$$(dirname $$f)/corpus/$$(basename $$f) || exit 1; done

replay: fuzzers
	@for f in $(FUZZERS); do \
		build-fuzz/fuzz/$$f -runs=0 \
		src/$$(dirname $$f)/corpus/$$(basename $$f) 2>/dev/null && \
		echo "$$f: saved inputs pass" || exit 1; done

help:
	@sed -n 's/^# make/make/p' Makefile
	@echo "make unit       the unit tests alone (ONLY=name for some);"
	@echo "                with TMPDIR=/dev/shm they wait for no disk"
	@echo "make unit-postgres  the same on PostgreSQL"
	@echo "make outage     PostgreSQL stops and comes back while we serve"
	@echo "make differential  random operations on both, OPERATIONS=10000"
	@echo "make lint       format, tidy, layers, banned calls, sizes, SQL"
	@echo "make san        the unit tests under ASan and UBSan"
	@echo "make fuzz       every parser, SECONDS=60 each"
	@echo "make sqlcheck   every table and statement on PostgreSQL, too"
	@echo "make plans      how SQLite finds rows; PLANS=all shows every plan"
	@echo "make faults     every statement, write and sync fails, in turn"
	@echo "make proxy-test nginx and Caddy as docs/proxy.md has them"
	@echo "make jobs       clicks, fields and pages of the jobs people come for"
	@echo "make bench      ratios to references measured in the same run"

clean:
	rm -rf $(BUILD) build-*

-include $(wildcard test/*/*.mk)

-include $(wildcard $(BUILD)/obj/*/*/*.d $(BUILD)/obj/*/*/*/*.d \
	$(BUILD)/obj/*/*.d)

.PHONY: all run test check first-feature unit unit-postgres differential outage san fuzzers fuzz replay help clean
.DELETE_ON_ERROR:
