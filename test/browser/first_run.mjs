// SPDX-License-Identifier: MulanPSL-2.0
// A new house on a telephone, without JavaScript: from the one-time link to
// the numbers of the office's own workbook, then its lists on that screen.

import { resolve } from 'node:path';

import { check, step } from './check.mjs';
import { SAVE, setUp, watchedPage } from './site.mjs';

const PHONE = { width: 390, height: 844 };
const MENU_MOST = 130; /* px, with the band of a demo it is two rows */
const LIST_MOST = 6300; /* px, of 50 rows and an open filter */

const pathOf = (page) => new URL(page.url()).pathname;

async function sayWhoseItIs(page, site) {
  await setUp(page, site.link, 'liuhui');
  check(pathOf(page) === '/settings', `set-up ends at ${page.url()}`);
  await page.fill('#office', '浦东新区区委办公室');
  await page.fill('#phone', '不知道');
  await page.click(SAVE);
  check(await page.locator('.errors a[href="#phone"]').count() === 1,
    'a telephone of words is taken');
  check(await page.inputValue('#office') === '浦东新区区委办公室',
    'the office is not kept in a refused form');
  await page.fill('#phone', '021-5888 0000');
  await page.click(SAVE);
  check(pathOf(page) === '/', `the settings lead to ${page.url()}`);
  check((await page.textContent('.bar .brand')).includes('浦东新区答卷'),
    'the site is called otherwise');
  check(await page.locator('.foot a[href="tel:02158880000"]').count() === 1,
    'no telephone at the foot');
}

/* How many of the three steps are done. */
async function stepsDone(page, site) {
  await page.goto(site.url);
  check(await page.locator('ol.today > li').count() === 3, 'not three steps');
  check(await page.locator('main a.told').count() === 0,
    'a new house shows numbers');
  return page.locator('ol.today .tag').count();
}

async function followLinks(page, site) {
  await page.goto(site.url);
  const links = await page.locator('main a, nav a, .foot a[href^="/"]')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  check(links.length > 10, `home has ${links.length} links`);
  for (const link of new Set(links)) {
    const answer = await page.goto(site.url + link);
    check(answer.status() === 200, `home links to ${link}: ${answer.status()}`);
  }
}

async function importFile(page, site, nth, file) {
  await page.goto(site.url);
  await page.locator('ol.today a').nth(nth).click();
  await page.setInputFiles('#file', resolve(file));
  await page.click(SAVE);
  const apply = page.locator('form[action$="/apply"] button');
  for (let i = 0; i < 40 && await apply.count() === 0; i++)
    await page.waitForTimeout(250).then(() => page.goto(page.url()));
  await apply.click();
}

async function takeSteps(page, site) {
  check(await stepsDone(page, site) === 1, 'the settings are not done');
  await importFile(page, site, 1, 'demo/divisions.csv');
  check(await stepsDone(page, site) === 2, 'the places are not there');
  await importFile(page, site, 2, 'demo/ledgers.xlsx');
  await page.goto(site.url);
  check(await page.locator('ol.today').count() === 0 ||
    await page.locator('text=先做这三步').count() === 0,
  'a house at work still says what to do first');
  check(await page.locator('main a.told').count() >= 8,
    'few numbers after the import');
}

async function foldLists(page, site) {
  await page.goto(`${site.url}/service/claim?year=2024`);
  const nav = await page.locator('nav.nav').boundingBox();
  check(nav.height <= MENU_MOST, `the menu takes ${nav.height} px`);
  const height = await page.evaluate(() =>
    document.documentElement.scrollHeight);
  check(height <= LIST_MOST, `50 rows take ${height} px`);
  const box = await page.locator('.quick a').first().boundingBox();
  check(box.y < PHONE.height, `the export stands at ${box.y} px`);
  const row = page.locator('tbody tr').first();
  check(await row.locator('td:visible').count() === 2,
    'a folded row shows not two values');
  check(!await row.locator('dl').isVisible(), 'a row is not folded');
  await row.locator('summary').click();
  check(await row.locator('dl').isVisible(), 'a row does not unfold');
}

async function printList(page, site) {
  await page.goto(`${site.url}/service/claim?year=2024`);
  const all = Number((await page.textContent('caption')).match(/共 (\d+)/)[1]);
  await page.click('.quick a:has-text("打印")');
  const rows = await page.locator('tbody tr').count();
  check(all > 50 && rows === all, `paper has ${rows} rows of ${all}`);
  await page.emulateMedia({ media: 'print' });
  check(await page.locator('thead').isVisible(), 'paper shows cards');
  await page.emulateMedia({ media: null });
}

async function searchAll(page, site) {
  await page.goto(site.url);
  await page.click('nav a[href="/search"]');
  await page.fill('#words', '石老人');
  await page.locator('#words').press('Enter');
  await page.waitForURL(/search\?q=/);
  check(await page.locator('ul.found').count() > 1,
    'one name is not found in several ledgers');
  await page.locator('ul.found a').first().click();
  check((await page.textContent('h1')).includes('石老人'),
    'what was found is something else');
}

export async function firstRun(browser, site) {
  const context = await browser.newContext({
    javaScriptEnabled: false, locale: 'zh-CN', viewport: PHONE,
    reducedMotion: 'reduce', /* a moving picture takes no clicks */
  });
  const page = await watchedPage(context, 'first run');
  const go = (name, run) => step(name, () => run(page, site));

  await go('say whose house it is', sayWhoseItIs);
  await go('follow the links of an empty house', followLinks);
  await go('take the first steps', takeSteps);
  await go('fold lists', foldLists);
  await go('print a list', printList);
  await go('search all', searchAll);
  await context.close();
  check(site.verify() === 0, 'verify fails after the first run');
}
