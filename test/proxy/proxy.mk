# SPDX-License-Identifier: MulanPSL-2.0
# make proxy-test: the configurations of docs/proxy.md, run.

proxy-test:
	@tool/setup proxy
	@$(MAKE) --no-print-directory all
	@test/proxy/run $(BUILD)/dajuan

.PHONY: proxy-test
