// `tongwen serve` with a real browser on it: what an editor sees after each save.
//
// Works on a copy of the repository's own site in a temporary folder. Everything awaited is awaited by
// what the page shows; that a tab did not reload is known by a mark on its window, looked for only after
// the change has been seen somewhere else.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test, { after, afterEach, before } from 'node:test';

import { launch } from './chromium.js';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');
const PARTS = ['site.toml', 'glossary.toml', 'content', 'templates', 'static'];

let browser;
let root;
let server;

before(async () => {
  browser = await launch();
  root = await mkdtemp(path.join(os.tmpdir(), 'tongwen-serve-'));
  for (const part of PARTS) await cp(path.join(REPOSITORY, part), path.join(root, part), { recursive: true });
  server = await start(0);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await rm(root, { recursive: true, force: true });
});

// A test that fails leaves no fault behind for the next.
const undone = [];
afterEach(async () => {
  while (undone.length) await undone.pop()();
});

// Starts the server and waits until it says where it is.
async function start(port) {
  const child = spawn(process.env.TONGWEN, ['serve', '--root', root, '--port', String(port), '--lang', 'en', '--color', 'never'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  let said = '';
  const url = await new Promise((found, fail) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said += text;
        const at = said.match(/http:\/\/\S+/);
        if (at) found(at[0]);
      });
    }
    ended.then(() => fail(new Error(`serve ended: ${said}`)));
  });
  return { url, port: new URL(url).port, stop: async () => { child.kill('SIGINT'); await ended; } };
}

// A tab, visible as its own window, with a mark that a reload takes away.
async function tab(address) {
  const context = await browser.newContext({ locale: 'zh-HK', viewport: { width: 1000, height: 700 } });
  const page = await context.newPage();
  await page.goto(server.url + address);
  await mark(page);
  return page;
}

const mark = (page) => page.evaluate(() => { window.marked = true; });
const marked = (page) => page.evaluate(() => window.marked === true);
const close = (...pages) => Promise.all(pages.map((page) => page.context().close()));
const shows = (page, words) => page.waitForFunction((words) => document.querySelector('main')?.textContent.includes(words), words);
const report = (page) => page.evaluate(() => document.querySelector('#tongwen-report')?.shadowRoot.querySelector('pre').textContent ?? null);
const reported = (page, words) => page.waitForFunction(
  (words) => document.querySelector('#tongwen-report')?.shadowRoot.querySelector('pre').textContent.includes(words), words);
const mended = (page) => page.waitForFunction(() => !document.querySelector('#tongwen-report'));

// Saves as editors do: beside, then in its place. `undo` puts the file back as it was.
async function edit(file, change) {
  const at = path.join(root, file);
  const old = await readFile(at, 'utf8');
  const put = async (text) => {
    await writeFile(`${at}~`, text);
    await rename(`${at}~`, at);
  };
  const text = change(old);
  assert.notEqual(text, old, `${file}: nothing to change`);
  await put(text);
  const undo = () => put(old);
  undone.push(undo);
  return { undo };
}

const append = (words) => (text) => `${text}\n${words}\n`;

test('a tab reloads when its own page changed and not when another did', async () => {
  const faq = await tab('faq/');
  const numbers = await tab('numbers/');
  const first = await edit('content/faq.md', append('只在這一頁的句子'));
  await shows(faq, '只在這一頁的句子');
  assert.equal(await marked(faq), false, 'its own page: reloaded');
  await mark(faq);
  const second = await edit('content/numbers.md', append('另一頁的句子'));
  await shows(numbers, '另一頁的句子');
  assert.equal(await marked(faq), true, 'another page: left alone');
  await first.undo();
  await faq.waitForFunction(() => !document.querySelector('main').textContent.includes('只在這一頁的句子'));
  await second.undo();
  await close(faq, numbers);
});

test('both scripts, open side by side, change together', async () => {
  const pair = [await tab('faq/'), await tab('hans/faq/')];
  const last = () => document.querySelector('main').lastElementChild.textContent;
  const before = await Promise.all(pair.map((page) => page.evaluate(last)));
  const change = await edit('content/faq.md', append('廣州會議之後'));
  await shows(pair[0], '廣州會議之後');
  await shows(pair[1], '广州会议之后');
  await change.undo();
  // As it was, and not only without the sentence: a file half written has no sentence either, and what comes
  // after would reload the tabs of the next test.
  for (const [at, page] of pair.entries()) await page.waitForFunction((was) => document.querySelector('main').lastElementChild.textContent === was, before[at]);
  await close(...pair);
});

test('a stylesheet is changed in its place', async () => {
  const page = await tab('faq/');
  const change = await edit('static/apec.css', append('h1 { color: rgb(1, 2, 3) }'));
  await page.waitForFunction(() => getComputedStyle(document.querySelector('main h1')).color === 'rgb(1, 2, 3)');
  assert.equal(await marked(page), true, 'not reloaded');
  await change.undo();
  await page.waitForFunction(() => getComputedStyle(document.querySelector('main h1')).color !== 'rgb(1, 2, 3)');
  assert.equal(await marked(page), true);
  await close(page);
});

test('after a reload the reader is where they were, with the same answers open', async () => {
  const page = await tab('faq/');
  await page.evaluate(() => {
    const all = document.querySelectorAll('main details');
    all[1].open = true;
    all[3].open = true;
    scrollTo(0, 600);
  });
  const state = () => page.evaluate(() => [scrollY, ...[...document.querySelectorAll('main details')].map((el) => el.open)]);
  const before = await state();
  assert.equal(before[0], 600);
  const change = await edit('content/faq.md', append('句子在頁尾'));
  await shows(page, '句子在頁尾');
  assert.equal(await marked(page), false);
  await page.waitForFunction(() => scrollY === 600);
  assert.deepEqual(await state(), before);
  await change.undo();
  await close(page);
});

