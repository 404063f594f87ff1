// Finding one's way: by keyboard, between scripts, without JavaScript, from disk.
import assert from 'node:assert/strict';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';

import { launch, open } from './chromium.js';
import { BASE, BELOW, EDITIONS, RELATIVE, serve } from './public.js';

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function visit(address, options) {
  const tab = await open(browser, options);
  await tab.page.goto(server.url + address);
  return tab;
}

const language = (page) => page.evaluate(() => document.documentElement.lang);

for (const address of ['', 'hans/timeline/', 'en/']) {
  test(`/${address}: the skip link is first, is seen, and leads to the text`, async () => {
    const { context, page } = await visit(address);
    await page.keyboard.press('Tab');
    const skip = page.locator('.skip');
    assert.equal(await skip.evaluate((el) => el === document.activeElement), true);
    const box = await skip.boundingBox();
    assert.ok(box.x >= 0 && box.y >= 0 && box.height >= 24, JSON.stringify(box));
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.closest('main') !== null), true);
    await context.close();
  });
}

test('whatever has the focus is seen to have it, and the focus comes to every link and button', async () => {
  const { context, page } = await visit('timeline/');
  const unmarked = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const state = await page.evaluate(() => {
      const el = document.activeElement;
      if (el === document.body || el.dataset.reached) return null;
      el.dataset.reached = 'yes';
      const style = getComputedStyle(el);
      const { width, height } = el.getBoundingClientRect();
      const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && width > 0 && height > 0;
      return { marked, words: el.outerHTML.slice(0, 100) };
    });
    if (!state) break;
    if (!state.marked) unmarked.push(state.words);
  }
  const missed = await page.evaluate(() => [...document.querySelectorAll('a[href], button, summary, input')]
    .filter((el) => el.checkVisibility({ visibilityProperty: true }) && !el.dataset.reached).map((el) => el.outerHTML.slice(0, 100)));
  assert.deepEqual(unmarked, []);
  assert.deepEqual(missed, []);
  await context.close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`the switch keeps the page and the section, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const { context, page, faults } = await visit('shanghai-2001/', { javaScriptEnabled });
    const link = page.locator('.switch a[hreflang=zh-Hans-CN]');
    assert.equal(await link.textContent(), '简体');
    assert.equal(await link.getAttribute('lang'), 'zh-Hans-CN');
    await link.click();
    assert.equal(page.url(), `${server.url}hans/shanghai-2001/`);
    assert.equal(await language(page), 'zh-Hans-CN');
    const back = page.locator('.switch a[hreflang=zh-Hant-HK]');
    assert.equal(await back.textContent(), '繁體');
    await back.click();
    assert.equal(page.url(), `${server.url}shanghai-2001/`);
    assert.equal(await language(page), 'zh-Hant-HK');
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('the switch keeps the #section of the address, and the section being read', async () => {
  const { context, page } = await visit('timeline/#2014-beijing');
  await page.locator('.switch a[hreflang=zh-Hans-CN]').click();
  assert.equal(page.url(), `${server.url}hans/timeline/#2014-beijing`);
  await page.locator('[id="1994-bogor"]').evaluate((el) => scrollTo(0, el.getBoundingClientRect().top + scrollY - 40));
  // By keyboard, from where the reader is: the address is that of the entry on screen.
  await page.locator('.switch a[hreflang=zh-Hant-HK]').evaluate((el) => el.focus({ preventScroll: true }));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url}timeline/#1994-bogor`);
  await page.waitForFunction(() => Math.abs(document.getElementById('1994-bogor').getBoundingClientRect().top) < innerHeight);
  await context.close();
});

