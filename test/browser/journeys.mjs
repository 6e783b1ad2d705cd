// SPDX-License-Identifier: MulanPSL-2.0
// What people come for, from the first page to the last, with JavaScript
// and without: every journey must work both ways.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { check, step } from './check.mjs';
import { SAVE, setUp, watchedPage } from './site.mjs';

/* By mouse with JavaScript, by keyboard without; another page follows. */
async function press(page, what) {
  const target = typeof what === 'string' ? page.locator(what) : what;
  if (!page.byKeyboard) return target.click();
  const loaded = page.waitForEvent('load');
  await target.focus();
  await page.keyboard.press('Enter');
  return loaded;
}

async function unfold(page, what) {
  const target = page.locator(what);
  if (!page.byKeyboard) return target.click();
  await target.focus();
  return page.keyboard.press('Enter');
}

const number = (text) => Number(text.replace(/[^\d.]/g, ''));

/* The rows of all pages of a list. */
async function countRows(page) {
  let rows = 0;
  for (let n = 1; n < 50; n++) {
    rows += await page.locator('main tbody tr').count();
    const next = page.locator('main a[rel=next]');
    if (await next.count() === 0) break;
    await press(page, next.first());
  }
  return rows;
}

async function readSheet(page, site) {
  await page.goto(site.url);
  await press(page, 'main .actions a.button');
  const figures = page.locator('article a.figure');
  check(await figures.count() > 10, 'the sheet has few figures');
  for (const key of ['projects.count', 'projects.count.green',
    'reading.events']) {
    await page.goto(`${site.url}/sheets/2024`);
    const link = page.locator(`article a.figure[href$="/${key}"]`).first();
    const shown = number(await link.textContent());
    await press(page, link);
    const rows = await countRows(page);
    check(rows === shown, `${key}: ${shown} in the sheet, ${rows} rows`);
  }
}

async function readFigure(page, site) {
  await page.goto(site.url);
  const link = page.locator('main a.told').first();
  const shown = number(await link.textContent());
  await press(page, link);
  const rows = await countRows(page);
  check(rows === shown, `${page.url()}: ${shown} shown, ${rows} rows`);
}

async function signUp(page, site) {
  await page.goto(site.link);
  await page.fill('#name', '刘慧');
  await page.fill('#login', 'liuhui');
  await page.fill('#password', 'short');
  await press(page, 'main form .button:not([type=button])');
  check(await page.locator('.errors').count() === 1,
    'a short password is not refused');
  check(await page.inputValue('#login') === 'liuhui',
    'the name is not kept when the password is refused');
  await setUp(page, site.link, 'liuhui');
  check(new URL(page.url()).pathname === '/', 'set-up does not end at home');
  check(await page.locator('header a[href="/me"]').count() > 0,
    'nobody is signed in after the set-up');
  await page.goto(site.link);
  check(await page.locator('main form input#login').count() === 0,
    'the link opens twice');
}

const project = {
  name: '测试项目 𠮷', lead_org: '区法院党组织', secretary: '王书记',
  unit: '区法院', starts_on: '2024-03-01', due_on: '2024-02-01',
};

const keep = 'main form[method=post] .buttons button[formaction]';

const told = (page) => page.locator('main [role=status]');

/* Half of a form is kept, found again and sent; then it is no draft. */
async function keepDraft(page, site) {
  await page.goto(`${site.url}/projects/project/new`);
  await page.fill('#name', '写了一半');
  await page.fill('#due_on', '明年');
  await press(page, keep);
  check((await told(page).textContent()).includes('草稿已存'),
    'a kept draft does not say so');
  await page.goto(site.url);
  await press(page, 'a[href="/me#drafts"]');
  await press(page, 'table a:has-text("写了一半")');
  check(await page.inputValue('#due_on') === '明年',
    'a draft does not hold what cannot be read');
  for (const [name, value] of Object.entries(project))
    await page.fill(`#${name}`, value);
  await page.fill('#name', '写完的草稿');
  await page.fill('#due_on', '2024-06-01');
  await page.selectOption('#field', 'green');
  await press(page, SAVE);
  check((await told(page).textContent()).includes('已保存。'),
    'a saved row does not say so');
  await page.reload();
  check(await told(page).count() === 0, 'what was saved is told twice');
  await page.goto(`${site.url}/me`);
  check(await page.locator('#drafts').count() === 0,
    'a draft that was sent is still there');
}

