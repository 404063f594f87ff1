// Every page of the site, in every language, light and dark, at the width of a phone and of a desk.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import test, { after, before } from 'node:test';

import { abreast, launch, open } from './chromium.js';
import { pages, serve } from './public.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [1280, 390];
const DESK = { width: 1280, height: 900 };
// What is dark changes colours and nothing else, so the second scheme is asked for colours alone: half the time.
const SCHEMES = { light: { type: 'tag', values: RULES }, dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

const addresses = await pages();
const seen = new Map();
let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve();
  await abreast(addresses, 2, async (address) => seen.set(address, await visit(address).catch((error) => ({ error }))));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('there are pages in every language', () => {
  for (const start of ['timeline/', 'hans/timeline/', 'en/timeline/']) assert.ok(addresses.includes(start), start);
  assert.ok(addresses.length >= 79, `${addresses.length} pages`);
});

for (const address of addresses) {
  test(`/${address}`, () => {
    const found = seen.get(address);
    if (found.error) throw found.error;
    assert.deepEqual(found.violations, [], 'axe');
    assert.equal(found.states, WIDTHS.length * Object.keys(SCHEMES).length);
    assert.deepEqual(found.wide, [], 'sideways scroll at 320 px');
    assert.deepEqual(found.faults, [], 'console, failed requests, third parties');
    assert.deepEqual(found.cookies, [], 'cookies');
    assert.deepEqual(found.unseen, [], 'text that is not there without JavaScript');
  });
}

async function visit(address) {
  const { context, page, faults } = await open(browser);
  const found = { violations: [], states: 0, faults };
  await page.goto(server.url + address, { waitUntil: 'load' });
  await page.evaluate(AXE);
  for (const [colorScheme, rules] of Object.entries(SCHEMES)) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const { violations, passes } = await page.evaluate(run, rules);
      found.violations.push(...violations.map((words) => `${colorScheme} ${width}: ${words}`));
      found.states += passes > 0 ? 1 : 0;
    }
  }
  await page.setViewportSize({ width: 320, height: 640 });
  found.wide = await page.evaluate(sideways);
  found.cookies = await context.cookies();
  await page.setViewportSize(DESK); // where lines end depends on the width
  const text = await page.evaluate(lines);
  await context.close();

  const plain = await open(browser, { javaScriptEnabled: false, viewport: DESK });
  await plain.page.goto(server.url + address, { waitUntil: 'load' });
  const there = new Set(await plain.page.evaluate(lines));
  found.unseen = text.filter((line) => !there.has(line));
  found.faults.push(...plain.faults);
  await plain.context.close();
  return found;
}

// Runs in the page.
async function run(rules) {
  const result = await axe.run(document, { runOnly: rules, resultTypes: ['violations'], iframes: false, preload: false });
  const violations = result.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.any.map((check) => check.message).join('; ')}`));
  return { violations, passes: result.passes.length };
}

// Runs in the page: what reaches past the window's edge, if the page can be scrolled there.
function sideways() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.body.querySelectorAll('*')].filter((el) => el.getBoundingClientRect().right > clientWidth + 1);
  return [`${scrollWidth} px`, ...wide.slice(0, 5).map((el) => el.outerHTML.slice(0, 120))];
}

// Runs in the page: its lines of text, but for the controls that scripts add.
function lines() {
  for (const extra of document.querySelectorAll('form, .sorts, .offer, [data-search]')) extra.remove();
  return document.body.innerText.split('\n').map((line) => line.trim()).filter(Boolean);
}
