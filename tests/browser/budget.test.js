// What a page costs over the wire, compressed as a host does it (gzip, level 6), headers not counted.
//
// Prints the table. A page is dear when it holds a figure (an SVG in its text) and may then weigh more.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { gzipSync } from 'node:zlib';

import { abreast, launch, open } from './chromium.js';
import { PUBLIC, pages, serve } from './public.js';

const KIB = 1024;
const TEXT = 30 * KIB;
const FIGURES = 60 * KIB;
const REQUESTS = 6;
const SCRIPTS = 5 * KIB;
const STYLES = 10 * KIB;

const addresses = await pages();
const costs = new Map();
let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve();
  await abreast(addresses, 2, async (address) => costs.set(address, await cost(address)));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

test('every page keeps to its budget', () => {
  console.log('page | figures | requests | HTML | CSS | JS | other | all (KiB, gzip)');
  const over = [];
  for (const address of addresses) {
    const { figures, requests, html, css, js, other } = costs.get(address);
    const all = html + css + js + other;
    const cells = [html, css, js, other, all].map((bytes) => (bytes / KIB).toFixed(1));
    const row = [`/${address}`, figures, requests, ...cells].join(' | ');
    console.log(row);
    const limit = figures ? FIGURES : TEXT;
    if (all > limit || requests > REQUESTS || js > SCRIPTS || css > STYLES || html === 0 || css === 0) over.push(row);
  }
  assert.deepEqual(over, []);
});

test('no page brings a web font', () => {
  const fonts = [...costs.values()].flatMap(({ urls }) => urls.filter((url) => /\.(woff2?|ttf|otf)\b/.test(url)));
  assert.deepEqual(fonts, []);
});

// Requests that a script makes for itself are counted too: the page is scrolled to its end first.
async function cost(address) {
  const { context, page, requests } = await open(browser);
  await page.goto(server.url + address, { waitUntil: 'networkidle' });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const figures = await page.evaluate(() => document.querySelectorAll('main svg').length);
  const sum = { figures, requests: requests.length, urls: requests, html: 0, css: 0, js: 0, other: 0 };
  for (const url of requests) {
    const { pathname } = new URL(url);
    const file = path.join(PUBLIC, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
    const kind = path.extname(file).slice(1);
    sum[kind in sum ? kind : 'other'] += gzipSync(await readFile(file), { level: 6 }).length;
  }
  await context.close();
  return sum;
}