async function createAndEdit(page, site) {
  await page.goto(`${site.url}/projects/project/new`);
  for (const [name, value] of Object.entries(project))
    await page.fill(`#${name}`, value);
  await page.selectOption('#field', 'green');
  await press(page, SAVE);
  check(await page.locator('.errors a').count() > 0,
    'an end before the start is taken');
  for (const [name, value] of Object.entries(project))
    check(await page.inputValue(`#${name}`) === value,
      `${name} is not kept in a refused form`);
  check(await page.inputValue('#field') === 'green',
    'the choice is not kept in a refused form');
  await page.fill('#due_on', '2024-05-01');
  await press(page, SAVE);
  check(/\/projects\/project\/\d+$/.test(page.url()),
    `saving leads to ${page.url()}`);
  check((await page.textContent('h1')).includes('测试项目 𠮷'),
    'the new row has another name');
  const row = page.url();
  await press(page, 'main .head .actions a.button');
  await page.fill('#name', '测试项目，改过');
  await press(page, SAVE);
  check(page.url() === row, 'an edit does not lead back to the row');
  check((await page.textContent('.history')).includes('测试项目，改过'),
    'the edit is not in the history');
  return row;
}

async function sendReason(page, path, words) {
  await press(page, `main a[href$="/${path}"]`);
  const form = page.locator(`form[action$="/${path}"]`);
  await form.locator('#reason').fill(words);
  await press(page, form.locator('button'));
}

async function voidAndRestore(page, site, row) {
  const figure = `${site.url}/figures/projects.count`;
  const value = async () => {
    await page.goto(figure);
    return number((await page.textContent('h1')).split(/[：:]/).pop());
  };
  const before = await value();
  await page.goto(row);
  await sendReason(page, 'void', '录错了');
  check((await page.textContent('main')).includes('已作废'),
    'a voided row does not say so');
  check(await value() === before - 1, 'a voided row still counts');
  await page.goto(row);
  await sendReason(page, 'restore', '没有录错');
  check(await value() === before, 'a restored row does not count');
}

const events = '内容,类型,承办单位,日期,参加人次\n' +
  '测试沙龙一,读书沙龙,区法院,2024-06-01,12\n' +
  '测试沙龙二,读书沙龙,区法院,2024-06-02,8\n' +
  '测试沙龙三,读书沙龙,区法院,2024-02-30,8\n';

async function importRows(page, site) {
  const file = join(site.place, '读书活动.csv');
  writeFileSync(file, events);
  await page.goto(`${site.url}/import/new`);
  await page.setInputFiles('#file', file);
  await press(page, SAVE);
  const apply = page.locator('form[action$="/apply"] button');
  for (let i = 0; i < 20 && await apply.count() === 0; i++)
    await page.waitForTimeout(250).then(() => page.goto(page.url()));
  const words = await page.textContent('main');
  check(/\/import\/\d+$/.test(page.url()), `a file leads to ${page.url()}`);
  check(words.includes('2024-02-30'), 'the wrong row is not shown');
  check((await apply.textContent()).includes('2'),
    'not two rows are offered for import');
  await press(page, apply);
  check((await page.textContent('main')).includes('2'),
    'the batch does not say two rows');
  const found = async () => {
    await page.goto(`${site.url}/reading/event?q=${
      encodeURIComponent('测试沙龙')}`);
    return page.locator('main tbody tr').count();
  };
  const batch = page.url();
  check(await found() === 2, 'the imported rows are not in the list');
  await page.goto(batch.includes('/batch/') ? batch
    : await page.goto(batch).then(() =>
      page.getAttribute('main a[href^="/import/batch/"]', 'href'))
      .then((path) => site.url + path));
  await press(page, 'main a[href$="/undo"]');
  check((await page.textContent('main')).includes('2'),
    'the page does not say how many rows go');
  await page.fill('#reason', '传错了文件');
  await press(page, 'form[action$="/undo"] button');
  check(await found() === 0, 'undone rows are still in the list');
  await page.goto(`${batch}/back`);
  await page.fill('#reason', '没有传错');
  await press(page, 'form[action$="/back"] button');
  check(await found() === 2, 'rows brought back are not in the list');
  await page.goto(`${batch}/undo`);
  await page.fill('#reason', '还是传错了');
  await press(page, 'form[action$="/undo"] button');
  check(await found() === 0, 'rows undone again are still in the list');
}

