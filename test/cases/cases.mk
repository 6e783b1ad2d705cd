# SPDX-License-Identifier: MulanPSL-2.0
# make cases-test: the inputs of ../shared/cases, each with its right result.

cases-test: $(BUILD)/dajuan
	@test/cases/run $(BUILD)/dajuan ../shared

.PHONY: cases-test