test('a choice of script is remembered and offered, and nobody is sent anywhere', async () => {
  const { context, page, faults } = await visit('', { locale: 'zh-HK' });
  assert.equal(await page.locator('.offer').count(), 0, 'a reader of Traditional is offered nothing');
  await page.locator('.switch a[hreflang=zh-Hans-CN]').click();
  assert.equal(await page.locator('.offer').count(), 0, 'nor one who just chose');
  await page.goto(`${server.url}faq/`);
  assert.equal(page.url(), `${server.url}faq/`, 'not redirected');
  const offer = page.locator('.offer a');
  assert.equal(await offer.getAttribute('lang'), 'zh-Hans-CN');
  assert.equal(await offer.textContent(), '简体');
  await offer.click();
  assert.equal(page.url(), `${server.url}hans/faq/`);
  await page.goto(`${server.url}faq/`);
  await page.locator('.offer button').click();
  assert.equal(await page.locator('.offer').count(), 0);
  await page.goto(`${server.url}numbers/`);
  assert.equal(await page.locator('.offer').count(), 0, 'to stay is a choice too');
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a browser set to Simplified is offered it on a Traditional page, and not moved', async () => {
  const { context, page } = await visit('faq/', { locale: 'zh-CN' });
  await page.locator('.offer a[lang=zh-Hans-CN]').waitFor();
  assert.equal(page.url(), `${server.url}faq/`);
  await context.close();
});

test('on paper figures keep all their parts', async () => {
  const { context, page } = await visit('numbers/');
  const parts = () => page.locator('figure rect:visible, figure path:visible, figure line:visible').count();
  const onScreen = await parts();
  await page.emulateMedia({ media: 'print' });
  assert.ok(onScreen > 10);
  assert.equal(await parts(), onScreen);
  await context.close();
});

test('without JavaScript: nothing that does not work is shown', async () => {
  for (const edition of Object.values(EDITIONS)) {
    const { context, page } = await visit(`${edition}timeline/`, { javaScriptEnabled: false });
    assert.equal(await page.locator('button:visible, form:visible, input:visible').count(), 0);
    await context.close();
  }
  const { context, page } = await visit('faq/', { javaScriptEnabled: false });
  const first = page.locator('main details').first();
  assert.equal(await first.locator('p').first().isVisible(), false);
  await first.locator('summary').click();
  assert.equal(await first.locator('p').first().isVisible(), true);
  await context.close();
});

