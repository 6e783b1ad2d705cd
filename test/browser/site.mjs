// SPDX-License-Identifier: MulanPSL-2.0
// The program with a demo folder of its own, and a browser to look at it.

import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

import { check } from './check.mjs';

/* The button that saves a form, and not the one that keeps it as a draft. */
export const SAVE =
  'main form[method=post] .buttons button:not([formaction])';

export const PASSWORD = 'correct horse battery';

function lines(stream, n) {
  return new Promise((good, bad) => {
    const got = [];
    const reader = createInterface({ input: stream });
    reader.on('line', (line) => {
      got.push(line);
      if (got.length === n) good(got);
    });
    reader.on('close', () => bad(new Error(`it said only: ${got}`)));
  });
}

export const DEMO = ['demo'];
export const EMPTY = ['init', '--name', '浦东新区', '--district', '310115',
  '--origin', 'pudong.example/dajuan'];

export async function startSite(program, how = DEMO) {
  const place = mkdtempSync(join(tmpdir(), 'dajuan-browser-'));
  const data = join(place, 'data');
  const made = spawnSync(program, [...how, data], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`${how[0]}: ${made.stderr}`);
  const child = spawn(program,
    ['serve', '--data', data, '--listen', '127.0.0.1:0', '--link'],
    { stdio: ['ignore', 'pipe', 'ignore'] });
  const [first, second] = await lines(child.stdout, 2);
  return {
    place, data, program,
    url: first.replace(/\/$/, ''),
    link: second.match(/http\S+\/link\/\S+/)[0],
    verify: () => spawnSync(program, ['verify', data]).status,
    async stop() {
      const end = new Promise((good) => child.on('exit', good));
      child.kill('SIGTERM');
      check(await end === 0, 'the server did not end well');
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/* CHROMIUM, or what is called so in the PATH. */
function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  for (const name of names)
    for (const folder of (process.env.PATH || '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch { /* the next one */ }
    }
  throw new Error('no chromium; set CHROMIUM=');
}

export function startBrowser() {
  return chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update',
      '--disable-sync'],
  });
}

/* Chromium says this of every page that is answered with 4xx. */
const REFUSED = /Failed to load resource: the server responded with a status/;

/* The browser says this when a view transition is cut short by the next. */
const CUT_SHORT = /^Transition was (aborted|skipped)/;

/* A page whose errors, policy violations and requests are watched. */
export async function watchedPage(context, name) {
  const page = await context.newPage();
  page.requests = [];
  page.setDefaultTimeout(15000);
  page.on('dialog', (dialog) => dialog.accept());
  page.on('pageerror', (error) =>
    check(CUT_SHORT.test(error.message),
      `${name} ${page.url()}: ${error.message}`, error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const from = message.location().url;
    if (REFUSED.test(message.text()) && !/\/assets\//.test(from)) return;
    check(false, `${name} ${page.url()}: ${message.text()}`, message.text());
  });
  page.on('request', (request) => page.requests.push(request));
  page.on('requestfailed', (request) => {
    const why = request.failure().errorText;
    if (why !== 'net::ERR_ABORTED')
      check(false, `${name}: ${request.url()}: ${why}`);
  });
  return page;
}

/* Through the one-time link: a name, a password, signed in. */
export async function setUp(page, link, login) {
  await page.goto(link);
  await page.fill('#name', '刘慧');
  await page.fill('#login', login);
  await page.fill('#password', PASSWORD);
  await page.click('main form .button:not([type=button])');
}
