// The built site behind a small static server, under the headers the site asks hosts for in `_headers`:
// a page that needs more than its own Content-Security-Policy allows fails here.
//
// run.sh builds the site three times, by TONGWEN_PUBLIC (at the root), TONGWEN_PUBLIC_BELOW (for a base
// path) and TONGWEN_PUBLIC_RELATIVE (with relative links, to be opened from disk).
import { createReadStream } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

export const PUBLIC = folder('TONGWEN_PUBLIC');
export const BELOW = folder('TONGWEN_PUBLIC_BELOW');
export const RELATIVE = folder('TONGWEN_PUBLIC_RELATIVE');
/** The path that BELOW was built for. */
export const BASE = '/apec/2026';
/** The languages by tag, with the path of each edition. */
export const EDITIONS = { 'zh-Hant-HK': '', 'zh-Hans-CN': 'hans/', en: 'en/' };
/** The two scripts of the one Chinese text. */
export const SCRIPTS = ['', 'hans/'];

const TYPES = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8', svg: 'image/svg+xml', png: 'image/png', xml: 'application/xml',
  ics: 'text/calendar; charset=utf-8', txt: 'text/plain; charset=utf-8',
};

/** The address below the server's root of every HTML file, in order: `''`, `404.html`, `faq/`… */
export async function pages(root = PUBLIC) {
  const files = await readdir(root, { recursive: true });
  return files.filter((file) => file.endsWith('.html')).map((file) => file.replace(/(^|\/)index\.html$/, '$1')).sort();
}

/** Serves a folder at `base`; `url` is where its home page is, with the closing slash. */
export async function serve(root = PUBLIC, base = '') {
  const headers = await policy(root);
  const server = createServer(async (request, response) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    const pathname = decodeURIComponent(new URL(request.url, 'http://server').pathname);
    const file = pathname.startsWith(`${base}/`) ? path.join(root, pathname.slice(base.length)) : '';
    const found = file && (await fileAt(file));
    if (!found) return response.writeHead(404).end();
    const extension = path.extname(found).slice(1);
    response.writeHead(200, { 'Content-Type': TYPES[extension] ?? 'application/octet-stream' });
    createReadStream(found).pipe(response);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const stop = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  return { url: `http://127.0.0.1:${server.address().port}${base}/`, stop };
}

async function fileAt(file) {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) return file.endsWith('/') ? fileAt(path.join(file, 'index.html')) : null;
  return found && file;
}

// The headers of every page, from the first block of `_headers`.
async function policy(root) {
  const text = await readFile(path.join(root, '_headers'), 'utf8');
  const block = text.split(/\n(?=\S)/).find((part) => /^\S*\/\*\n/.test(part)) ?? '';
  return block.split('\n').slice(1).filter(Boolean).map((line) => line.trim().split(/:\s*(.*)/s).slice(0, 2));
}

function folder(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests by tests/browser/run.sh`);
  return value;
}
