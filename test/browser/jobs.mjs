// SPDX-License-Identifier: MulanPSL-2.0
// The sixteen jobs that people come for, each from the home page to its end
// on a telephone without JavaScript: clicks, fields and pages are counted and
// compared with docs/jobs.md, which is the one place where the numbers stand.
//
// A click is a press on a link, button or fold, and the choice of a file; a
// field counts once however much is typed or chosen; a page counts when it
// loads, the home page too.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { check, step } from './check.mjs';
import { EMPTY, PASSWORD, SAVE, setUp, startSite, watchedPage } from './site.mjs';

const TABLE = 'docs/jobs.md';
const PHONE = { width: 390, height: 844 };
const UNIT = '区总工会';

/* ---- somebody who counts what they do ---- */

class Person {
  constructor(page, site) {
    this.page = page;
    this.site = site;
    page.on('load', () => { this.pages++; });
  }

  async home() {
    Object.assign(this, { clicks: 0, typed: 0, pages: 0 });
    await this.page.goto(this.site.url);
  }

  find(what) {
    return typeof what === 'string' ? this.page.locator(what) : what;
  }

  /* A press after which another page stands there. */
  async go(what) {
    this.clicks++;
    await Promise.all([this.page.waitForEvent('load'),
      this.find(what).click()]);
  }

  async type(field, words) {
    this.typed++;
    await this.page.fill(field, words);
  }

  async choose(field, option) {
    this.typed++;
    await this.page.selectOption(field, option);
  }

  async give(field, file) {
    this.clicks++;
    await this.page.setInputFiles(field, file);
  }

  async download(what) {
    this.clicks++;
    const [file] = await Promise.all([this.page.waitForEvent('download'),
      this.find(what).click()]);
    return readFileSync(await file.path(), 'utf8');
  }

  /* Looking is not counted: neither as a page nor as a click. */
  async look(path) {
    const { pages } = this;
    await this.page.goto(this.site.url + path);
    const words = await this.page.textContent('main');
    this.pages = pages;
    return words;
  }
}

const path = (who) => new URL(who.page.url()).pathname;

/* Where everybody begins who knows a name: the search on the home page. */
async function findRow(who, words, title = words) {
  await who.type('#words', words);
  await who.go('main form.find button');
  await who.go(who.page.locator(`ul.found a:has-text("${title}")`).first());
}

async function change(who, words, field, to) {
  await findRow(who, words);
  await who.go(`.facts a[href$="#${field}"]`);
  await who.type(`#${field}`, to);
  await who.go(SAVE);
  const history = await who.page.textContent('.history li');
  check(history.includes(to), `${field} of ${words} is not ${to}: ${history}`);
}

/* From the menu to the form of a new row. */
async function openNew(who, feature, noun) {
  await who.go(`nav.nav a[href^="/${feature}"]`);
  await who.go(`main a[href^="/${feature}/${noun}/new"]`);
}

async function saveNew(who, feature, noun, title) {
  await who.go(SAVE);
  check(new RegExp(`^/${feature}/${noun}/\\d+$`).test(path(who)),
    `a new row leads to ${path(who)}`);
  check((await who.page.textContent('h1')).includes(title),
    `the new row is not called ${title}`);
}

const number = (text) => Number(text.replace(/[^\d.]/g, ''));

async function figure(who, key) {
  await who.look(`/figures/${key}`);
  return number((await who.page.textContent('h1')).split(/[：:]/).pop());
}

/* ---- the jobs that can be done ---- */

async function claimNeed(who) {
  await who.home();
  await openNew(who, 'service', 'claim');
  await who.type('#name', '楼道清理');
  await who.type('#community', '刘家下庄社区');
  await who.choose('#field', { index: 1 });
  check(await who.page.inputValue('#unit') === UNIT,
    'the unit of an editor is not there by itself');
  await who.type('#claimed_on', '2024-07-01');
  await saveNew(who, 'service', 'claim', '楼道清理');
}

async function recordVisit(who) {
  await who.home();
  await findRow(who, UNIT, '反诈宣传');
  await who.go('.facts a[href$="#visits"]');
  await who.type('#visits', '7');
  await who.type('#minutes', '16小时24分');
  await who.go(SAVE);
  check((await who.page.textContent('.facts')).includes('984'),
    'the hours of a visit are not there');
}

async function finishMilestone(who) {
  await who.home();
  await who.go('main a[href*="/projects/milestone?"][href*="can=report"]');
  await who.go('main tbody a[href$="/do/report"]');
  await who.type('#note', '验收单已签');
  await who.go('main form[action$="/do/report"] .buttons button');
  check((await who.page.textContent('main')).includes('待验收'),
    'a milestone that was reported does not wait to be accepted');
}