test('faults lie over the last good page, in the words of the terminal, until they are mended', async () => {
  const page = await tab('faq/');
  const title = await page.locator('main h1').textContent();
  const first = await edit('content/faq.md', append('[走失](nowhere-at-all.md)'));
  await reported(page, 'nowhere-at-all.md');
  assert.match(await report(page), /content\/faq\.md:\d+:\d+/);
  assert.match(await report(page), /\[走失\]\(nowhere-at-all\.md\)/, 'the line of the source');
  assert.equal(await page.locator('main h1').textContent(), title, 'the page is still there');
  assert.equal(await marked(page), true);
  await first.undo();
  await mended(page);
  // Several at once, of which one is mended before the other.
  const both = await edit('content/faq.md', append('[一](lost-one.md)\n\n[二](lost-two.md)'));
  await reported(page, 'lost-two.md');
  assert.match(await report(page), /lost-one\.md/);
  assert.equal((await report(page)).match(/content\/faq\.md:\d+:\d+/g).length, 2);
  const one = await edit('content/faq.md', (text) => text.replace('[一](lost-one.md)', '一'));
  await page.waitForFunction(() => !document.querySelector('#tongwen-report').shadowRoot.querySelector('pre').textContent.includes('lost-one.md'));
  assert.match(await report(page), /lost-two\.md/);
  await one.undo();
  await both.undo();
  await mended(page);
  assert.equal(await page.locator('main h1').textContent(), title);
  await close(page);
});

test('a configuration or a template that cannot be read is reported too', async () => {
  const page = await tab('faq/');
  for (const [file, change] of [
    ['site.toml', (text) => `no such key = "x\n${text}`],
    ['templates/faq.html', (text) => `${text}{% if %}`],
  ]) {
    const broken = await edit(file, change);
    await reported(page, file);
    assert.match(await report(page), new RegExp(`${file.replace('.', '\\.')}:\\d+:\\d+`));
    assert.ok(await page.locator('main h1').textContent());
    await broken.undo();
    await mended(page);
  }
  await close(page);
});

test('the side-by-side view follows the edits, where the reader is', async () => {
  const page = await tab('.tongwen/compare/faq/');
  const open = page.locator('.finding');
  assert.equal(await open.count(), 0);
  await page.evaluate(() => scrollTo(0, 500));
  const change = await edit('content/faq.md', append('鍾情於-{軟件; zh-Hans-CN: 软件}-的「會議」'));
  await page.waitForFunction(() => document.querySelector('.finding'));
  await page.waitForFunction(() => scrollY === 500);
  const last = page.locator('.row').last();
  const sides = await last.locator('.side').allTextContents();
  assert.deepEqual(sides, ['鍾情於軟件的「會議」', '钟情于软件的“会议”']);
  assert.deepEqual(await last.locator('.side').first().locator('mark').allTextContents(), ['鍾', '於', '軟件', '「', '會議', '」']);
  assert.match(await open.first().textContent(), /-\{鍾; zh-Hans-CN: .*glossary\.toml.*review\.toml/s, 'the lines to add');
  // Both columns are one list: a row's sides stand at one height, however far it is scrolled.
  await last.scrollIntoViewIfNeeded();
  const tops = await last.locator('.side').evaluateAll((sides) => sides.map((side) => Math.round(side.getBoundingClientRect().top)));
  assert.equal(tops[0], tops[1]);
  // A fault lies over it as over any page.
  const broken = await edit('templates/faq.html', (text) => `${text}{% if %}`);
  await reported(page, 'templates/faq.html');
  await broken.undo();
  await mended(page);
  await change.undo();
  await page.waitForFunction(() => !document.querySelector('.finding'));
  await close(page);
});

test('a site that moves takes its tabs along', async () => {
  const page = await tab('faq/');
  const change = await edit('site.toml', (text) => text.replace(/^base_url = "(https:\/\/[^/"]+)[^"]*"/m, 'base_url = "$1/moved"'));
  await page.waitForURL('**/moved/faq/');
  await shows(page, '');
  await mark(page);
  await change.undo();
  await page.waitForURL(server.url + 'faq/');
  assert.equal(await marked(page), false);
  await close(page);
});

test('a template laid over the theme for the first time, and taken away again', async () => {
  const page = await tab('faq/');
  const at = path.join(root, 'templates/partials/footer.html');
  const there = await readFile(at, 'utf8').catch(() => null);
  assert.equal(there, null, 'the site has none yet');
  await writeFile(at, '<p id="own">這一站自己的頁尾</p>');
  undone.push(() => rm(at, { force: true }));
  await page.waitForFunction(() => document.querySelector('#own'));
  await rm(at);
  await page.waitForFunction(() => !document.querySelector('#own'));
  await close(page);
});

test('a new page appears where a tab was waiting for it, and goes again', async () => {
  const page = await tab('fresh/');
  await writeFile(path.join(root, 'content/fresh.md'), '---\ntitle: 新的一頁\n---\n後來才有的\n');
  await shows(page, '後來才有的');
  await rm(path.join(root, 'content/fresh.md'));
  await page.waitForFunction(() => !document.body.textContent.includes('後來才有的'));
  await close(page);
});

test('a server that was started again is found again', async () => {
  const page = await tab('faq/');
  await server.stop();
  const change = await edit('content/faq.md', append('停機時寫的'));
  server = await start(server.port);
  await shows(page, '停機時寫的');
  await change.undo();
  await close(page);
});
