// SPDX-License-Identifier: MulanPSL-2.0
// Every main page in both languages and all dresses: accessible by axe, no
// wider than a small telephone, light, and quiet on the console.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { check, step } from './check.mjs';
import { PASSWORD, SAVE, setUp, watchedPage } from './site.mjs';

const axe = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const KB = 1000;
const LIMITS = { public: 14 * KB, staff: 25 * KB, asset: 8 * KB, requests: 4 };

const publicPages = [
  '/', '/sheets', '/sheets/2024', '/sheets/2024/1/projects.count',
  '/figures', '/figures/projects.count', '/figures/cases.ten_best',
  '/projects', '/projects?day=2024-11-07', '/projects/fields/green',
  '/projects/project', '/projects/project/1',
  '/service/claim', '/service/claim/print', '/children/activity', '/journal', '/accessibility',
  '/look', '/search?q=社区', '/law', '/complaints', '/words',
  '/signin', '/nothing',
];

const staffPages = [
  '/', '/me', '/accounts', '/accounts/1', '/policies', '/settings',
  '/projects/project',
  '/projects/project/1', '/projects/project/new', '/projects/project/1/edit',
  '/projects/months/2024-10', '/projects/order/11/slip',
  '/registry/organisation', '/import/new', '/import/1', '/import/batch/1',
  '/sheets', '/sheets/new', '/sheets/2024/edit', '/sheets/2024/draft',
];

const auditorPages = ['/', '/audit', '/audit?kind=slowed'];

const dresses = [
  { name: 'normal' },
  { name: 'size 30', cookies: { size: '30' } },
  { name: 'dark', cookies: { skin: 'dark' } },
  { name: 'contrast', cookies: { skin: 'contrast' } },
];

async function findViolations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => (await window.axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag22aa'],
  })).violations);
}

async function runAxe(page, where) {
  const violations = await findViolations(page);
  for (const v of violations) {
    const node = v.nodes[0];
    const why = (node.any[0] || node.all[0] || node.none[0] || {}).message;
    check(false, `${where}: ${v.id} (${v.nodes.length}) ${node.html
      .slice(0, 160)} ${why || ''}`, `axe ${v.id} ${node.target}`);
  }
  check(violations.length === 0, `${where}: axe`, 'axe');
}

/* How many pixels the page is wider than the window, and what sticks out. */
function measure(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const wide = [...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1 &&
        !e.closest('.wide'))
      .map((e) => `${e.tagName.toLowerCase()}.${e.className}`);
    return { over: root.scrollWidth - root.clientWidth,
      who: wide.slice(0, 3).join(' ') };
  });
}

async function checkWidth(page, where, width) {
  await page.setViewportSize({ width, height: 740 });
  const { over, who } = await measure(page);
  check(over <= 0, `${where} at ${width}: ${over} px too wide: ${who}`,
    `too wide: ${where}`);
}

/* A page with faults of every kind, each of which must be found. */
async function checkTheChecks(browser) {
  const page = await browser.newPage({ viewport: { width: 320, height: 600 } });
  const errors = [];
  page.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
  await page.setContent('<html><head><title>x</title><meta ' +
    'http-equiv="Content-Security-Policy" content="script-src \'none\'">' +
    '</head><body><img src="data:,"><input><p style="color:#ccc;' +
    'background:#fff;width:400px">pale</p><script>1</script></body></html>');
  const found = (await findViolations(page)).map((v) => v.id);
  for (const id of ['html-has-lang', 'image-alt', 'label', 'color-contrast'])
    check(found.includes(id), `axe does not find ${id}`);
  check((await measure(page)).over > 0, 'a wide page is not found');
  check(errors.some((e) => /Content Security Policy/.test(e)),
    'a violated policy is not found');
  await page.close();
}

/* The bytes as they would go over the wire, and how many requests. */
async function checkWeight(page, url, path, staff) {
  page.requests.length = 0;
  await page.goto(url + path);
  await page.waitForLoadState('load');
  const asked = page.requests.filter((r) => !/favicon/.test(r.url()));
  check(asked.length <= LIMITS.requests,
    `${path}: ${asked.length} requests: ${asked.map((r) => r.url())}`);
  for (const request of asked) {
    const answer = await request.response();
    const type = (answer.headers()['content-type'] || '').split(';')[0];
    /* Assets are compressed once, when the program is built. */
    const level = type === 'text/html' ? 4 : 9;
    const size = gzipSync(await answer.body(), { level }).length;
    const limit = type === 'text/html'
      ? (staff ? LIMITS.staff : LIMITS.public) : LIMITS.asset;
    check(size <= limit,
      `${path}${staff ? ' (staff)' : ''}: ${size} bytes of ${type}`,
      `weight of ${type} ${path}`);
  }
}

