# SPDX-License-Identifier: MulanPSL-2.0
# make browser-test: journeys and every main page in a real browser.
# ONLY=pages runs a part, SHOTS=folder keeps pictures, CHROMIUM= the browser.

browser-test: $(BUILD)/dajuan $(NPM)
	node test/browser/run.mjs $(BUILD)/dajuan $(ONLY)

# make jobs: the sixteen jobs of docs/jobs.md alone, counted and printed.
jobs: $(BUILD)/dajuan $(NPM)
	@node test/browser/run.mjs $(BUILD)/dajuan jobs

.PHONY: browser-test jobs
