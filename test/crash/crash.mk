# SPDX-License-Identifier: MulanPSL-2.0
# make crash: the server is killed while it writes; nothing answered is lost.

CRASHES ?= 200
SITE_O = $(call object,test/http/site.c)

$(BUILD)/crash: $(call object,test/crash/crash.c) $(SITE_O) $(BASE_O)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# First the check itself: told of a row that was never sent, it must fail.
crash: $(BUILD)/crash $(BUILD)/dajuan
	@! $(BUILD)/crash --kills 2 --lose $(BUILD)/dajuan demo/divisions.csv \
	   > $(BUILD)/crash.lose 2>&1 && grep -q 'and lost' $(BUILD)/crash.lose
	$(BUILD)/crash --kills $(CRASHES) $(BUILD)/dajuan demo/divisions.csv

-include $(wildcard $(BUILD)/obj/test/http/*.d $(BUILD)/obj/test/crash/*.d)

.PHONY: crash
