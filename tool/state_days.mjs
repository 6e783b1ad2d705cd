// SPDX-License-Identifier: MulanPSL-2.0
// Makes the table of host/ledger/state_days.h from the package chinese-days:
//
//     node state_days.mjs node_modules/chinese-days > state_days.c
//
// A year counts when the package names its notice on gov.cn, and the last
// page it names for it, which is the one that amends; other years are left
// out. Anything that is not as expected ends the build.
import { readFileSync } from 'node:fs';

const from = process.argv[2];
const { holidays, workdays } =
  JSON.parse(readFileSync(`${from}/dist/chinese-days.json`, 'utf8'));
const source = readFileSync(`${from}/src/holidays/generate.ts`, 'utf8');

function stop(why) {
  console.error(`state_days: ${from}: ${why}`);
  process.exit(1);
}

// What stands before `.y(2024)` is about 2024.
const notices = new Map();
const parts = source.split(/\.y\((\d{4})\)/);
for (let i = 1; i < parts.length; i += 2) {
  const pages = parts[i - 1].match(/https?:\/\/www\.gov\.cn\/[\w./-]+/g);
  if (pages) notices.set(parts[i], pages.at(-1));
}

const days = Object.entries({ ...holidays, ...workdays })
  .map(([day]) => day)
  .filter((day) => notices.has(day.slice(0, 4)))
  .sort();
for (const day of days) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) stop(`${day} is no day`);
  if (day in holidays && day in workdays) stop(`${day} is both`);
}
for (const year of notices.keys())
  for (const day of [`${year}-01-01`, `${year}-10-01`])
    if (!(day in holidays)) stop(`${day} is not off`);

console.log(`/* Made by tool/state_days.mjs. */
#include "host/ledger/state_days.h"

static const struct day_rule days[] = {
${days.map((d) => `    { ${d.replaceAll('-', '')}, ${d in workdays} },`)
    .join('\n')}
};
const struct workdays state_days = { days, ${days.length} };

const struct state_notice state_notices[] = {
${[...notices].sort().map(([year, page]) =>
    `    { ${year}, S_INIT("${page}") },`).join('\n')}
};
const size_t state_notices_n = ${notices.size};`);
