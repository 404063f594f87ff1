// Debian's Chromium, driven by playwright-core; another program by CHROMIUM.
//
// Each file of tests starts one browser and opens as many pages in it as it likes. What a visitor's
// browser would do by itself (updates, sync, QUIC) is off, so that every request seen is the page's own.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, args: FLAGS });

// A page in a context of its own (no cookie, no storage). `faults` gathers what must not happen:
// words in the console, exceptions, requests that fail or leave the server, cookies by the server.
export async function open(browser, options = {}) {
  const context = await browser.newContext({ locale: 'zh-HK', ...options });
  const page = await context.newPage();
  const faults = [];
  const requests = [];
  let home;
  page.on('request', (request) => {
    const url = new URL(request.url());
    home ??= url.origin;
    requests.push(url.href);
    if (url.origin !== home && url.protocol !== 'data:') faults.push(`third party: ${url.href}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('requestfailed', (request) => {
    // Aborted is what leaving a page does to the requests it still had under way.
    const why = request.failure()?.errorText;
    if (why !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  return { context, page, faults, requests };
}

// Calls `work` on every item, `width` at a time.
export async function abreast(items, width, work) {
  const rest = [...items];
  const lane = async () => {
    while (rest.length) await work(rest.shift());
  };
  await Promise.all(Array.from({ length: width }, lane));
}