async function switchLanguage(page, site) {
  await page.goto(`${site.url}/projects/project`);
  await press(page, 'header a[hreflang=en]');
  check(new URL(page.url()).pathname === '/projects/project',
    'the language switch leaves the page');
  check(await page.getAttribute('html', 'lang') === 'en',
    'the page is not in English');
  await page.goto(`${site.url}/figures`);
  check(await page.getAttribute('html', 'lang') === 'en',
    'the language is not remembered');
  const chrome = await page.locator('header, nav, footer').allTextContents();
  const chinese = chrome.join(' ').replace('中文', '')
    .match(/[\u4e00-\u9fff]+/g);
  check(!chinese, `Chinese in the English frame: ${chinese}`);
  await press(page, 'header a[hreflang^=zh]');
  check(/^zh/.test(await page.getAttribute('html', 'lang')),
    'there is no way back to Chinese');
}

async function largeLetters(page, site) {
  const size = () => page.evaluate(() =>
    parseFloat(getComputedStyle(document.querySelector('main p, main td'))
      .fontSize));
  await page.goto(`${site.url}/sheets/2024`);
  const before = await size();
  await press(page, 'header .tools a:has-text("长辈版")');
  check(await size() >= 18 && await size() > before,
    `长辈版: letters of ${await size()} px, ${before} before`);
  await page.goto(`${site.url}/figures`);
  check(await page.evaluate(() =>
    parseFloat(getComputedStyle(document.body).fontSize)) >= 18,
  '长辈版 is not remembered');
  await page.goto(`${site.url}/?size=16`);
}

async function searchOne(page, site) {
  await page.goto(`${site.url}/projects/project`);
  const title = (await page.locator('main tbody tr a').first()
    .textContent()).trim();
  const letter = [...title][2];
  const all = await countRows(page);
  await page.goto(`${site.url}/projects/project`);
  if (!await page.locator('#f-q').isVisible())
    await unfold(page, 'details.filter summary');
  await page.fill('#f-q', letter);
  await page.locator('#f-q').press('Enter');
  await page.waitForURL(/q=/);
  const titles = await page.locator('main tbody').textContent();
  const rows = await countRows(page);
  check(titles.includes(title), `a search for ${letter} misses ${title}`);
  check(rows > 0 && rows < all, `a search for ${letter}: ${rows} of ${all}`);
}

async function printSheet(page, site) {
  await page.goto(`${site.url}/sheets/2024`);
  const pdf = await page.pdf({ format: 'A4' });
  check(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 20000,
    `the PDF has ${pdf.length} bytes`);
  await page.emulateMedia({ media: 'print' });
  for (const part of ['header.bar', 'nav.nav'])
    check(!await page.locator(part).isVisible(), `${part} is printed`);
  check(await page.locator('article').isVisible(), 'no article is printed');
  await page.emulateMedia({ media: null });
}

async function signOut(page, site) {
  await page.goto(`${site.url}/me`);
  await press(page, 'form[action="/signout"] button');
  const answer = await page.goto(`${site.url}/me`);
  check(answer.status() === 401 || /signin/.test(page.url()),
    'still signed in after signing out');
}

export async function journeys(browser, site, javaScriptEnabled) {
  const mode = javaScriptEnabled ? 'with JavaScript' : 'without';
  const context = await browser.newContext({
    javaScriptEnabled, locale: 'zh-CN',
    viewport: javaScriptEnabled ? { width: 1280, height: 900 }
      : { width: 390, height: 844 },
  });
  const page = await watchedPage(context, mode);
  page.byKeyboard = !javaScriptEnabled;
  let row = '';
  const go = (name, run) => step(`${name} ${mode}`, () => run(page, site));

  await go('read the sheet', readSheet);
  await go('read a figure', readFigure);
  await go('search', searchOne);
  await go('language', switchLanguage);
  await go('large letters', largeLetters);
  await go('print', printSheet);
  await go('sign up', signUp);
  await go('keep a draft', () => keepDraft(page, site));
  await go('create and edit', async () => {
    row = await createAndEdit(page, site);
  });
  /* A project of the file: what a form begins is no more than a proposal. */
  if (row) {
    await go('void and restore', () =>
      voidAndRestore(page, site, `${site.url}/projects/project/3`));
  }
  await go('import', importRows);
  await go('sign out', signOut);
  await context.close();
  check(site.verify() === 0, `verify fails after the journeys ${mode}`);
}
