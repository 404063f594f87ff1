// Search across scripts: typed in either, found in both.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { launch, open } from './chromium.js';
import { BASE, BELOW, serve } from './public.js';

let browser;
let server;
let below;

before(async () => {
  browser = await launch();
  server = await serve();
  below = await serve(BELOW, BASE);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await below?.stop();
});

async function searching(url) {
  const tab = await open(browser);
  await tab.page.goto(url);
  return { ...tab, type: (words) => type(tab.page, words) };
}

// What a search for these words shows, once it is there.
async function type(page, words) {
  await page.locator('dialog input').fill(words);
  await page.waitForFunction(() => document.querySelector('dialog [role=status]').textContent);
  return page.$$eval('dialog ol > li', (all) => all.map((li) => ({
    url: li.querySelector('a').href,
    marks: [...li.querySelectorAll('mark')].map((mark) => mark.textContent),
  })));
}

const ROWS = [
  // typed in one script, typed in the other, and what is marked in the Traditional and the Simplified page
  { typed: ['後', '后'], marked: { '': ['後', '后'], 'hans/': ['后'] } },
  { typed: ['時間', '时间'], marked: { '': ['時間'], 'hans/': ['时间'] } },
  { typed: ['廣州', '广州'], marked: { '': ['廣州'], 'hans/': ['广州'] } },
];

for (const { typed, marked } of ROWS) {
  for (const [edition, allowed] of Object.entries(marked)) {
    test(`/${edition}: ${typed.join(' and ')} find the same, highlighted`, async () => {
      const { context, page, faults, type } = await searching(server.url + edition);
      await page.locator('[data-search]').click();
      const [one, other] = [await type(typed[0]), await type(typed[1])];
      assert.ok(one.length > 0, 'found');
      assert.deepEqual(other, one);
      for (const { url, marks } of one) {
        assert.ok(url.startsWith(server.url + edition), url);
        assert.ok(marks.length > 0, `${url}: nothing marked`);
        for (const mark of marks) assert.ok(allowed.includes(mark), `${url}: ${mark}`);
      }
      assert.ok(one.some(({ marks }) => marks.includes(allowed[0])), allowed[0]);
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}

test('part of a word finds it, Latin in any case, and what is nowhere is said to be', async () => {
  const { context, page, type } = await searching(`${server.url}hans/`);
  await page.locator('[data-search]').click();
  assert.deepEqual(await type('apec'), await type('APEC'));
  assert.ok((await type('ape')).length >= (await type('apec')).length);
  assert.deepEqual(await type('沒有這幾個字在任何一頁'), []);
  assert.match(await page.locator('dialog [role=status]').textContent(), /找不到/);
  await context.close();
});

test('what is typed before the index has come is found when it has', async () => {
  const { context, page, faults } = await searching(`${server.url}hans/`);
  let arrive;
  const late = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/search.json', async (route) => {
    await late;
    await route.continue();
  });
  await page.locator('[data-search]').click();
  await page.keyboard.type('時間');
  arrive();
  await page.locator('dialog mark').first().waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('the index is loaded on first use, once', async () => {
  const { context, page, requests, type } = await searching(server.url);
  const data = () => requests.map((url) => new URL(url).pathname).filter((path) => path.endsWith('.json'));
  assert.deepEqual(data(), []);
  await page.locator('[data-search]').click();
  await type('後');
  await page.locator('dialog button').click();
  await page.locator('[data-search]').click();
  await type('香港');
  assert.deepEqual(data().sort(), ['/search-fold.json', '/search.json']);
  await context.close();
});

test('by keyboard alone: open, type, walk, follow, close', async () => {
  const { context, page } = await searching(server.url);
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
  await page.locator('[data-search]').focus();
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'q');
  await page.keyboard.type('时间');
  await page.locator('dialog mark').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(), 'A');
  const [href, first] = await page.evaluate(() => [document.activeElement.href, document.querySelector('dialog ol a').href]);
  assert.equal(href, first);
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(), 'q', 'up from the first leads back');
  // Escape empties a search field that holds something, in Chromium, and closes the dialog next.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog').evaluate((box) => box.open), false);
  assert.equal(await page.evaluate(() => document.activeElement.hasAttribute('data-search')), true, 'focus returns');
  await page.keyboard.press('Enter');
  await page.locator('dialog input').fill('');
  await page.keyboard.type('时间');
  await page.locator('dialog mark').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(href);
  await context.close();
});

test('below a base path', async () => {
  const { context, page, faults, type } = await searching(`${below.url}hans/timeline/`);
  await page.locator('[data-search]').click();
  const found = await type('後');
  assert.ok(found.length > 0);
  for (const { url } of found) {
    assert.ok(url.startsWith(`${below.url}hans/`), url);
    assert.equal((await page.request.get(url)).status(), 200, url);
  }
  assert.deepEqual(faults, []);
  await context.close();
});
