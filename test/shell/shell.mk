# SPDX-License-Identifier: MulanPSL-2.0
# make shell-test: every command once, with what it refuses.

shell-test: $(BUILD)/dajuan
	@test/shell/run $(BUILD)/dajuan

.PHONY: shell-test