async function shoot(page, path, lang, staff) {
  if (!process.env.SHOTS) return;
  mkdirSync(process.env.SHOTS, { recursive: true });
  const name = (staff ? 'staff' : 'public') + (path === '/' ? '-home'
    : path.replace(/\W+/g, '-'));
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.screenshot({ fullPage: true,
      path: join(process.env.SHOTS, `${name}-${lang}-${width}.png`) });
  }
}

async function lookAt(page, site, path, how) {
  const where = `${path} ${how.lang} ${how.dress.name}${
    how.staff ? ' staff' : ''}`;
  const plain = how.dress.name === 'normal';
  const narrow = how.dress.name === 'size 30' || how.dress.name === 'contrast';

  await page.setViewportSize({ width: narrow ? 390 : 1280, height: 900 });
  await page.goto(site.url + path);
  check(await page.getAttribute('html', 'lang') ===
    (how.lang === 'zh' ? 'zh-CN' : 'en'), `${where}: another language`);
  /* The preview of a sheet is a whole article and brings its own. */
  check(await page.locator('h1:not(#preview ~ article h1)').count() === 1,
    `${where}: not one h1`);
  await runAxe(page, where);
  if (plain || narrow) {
    await checkWidth(page, where, 320);
    await checkWidth(page, where, 360);
  }
  if (plain) await shoot(page, path, how.lang, how.staff);
}

/* A form with everything wrong, which no address shows. */
async function lookAtErrors(page, site, how) {
  const where = `a refused form ${how.lang} ${how.dress.name}`;
  await page.goto(`${site.url}/projects/project/new`);
  await page.click(SAVE);
  /* The browser moves the focus with its next picture, not with the page. */
  const focused = await page.locator('.errors:focus')
    .waitFor({ timeout: 5000 }).then(() => true, () => false);
  check(focused, `${where}: the errors have no focus`);
  await runAxe(page, where);
  await checkWidth(page, where, 320);
}

async function dressed(browser, site, how, state) {
  const cookies = { lang: how.lang, ...how.dress.cookies };
  const context = await browser.newContext({ storageState: state,
    locale: how.lang === 'zh' ? 'zh-CN' : 'en-GB' });
  await context.addCookies(Object.entries(cookies).map(([name, value]) =>
    ({ name, value, url: site.url })));
  const page = await watchedPage(context, `${how.lang} ${how.dress.name}`);
  const paths = how.paths || (how.staff ? staffPages : publicPages);
  for (const path of paths)
    await step(`${path} ${how.lang} ${how.dress.name}`,
      () => lookAt(page, site, path, how));
  if (paths === staffPages)
    await step('a refused form', () => lookAtErrors(page, site, how));
  if (how.dress.name === 'normal' && how.lang === 'zh')
    for (const path of paths)
      await step(`weight of ${path}`,
        () => checkWeight(page, site.url, path, how.staff));
  await context.close();
}

/* Somebody signed in, with an import that waits and one that was done. */
async function prepare(browser, site) {
  const context = await browser.newContext();
  const page = await watchedPage(context, 'prepare');
  const cells = (name) => '名称\t类别\t怪列\n' +
    `${name}\t单位\t1\n学习室\t没有\t2\n`;

  await setUp(page, site.link, 'liuhui');
  for (const name of ['学习所', '学习站']) {
    await page.goto(`${site.url}/import/new`);
    await page.fill('#cells', cells(name));
    await page.click(SAVE);
  }
  await page.click('form[action$="/apply"] button');
  const state = await context.storageState();
  await context.close();
  return state;
}

/* An account of the shell, with whatever was noted until then to look at. */
async function prepareAuditor(browser, site) {
  const made = spawnSync(site.program, ['user', 'add', '--data', site.data,
    '--role', 'auditor', '--name', '周静', 'zhoujing'], { encoding: 'utf8' });
  const context = await browser.newContext();
  const page = await watchedPage(context, 'prepare the auditor');

  check(made.status === 0, `an auditor: ${made.stderr}`);
  await page.goto(site.url + made.stdout.trim());
  await page.fill('#password', PASSWORD);
  await page.click('main form .button:not([type=button])');
  const state = await context.storageState();
  await context.close();
  return state;
}

export async function pages(browser, site) {
  await step('the checks', () => checkTheChecks(browser));
  const state = await prepare(browser, site);
  const auditor = await prepareAuditor(browser, site);
  for (const lang of ['zh', 'en'])
    for (const dress of dresses) {
      await Promise.all([
        dressed(browser, site, { lang, dress, staff: false }, undefined),
        dressed(browser, site, { lang, dress, staff: true }, state),
        dressed(browser, site,
          { lang, dress, staff: true, paths: auditorPages }, auditor),
      ]);
    }
  check(site.verify() === 0, 'verify fails after the pages');
}