async function acceptMilestone(who) {
  await who.home();
  await who.go('main a[href*="/projects/milestone?"][href*="can=accept"]');
  await who.go('main tbody form[action$="/do/accept"] button');
  check((await who.page.textContent('main')).includes('已验收'),
    'a milestone that was accepted does not say so');
}

async function closeBlocker(who) {
  await who.home();
  await findRow(who, '王哥庄片区重点项目落地');
  await who.go('main a[href*="/projects/blocker/"][href$="/do/solved"]');
  await who.type('#answer', '许可已发');
  await who.go('main form[action$="/do/solved"] .buttons button');
  check((await who.page.textContent('main')).includes('已解决'),
    'a blocker that was solved does not say so');
}

async function importWorkbook(who) {
  await who.home();
  await who.go(who.page.locator('main a:has-text("工作簿")').last());
  await who.give('#file', resolve('demo/ledgers.xlsx'));
  await who.go('main form[action^="/import/new"] .buttons button');
  const { pages } = who;
  const apply = who.page.locator('form[action*="/apply"] button').first();
  for (let i = 0; i < 40 && await apply.count() === 0; i++)
    await who.page.waitForTimeout(250).then(() => who.page.reload());
  who.pages = pages; /* waiting for the check is not counted */
  await who.go(apply);
  check(await figure(who, 'projects.count') === 55,
    'the workbook has not 55 projects');
}

async function correctCell(who) {
  await who.home();
  await change(who, '金家岭产业园招引攻坚', 'task_force', '8');
}

async function publishSheet(who) {
  await who.look('/sheets/2024');
  const before = await who.page.textContent('.version');
  await who.home();
  await who.go('main .actions a[href^="/sheets/"]');
  await who.go('aside a[href*="/draft"]');
  await who.go('main a[href$="/publish"]');
  await who.type('#reason', '年终定稿');
  await who.go('form[action*="/publish"] button');
  const after = await who.page.textContent('.version');
  check(after.includes('已发布') && after !== before, 'nothing was published');
}

async function checkNumber(who) {
  await who.home();
  const link = who.page.locator('main a.told').first();
  const shown = number(await link.textContent());
  await who.go(link);
  const file = await who.download('main a[href*="/rows.csv"]');
  const rows = file.trim().split('\n').length - 2; /* header and total */
  check(rows === shown, `${shown} shown, ${rows} rows in the file`);
}

async function writeNotice(who) {
  const before = await figure(who, 'notices.count');
  await who.home();
  await openNew(who, 'notices', 'notice');
  await who.type('#title', '文明就餐');
  await who.type('#body', '剩菜打包，不浪费。');
  await who.type('#starts_on', '2024-11-07');
  await saveNew(who, 'notices', 'notice', '文明就餐');
  check(await figure(who, 'notices.count') === before + 1,
    'a notice does not count');
}

async function writeCard(who) {
  await who.home();
  await openNew(who, 'tributes', 'tribute');
  await who.choose('#form', 'card');
  await who.type('#class', '四年级二班');
  await who.type('#signed', '小雨');
  await who.type('#message', '老师，节日快乐！');
  await saveNew(who, 'tributes', 'tribute', '四年级二班');
}

/* ---- and those that cannot: what happens to who tries ---- */

async function noOffer(who, address, words) {
  await who.look(address);
  const offers = await who.page.locator('main a, main button')
    .allTextContents();
  const found = offers.filter((offer) => words.test(offer));
  check(found.length === 0, `${address} offers ${found}`);
}

const noSignUp = (who) => noOffer(who, '/children/activity/1', /报名/);
const noCheckIn = (who) => noOffer(who, '/children/activity/1', /签到|到场/);
const noGuardian = (who) => noOffer(who, '/children', /监护|孩子|儿童报名/);

async function noNeed(who) {
  await who.look('/service/claim/new');
  await who.page.fill('#name', '独居老人陪诊');
  await who.page.fill('#community', '刘家下庄社区');
  await who.page.selectOption('#field', { index: 1 });
  await who.page.fill('#unit', '');
  await who.page.click(SAVE);
  check(await who.page.locator('.errors a[href="#unit"]').count() === 1,
    'a need can be posted without somebody who claims it');
}

async function noJudge(who) {
  await who.look('/accounts');
  const roles = await who.page.textContent('main form[action^="/accounts"]');
  check(!roles.includes('评委'), 'an account can be a judge’s');
}

