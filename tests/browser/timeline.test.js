// The timeline: one list of entries, whoever reads it and however.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';

import { launch, open } from './chromium.js';
import { EDITIONS, serve } from './public.js';

const ENTRIES = 14;
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

async function timeline(edition, more = '', options = {}) {
  const tab = await open(browser, options);
  await tab.page.goto(`${server.url}${edition}timeline/${more}`);
  return tab;
}

for (const [language, edition] of Object.entries(EDITIONS)) {
  test(`${language}: in the accessibility tree, one list of ${ENTRIES} entries, each with heading and time`, async () => {
    const { context, page } = await timeline(edition);
    const list = await tree(page, 'ol.tl');
    assert.equal(list.role, 'list');
    const items = list.children.filter(({ role }) => role === 'listitem');
    assert.equal(items.length, ENTRIES);
    assert.equal(list.children.length, ENTRIES, 'and nothing else');
    for (const item of items) {
      const inside = flat(item);
      const headings = inside.filter(({ role }) => role === 'heading');
      assert.equal(headings.length, 1, 'one heading an entry');
      assert.equal(headings[0].level, 2);
      assert.ok(inside.some(({ role }) => role === 'time'), `${headings[0].name}: a time`);
    }
    const times = await page.$$eval('ol.tl > li .when time', (all) => all.map((time) => time.dateTime));
    assert.equal(times.length, ENTRIES);
    assert.deepEqual(times, [...times].sort(), 'in date order');
    for (const time of times) assert.match(time, /^\d{4}(-\d{2}(-\d{2})?)?$/);
    await context.close();
  });
}

test('the filter hides entries, keeps all of them in the page, and is kept by the address', async () => {
  const { context, page, faults } = await timeline('');
  const shown = () => page.$$eval('ol.tl > li', (all) => all.filter((li) => !li.hidden).map((li) => li.dataset.role));
  assert.equal((await shown()).length, ENTRIES);
  await page.locator('.filter button[value=host_year]').click();
  const roles = await shown();
  assert.ok(roles.length > 0 && roles.length < ENTRIES);
  assert.equal(new Set(roles).size, 1);
  assert.equal(await page.locator('ol.tl > li').count(), ENTRIES);
  const url = new URL(page.url());
  assert.equal(url.searchParams.get('role'), roles[0]);
  assert.match(await page.locator('.filter [role=status]').textContent(), new RegExp(`\\b${roles.length}\\b`));
  await page.reload();
  assert.deepEqual(await shown(), roles, 'after a reload');
  assert.equal(await page.locator('.filter [aria-pressed=true]').getAttribute('value'), roles[0]);
  await page.goBack();
  assert.equal((await shown()).length, ENTRIES, 'back');
  await page.goForward();
  assert.deepEqual(await shown(), roles, 'forward');
  // Without scripts the same address shows everything.
  const plain = await timeline('', url.search, { javaScriptEnabled: false });
  assert.equal(await plain.page.locator('ol.tl > li:visible').count(), ENTRIES);
  assert.equal(await plain.page.locator('.filter').isVisible(), false);
  assert.deepEqual([...faults, ...plain.faults], []);
  await plain.context.close();
  await context.close();
});

test('every entry has a permalink that leads to it, also past the filter', async () => {
  const { context, page } = await timeline('hans/', '?role=host_year');
  const links = await page.$$eval('ol.tl > li', (all) => all.map((li) => [li.id, li.querySelector('.perma').getAttribute('href')]));
  assert.equal(links.length, ENTRIES);
  for (const [id, href] of links) assert.equal(href, `#${id}`);
  const hidden = await page.$eval('ol.tl > li[hidden]', (li) => li.id);
  await page.evaluate((id) => { location.hash = id; }, hidden);
  await page.locator(`[id="${hidden}"]`).waitFor({ state: 'visible' });
  await context.close();
  for (const more of [`#${hidden}`, `?role=host_year#${hidden}`]) {
    const fresh = await timeline('hans/', more);
    await fresh.page.waitForFunction((id) => {
      const { top } = document.getElementById(id).getBoundingClientRect();
      return scrollY > 0 && top > -100 && top < innerHeight;
    }, hidden);
    await fresh.context.close();
  }
});

test('on paper: every entry, no navigation', async () => {
  const { context, page } = await timeline('');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('ol.tl > li:visible').count(), ENTRIES);
  assert.equal(await page.locator('nav:visible, form:visible, button:visible, .skip:visible').count(), 0);
  const text = await page.locator('main').innerText();
  for (const heading of await page.$$eval('ol.tl h2 > a:first-child', (all) => all.map((a) => a.textContent))) {
    assert.ok(text.includes(heading), heading);
  }
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  assert.ok(pdf.length > 10_000);
  await context.close();
});

// The accessibility tree below an element, as Chromium tells it to screen readers; unnamed wrappers left out.
async function tree(page, selector) {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { node: element } = await session.send('DOM.describeNode', { nodeId });
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const below = (node) => (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean)
    .flatMap((child) => (child.ignored || ['none', 'generic'].includes(child.role.value) ? below(child) : [build(child)]));
  const build = (node) => ({
    role: node.role.value,
    name: node.name?.value,
    level: node.properties?.find(({ name }) => name === 'level')?.value.value,
    children: below(node),
  });
  return build(nodes.find((node) => node.backendDOMNodeId === element.backendNodeId));
}

function flat(node) {
  return [node, ...node.children.flatMap(flat)];
}