for (const javaScriptEnabled of [true, false]) {
  test(`the address of a question leads to its answer and opens it, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, async () => {
    const { context, page } = await visit('faq/#ftaap', { javaScriptEnabled });
    await page.locator('[id="ftaap"]').waitFor({ state: 'visible' });
    const { top, open } = await page.evaluate(() => ({
      top: document.getElementById('ftaap').getBoundingClientRect().top,
      open: [...document.querySelectorAll('main details[open]')].map((box) => box.querySelector('[id]').id),
    }));
    assert.ok(top >= 0 && top < 720, `${top}`);
    assert.deepEqual(open, ['ftaap'], 'and no other');
    await context.close();
  });
}

// What a reader new to the subject is asked after five minutes: the answer is on the home page, and one link leads to the reason.
const ASKED = [
  ['沒有法律約束力', '.asks li:nth-child(1) a', 'what-is-apec/', '決定靠協商一致'],
  ['2001年上海、2014年北京、2026年深圳', '.asks li:nth-child(2) a', 'timeline/', '公布的會期與目標'],
  ['亞太自貿區和互聯互通網絡', '.asks li:nth-child(4) a', 'one-two-three/', '「兩條路徑」是亞太自貿區和互聯互通網絡'],
  ['截至2026年5月未見通過的來源', '.asks li:nth-child(5) a', 'ai-connectivity/', '未見新藍圖文本獲通過的來源'],
  ['資料截至2026年5月22日', '.nav li:nth-child(5) a', 'sources/', '最晚一頁是2026年5月22日'],
];
test('the five questions are answered on the home page, and one link leads to each reason', async () => {
  const { context, page } = await visit('');
  const words = async () => (await page.locator('body').innerText()).replace(/\s/g, '');
  for (const [answer, link, address, reason] of ASKED) {
    await page.goto(server.url);
    assert.ok((await words()).includes(answer), answer);
    await page.locator(link).click();
    await page.waitForURL(server.url + address);
    assert.ok((await words()).includes(reason), `${address}: ${reason}`);
  }
  await context.close();
});

test('the table of hosts sorts by its headings, by keyboard, and says so', async () => {
  const { context, page, faults } = await visit('hosts/');
  const column = (name) => page.$$eval('.hosttable tbody tr', (rows, key) => rows.map((row) => row.dataset[key]), name);
  const years = await column('year');
  assert.equal(years.length, 39);
  const heading = page.locator('th[data-sort=economy]');
  await heading.locator('button').focus();
  await page.keyboard.press('Enter');
  assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
  const economies = await column('economy');
  assert.equal(new Set(economies).size, economies.filter((name, i) => name !== economies[i - 1]).length, 'the same stand together');
  assert.match(await page.locator('#table-says').textContent(), /經濟體 ↑/);
  await page.keyboard.press('Enter');
  assert.deepEqual([...new Set(await column('economy'))], [...new Set(economies)].reverse());
  // Years without a number of their own come last, whichever way.
  const number = page.locator('th[data-sort=number]');
  for (const first of ['1', '34']) {
    await number.locator('button').click();
    const numbers = await column('number');
    assert.equal(numbers[0], first);
    assert.deepEqual(numbers.slice(-5), ['', '', '', '', '']);
  }
  assert.equal(await page.locator('th[aria-sort]').count(), 1);
  await page.locator('th[data-sort=year] button').click();
  assert.deepEqual(await column('year'), years);
  assert.deepEqual(faults, []);
  await context.close();
});

test('on a phone the long tables are still tables to a screen reader', async () => {
  for (const address of ['hosts/', 'glossary/']) {
    const { context, page } = await visit(address, { viewport: { width: 390, height: 844 } });
    const rows = await page.locator('main table.stack tbody tr').count();
    const session = await context.newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const count = (role) => nodes.filter((node) => !node.ignored && node.role.value === role).length;
    assert.ok(count('row') >= rows, `${count('row')} rows`);
    assert.equal(count('rowheader'), rows);
    assert.ok(count('cell') >= 4 * rows);
    await context.close();
  }
});

test('below a base path every link and file is found', async (t) => {
  const below = await serve(BELOW, BASE);
  t.after(below.stop);
  const { context, page, faults } = await open(browser);
  for (const address of ['', 'hans/timeline/', 'en/', 'glossary/']) {
    await page.goto(below.url + address);
    const links = await page.$$eval('a[href], link[href]:not([rel=canonical], [hreflang])', (all) => all.map((el) => el.href));
    const own = [...new Set(links.map((href) => href.replace(/#.*/, '')))].filter((href) => href.startsWith(new URL(below.url).origin));
    assert.ok(own.length > 10);
    for (const href of own) assert.equal((await page.request.get(href)).status(), 200, href);
  }
  await page.locator('.switch a[hreflang=zh-Hans-CN]').click();
  assert.equal(page.url(), `${below.url}hans/glossary/`);
  assert.deepEqual(faults, []);
  await context.close();
});

test('from disk: looks the same, leads on, switches, searches', async () => {
  const home = pathToFileURL(path.join(RELATIVE, 'index.html')).href;
  const { context, page, faults } = await open(browser);
  await page.goto(home);
  const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
  assert.notEqual(size, '16px', 'the stylesheet is there');
  await page.locator('.nav a').nth(1).click();
  assert.equal(page.url(), new URL('timeline/index.html', home).href);
  await page.locator('.switch a[hreflang=zh-Hans-CN]').click();
  assert.equal(page.url().replace(/#.*/, ''), new URL('hans/timeline/index.html', home).href);
  await page.locator('[data-search]').click();
  await page.keyboard.type('後');
  await page.locator('dialog mark').first().waitFor();
  const link = page.locator('dialog ol a').first();
  const href = await link.evaluate((a) => a.href);
  await link.click();
  await page.waitForURL(href);
  assert.equal(await language(page), 'zh-Hans-CN');
  assert.deepEqual(faults, []);
  await context.close();
});
