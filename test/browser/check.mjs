// SPDX-License-Identifier: MulanPSL-2.0
// Counts what held and what did not, and says the latter.

export const count = { passed: 0, failed: 0 };
const said = new Map();
const SAME_SHOWN = 3;

/* Failures with the same `kind` are shown a few times, then only counted. */
export function check(held, words, kind = words) {
  if (held) {
    count.passed++;
    return true;
  }
  count.failed++;
  const times = (said.get(kind) || 0) + 1;
  said.set(kind, times);
  if (times <= SAME_SHOWN) console.log(`  FAILED ${words}`);
  return false;
}

export function summary() {
  for (const [kind, times] of said)
    if (times > SAME_SHOWN) console.log(`  ${times} times: ${kind}`);
  console.log(`${count.passed} passed, ${count.failed} failed`);
  return count.failed ? 1 : 0;
}

/* A step of a journey: an exception is one failure, not the end of all. */
export async function step(name, run) {
  try {
    await run();
  } catch (error) {
    check(false, `${name}: ${String(error.message || error).slice(0, 600)}`);
  }
}