/* What is missing is in docs/jobs.md; `run` of a job that cannot be done
 * tries it, and fails as soon as it can be. */
const jobs = [
  { job: 'a', by: 'visitor', run: noSignUp, not: true },
  { job: 'b', by: 'visitor', run: noCheckIn, not: true },
  { job: 'c', by: 'editor', run: noNeed, not: true },
  { job: 'd', by: 'editor', run: claimNeed },
  { job: 'e', by: 'editor', run: recordVisit },
  { job: 'g', by: 'editor', run: closeBlocker },
  { job: 'f', by: 'editor', run: finishMilestone },
  { job: 'p', by: 'officer', run: acceptMilestone },
  { job: 'h', by: 'first', run: importWorkbook },
  { job: 'i', by: 'officer', run: correctCell },
  { job: 'j', by: 'officer', run: noJudge, not: true },
  { job: 'l', by: 'visitor', run: checkNumber },
  { job: 'm', by: 'officer', run: writeNotice },
  { job: 'n', by: 'officer', run: writeCard },
  { job: 'k', by: 'officer', run: publishSheet },
  { job: 'o', by: 'visitor', run: noGuardian, not: true },
];

/* ---- the table ---- */

/* Its lines: letter, job, possible, clicks, typed, pages, first, missing. */
function readTable() {
  const lines = readFileSync(TABLE, 'utf8').split('\n')
    .filter((line) => /^\| [a-p] \|/.test(line))
    .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  check(lines.length === jobs.length, `${TABLE} has ${lines.length} jobs`);
  return new Map(lines.map((cells) => [cells[0], cells]));
}

const kinds = ['clicks', 'typed', 'pages'];

/* The line that belongs in the table, as measured. */
function lineOf(job, who, cells) {
  const counts = kinds.map((kind) => job.not ? '–' : String(who[kind]));
  return [...cells.slice(0, 2), job.not ? 'not yet' : cells[2], ...counts,
    ...cells.slice(6)];
}

function compare(line, cells) {
  const name = `job ${cells[0]} (${cells[1]})`;
  check(line[2] === cells[2], `${name}: ${TABLE} says "${cells[2]}"`);
  kinds.forEach((kind, i) => {
    const [now, was] = [line[3 + i], cells[3 + i]];
    check(now === was, `${name} takes ${now} ${kind}, ${TABLE} says ${was}: ` +
      (Number(now) > Number(was)
        ? 'it became longer; make it shorter, or say there why it must be'
        : 'write the new number there'));
  });
}

/* ---- who does them ---- */

async function phone(browser, site, name) {
  const context = await browser.newContext({
    javaScriptEnabled: false, locale: 'zh-CN', viewport: PHONE,
    reducedMotion: 'reduce', acceptDownloads: true,
  });
  return new Person(await watchedPage(context, name), site);
}

async function newEditor(browser, site) {
  const who = await phone(browser, site, 'editor');
  const made = spawnSync(site.program, ['user', 'add', '--data', site.data,
    '--role', 'editor', '--org', UNIT, '--name', '王芳', 'wangfang'],
  { encoding: 'utf8' });
  await who.page.goto(site.url + made.stdout.match(/\/link\/\S+/)[0]);
  await who.page.fill('#password', PASSWORD);
  await who.page.click('main form .button:not([type=button])');
  return who;
}

async function newOfficer(browser, site, name) {
  const who = await phone(browser, site, name);
  await setUp(who.page, site.link, 'liuhui');
  return who;
}

/* A house that has its divisions and waits for its workbook. */
async function startNew(program) {
  const site = await startSite(program, EMPTY);
  spawnSync(program,
    ['import', '--data', site.data, resolve('demo/divisions.csv')]);
  return site;
}

export async function jobsDone(browser, site) {
  const fresh = await startNew(site.program);
  const table = readTable();
  const people = {
    visitor: await phone(browser, site, 'visitor'),
    officer: await newOfficer(browser, site, 'officer'),
    editor: await newEditor(browser, site),
    first: await newOfficer(browser, fresh, 'first officer'),
  };

  const lines = new Map();
  for (const job of jobs)
    await step(`job ${job.job}`, async () => {
      const cells = table.get(job.job);
      await job.run(people[job.by]);
      lines.set(job.job, lineOf(job, people[job.by], cells));
      compare(lines.get(job.job), cells);
    });
  for (const letter of table.keys())
    if (lines.has(letter)) console.log(`| ${lines.get(letter).join(' | ')} |`);
  for (const who of Object.values(people)) await who.page.context().close();
  check(site.verify() === 0, 'verify fails after the jobs');
  await fresh.stop();
}
