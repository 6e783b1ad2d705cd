# SPDX-License-Identifier: MulanPSL-2.0
# make http-test: the real program from outside: who may what, hostile
# input, forms sent twice. PART=permissions runs one part.

HTTP_TEST_O = $(call object,$(wildcard test/http/*.c))

$(BUILD)/http-test: $(HTTP_TEST_O) $(LIB_O)
	@echo '  LD  $@'; $(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

http-test: $(BUILD)/http-test $(BUILD)/dajuan
	$(BUILD)/http-test $(BUILD)/dajuan $(PART)

-include $(wildcard $(BUILD)/obj/test/http/*.d)

.PHONY: http-test
