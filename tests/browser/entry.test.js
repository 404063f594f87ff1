// The page at the root of a site whose languages all have folders: whom it leads where, and whom it leaves alone.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { promisify } from 'node:util';

import { launch, open } from './chromium.js';
import { serve } from './public.js';

const SITE = `base_url = "https://example.org"
title = "同文"
default_language = "zh-Hant-HK"
[languages.zh-Hant-HK]
label = "繁體"
path = "hant"
[languages.zh-Hans-CN]
label = "简体"
path = "hans"
derive = { from = "zh-Hant-HK", using = "hk2s" }
[languages.en]
label = "English"
path = "en"
`;
const PAGES = {
  'index.md': '首頁', 'index.en.md': 'Home', 'about.md': '關於', 'about.en.md': 'About',
};

// What the browser asks for, in order of preference, and the folder it is led to; '' is the chooser itself.
const ROWS = [
  ['zh-TW', 'hant/'], ['zh-HK', 'hant/'], ['zh-MO', 'hant/'], ['zh-Hant', 'hant/'], ['zh-Hant-CN', 'hant/'],
  ['zh-Hant-HK', 'hant/'], ['yue-HK', 'hant/'],
  ['zh', 'hans/'], ['zh-CN', 'hans/'], ['zh-SG', 'hans/'], ['zh-Hans', 'hans/'], ['zh-Hans-HK', 'hans/'],
  ['en', 'en/'], ['en-GB', 'en/'], ['ja', ''], ['ja,zh-TW,en', 'hant/'], ['fr,en,zh-CN', 'en/'],
];

let browser;
let folder;
let site;

before(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(os.tmpdir(), 'tongwen-entry-'));
  await mkdir(path.join(folder, 'content'));
  await writeFile(path.join(folder, 'site.toml'), SITE);
  for (const [name, title] of Object.entries(PAGES)) {
    await writeFile(path.join(folder, 'content', name), `---\ntitle: ${title}\n---\n`);
  }
  await promisify(execFile)(process.env.TONGWEN, ['--root', folder, '--quiet', 'build']);
  site = await serve(path.join(folder, 'public'));
});

after(async () => {
  await browser?.close();
  await site?.stop();
  await rm(folder, { recursive: true, force: true });
});

// A reader whose browser asks for these languages.
async function reader(languages, options = {}) {
  const wanted = languages.split(',');
  const opened = await open(browser, { locale: wanted[0], ...options });
  if (options.javaScriptEnabled !== false) {
    await opened.context.addInitScript((list) => {
      Object.defineProperty(Navigator.prototype, 'languages', { get: () => list });
    }, wanted);
  }
  return opened;
}

// Where the page is once it stays.
async function settled(page) {
  await page.waitForLoadState('networkidle');
  return page.url().slice(site.url.length);
}

// A new tab of the same reader, at the address of the site, ends there.
async function leads(context, to) {
  const again = await context.newPage();
  await again.goto(site.url);
  await again.waitForURL(site.url + to);
}

for (const [languages, folder] of ROWS) {
  test(`${languages} is led to /${folder}`, async () => {
    const { context, page, faults } = await reader(languages);
    await page.goto(site.url);
    if (folder) await page.waitForURL(site.url + folder);
    assert.equal(await settled(page), folder);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('without a script it is a page of links, one for each edition', async () => {
  const { context, page, faults } = await reader('zh-TW', { javaScriptEnabled: false });
  await page.goto(site.url);
  assert.equal(await settled(page), '');
  const links = await page.locator('main a').all();
  const found = await Promise.all(links.map(async (link) => [await link.getAttribute('lang'), await link.innerText()]));
  assert.deepEqual(found, [['zh-Hant-HK', '繁體'], ['zh-Hans-CN', '简体'], ['en', 'English']]);
  await page.click('main a[lang=zh-Hans-CN]');
  assert.equal(await settled(page), 'hans/');
  assert.deepEqual(faults, []);
  await context.close();
});

test('who comes from inside the site wants to choose, and what is chosen is kept', async () => {
  const { context, page } = await reader('zh-TW');
  await page.goto(`${site.url}hant/about/`);
  await page.evaluate((url) => { const link = document.createElement('a'); link.href = url; document.body.append(link); link.click(); }, site.url);
  await page.waitForURL(site.url);
  assert.equal(await settled(page), '');
  await page.click('main a[lang=en]');
  await page.waitForURL(`${site.url}en/`);
  await leads(context, 'en/');
  await context.close();
});

test('the switch on a page is a choice too', async () => {
  const { context, page } = await reader('zh-TW');
  await page.goto(`${site.url}hant/about/`);
  await page.locator('header a[hreflang=zh-Hans-CN]').first().click();
  await page.waitForURL(`${site.url}hans/about/`);
  await leads(context, 'hans/');
  await context.close();
});

test('a deep link is nobody’s to change', async () => {
  const { context, page } = await reader('zh-TW');
  for (const deep of ['hans/about/', 'en/', 'hans/']) {
    await page.goto(site.url + deep);
    assert.equal(await settled(page), deep);
  }
  await context.close();
});

// On a Traditional page: which edition a reader is offered, if any.
for (const [languages, offered] of [
  ['zh-TW', []], ['zh-Hant-CN', []], ['yue-HK', []], ['ja', []],
  ['zh', ['zh-Hans-CN']], ['zh-SG', ['zh-Hans-CN']], ['zh-Hans-HK', ['zh-Hans-CN']], ['en-GB', ['en']],
]) {
  test(`${languages} on a Traditional page is offered ${offered[0] ?? 'nothing'}`, async () => {
    const { context, page } = await reader(languages);
    await page.goto(`${site.url}hant/about/`);
    assert.equal(await settled(page), 'hant/about/');
    const links = await page.locator('.offer a').all();
    assert.deepEqual(await Promise.all(links.map((link) => link.getAttribute('lang'))), offered);
    await context.close();
  });
}

test('Back leads out again', async () => {
  const { context, page } = await reader('zh-TW');
  await page.goto('data:text/html,before');
  await page.goto(site.url);
  await page.waitForURL(`${site.url}hant/`);
  await page.goBack();
  assert.match(page.url(), /^data:/);
  await page.goForward();
  assert.equal(await settled(page), 'hant/');
  await context.close();
});

test('where nothing can be kept, the browser’s language leads on', async () => {
  const { context, page } = await reader('zh-CN');
  await context.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });
  });
  await page.goto(site.url);
  await page.waitForURL(`${site.url}hans/`);
  await context.close();
});
