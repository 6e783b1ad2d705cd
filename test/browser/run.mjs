// SPDX-License-Identifier: MulanPSL-2.0
// node test/browser/run.mjs PROGRAM [journeys|first run|jobs|pages]
//
// CHROMIUM=path  the browser, if it is not in the PATH
// SHOTS=folder   keeps pictures of every page

import { summary } from './check.mjs';
import { firstRun } from './first_run.mjs';
import { jobsDone } from './jobs.mjs';
import { journeys } from './journeys.mjs';
import { pages } from './pages.mjs';
import { DEMO, EMPTY, startBrowser, startSite } from './site.mjs';

const [program, only = ''] = process.argv.slice(2);
if (!program) {
  console.error('node test/browser/run.mjs PROGRAM ' +
    '[journeys|first run|jobs|pages]');
  process.exit(2);
}

const parts = [
  ['journeys', (browser, site) => journeys(browser, site, true)],
  ['journeys without JavaScript',
    (browser, site) => journeys(browser, site, false)],
  ['first run', firstRun, EMPTY],
  ['jobs', jobsDone],
  ['pages', pages],
];

const browser = await startBrowser();
try {
  for (const [name, run, how = DEMO] of parts) {
    if (!name.startsWith(only)) continue;
    console.log(name);
    const site = await startSite(program, how);
    try {
      await run(browser, site);
    } finally {
      await site.stop();
    }
  }
} finally {
  await browser.close();
}
process.exitCode = summary();
