// What a page tells machines about itself: Open Graph, Twitter's card, JSON-LD. Read from the files, no browser.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';

import { EDITIONS, PUBLIC, pages } from './public.js';

const HOST_YEARS = ['2001-shanghai', '2014-beijing', '2026-shenzhen'];
const addresses = (await pages()).filter((address) => !address.endsWith('404.html'));
const documents = new Map(await Promise.all(addresses.map(async (address) => [address, await read(address)])));

test('Open Graph and Twitter know each page by title, text, address, language and picture', async () => {
  const pictures = new Set();
  for (const [address, { meta, canonical }] of documents) {
    const given = (name) => { assert.ok(meta.get(name), `/${address}: ${name}`); return meta.get(name); };
    for (const name of ['og:site_name', 'og:type', 'twitter:card']) given(name);
    assert.equal(given('twitter:title'), given('og:title'));
    assert.equal(given('twitter:description'), given('og:description'));
    assert.equal(given('og:url'), canonical);
    assert.match(given('og:locale'), /^[a-z]{2}_[A-Z]{2}$/, address);
    if (!meta.has('og:image')) { assert.equal(meta.get('twitter:card'), 'summary'); continue; }
    assert.equal(meta.get('twitter:card'), 'summary_large_image');
    assert.equal(given('twitter:image'), given('og:image'));
    assert.equal(given('twitter:image:alt'), given('og:image:alt'));
    pictures.add(given('og:image'));
    assert.deepEqual(await sizeOfPng(meta.get('og:image')), { width: 1200, height: 630 }, address);
  }
  assert.equal(pictures.size, 2 * Object.keys(EDITIONS).length, 'home and timeline, each in its own language');
});

test('JSON-LD: every page but the home pages is an article with its way there', async () => {
  for (const [address, { things, canonical, lang }] of documents) {
    for (const thing of things.values()) assert.ok(thing.inLanguage === lang || thing['@type'] === 'BreadcrumbList', address);
    if (Object.values(EDITIONS).includes(address)) {
      assert.equal(things.get('WebSite').url, canonical);
      continue;
    }
    const article = things.get('Article');
    assert.equal(article.url, canonical);
    assert.ok(article.headline.length > 0 && article.headline.length <= 110, address);
    assert.ok(article.description && article.author.name && article.publisher.name, address);
    for (const day of [article.datePublished, article.dateModified]) assert.match(day, /^\d{4}-\d{2}-\d{2}/);
    for (const other of article.workTranslation ?? []) assert.ok(documents.has(below(other.url)), other.url);
    const crumbs = things.get('BreadcrumbList').itemListElement;
    assert.deepEqual(crumbs.map(({ position }) => position), crumbs.map((_, i) => i + 1));
    for (const { item, name } of crumbs) assert.ok(name && documents.has(below(item)), `${address}: ${item}`);
    assert.equal(crumbs.at(-1).item, canonical);
  }
});

test('JSON-LD: the host years are events with a place and their days', () => {
  for (const edition of Object.values(EDITIONS)) {
    for (const year of HOST_YEARS) {
      const { things, canonical } = documents.get(`${edition}timeline/${year}/`);
      const event = things.get('Event');
      assert.ok(event.name && event.description && event.location.name, year);
      assert.equal(event.location['@type'], 'Place');
      assert.equal(event.url, canonical);
      assert.equal(event.eventStatus, 'https://schema.org/EventScheduled');
      assert.ok(event.startDate.startsWith(year.slice(0, 4)) && event.endDate >= event.startDate, year);
    }
  }
});

test('JSON-LD: the questions are those of the page, with the answers readers see', () => {
  for (const edition of ['', 'hans/']) {
    const { things, text } = documents.get(`${edition}faq/`);
    const questions = things.get('FAQPage').mainEntity;
    assert.equal(questions.length, 15);
    for (const { name, acceptedAnswer } of questions) {
      assert.ok(text.includes(name), name);
      assert.equal(acceptedAnswer['@type'], 'Answer');
      assert.ok(text.includes(acceptedAnswer.text), acceptedAnswer.text);
    }
  }
});

async function read(address) {
  const html = await readFile(path.join(PUBLIC, address, address.endsWith('.html') ? '' : 'index.html'), 'utf8');
  const tags = html.matchAll(/<meta (?:name|property)="?([^" >]+)"? content="([^"]*)"/g);
  const json = html.match(/<script type="?application\/ld\+json"?>(.*?)<\/script>/s)[1];
  return {
    meta: new Map([...tags].map(([, name, content]) => [name, content])),
    canonical: html.match(/<link rel="?canonical"? href="([^"]*)"/)[1],
    lang: html.match(/<html lang="?([\w-]+)/)[1],
    things: new Map(JSON.parse(json).map((thing) => {
      assert.equal(thing['@context'], 'https://schema.org');
      return [thing['@type'], thing];
    })),
    text: html.replace(/<script.*?<\/script>/gs, '').replace(/<[^>]*>/g, '').replace(/&#x27;|&#39;/g, "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
  };
}

// The address below the site's root that an absolute one stands for.
const below = (url) => decodeURIComponent(new URL(url).pathname.slice(1));

async function sizeOfPng(url) {
  const file = path.join(PUBLIC, below(url));
  assert.ok((await stat(file)).size < 64 * 1024, `${file} is heavy`);
  const bytes = await readFile(file);
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
