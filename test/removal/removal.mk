# SPDX-License-Identifier: MulanPSL-2.0
# make removal-test: every feature's folder is taken out, one at a time.
# GONE=name takes out that one alone.

CRAWL_C = test/removal/crawl.c test/http/site.c

$(BUILD)/crawl: $(call object,$(CRAWL_C)) $(BASE_O)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

removal-test: all $(BUILD)/test $(BUILD)/crawl
	@test/removal/run $(BUILD) $(GONE)

-include $(wildcard $(BUILD)/obj/test/removal/*.d)

.PHONY: removal-test
