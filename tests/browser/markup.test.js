// The Nu checker (vnu, the validator behind validator.w3.org) over every page and stylesheet: no error.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import test from 'node:test';

import { PUBLIC, pages } from './public.js';

const JAR = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar')), 'build/dist/vnu.jar');

test('the Nu checker finds no error on any page', async () => {
  const files = (await pages()).map((address) => path.join(PUBLIC, address, address.endsWith('.html') ? '' : 'index.html'));
  const errors = messages(['--errors-only', ...files]);
  console.log(`${files.length} pages, ${errors.length} errors`);
  assert.deepEqual(errors, []);
});

test('the checker is awake', () => {
  const found = messages(['--errors-only', path.join(import.meta.dirname, 'broken.html')]);
  assert.match(found.join('\n'), /Duplicate ID/);
});

function messages(options) {
  const { status, stderr, error } = spawnSync('java', ['-Xss1m', '-Xmx768m', '-jar', JAR, '--format', 'json', ...options], {
    encoding: 'utf8', maxBuffer: 64 << 20,
  });
  if (error) throw error;
  assert.ok(status === 0 || status === 1, stderr);
  return JSON.parse(stderr).messages
    .filter(({ type }) => type !== 'info')
    .map(({ url = '', lastLine, message, extract }) => `${path.relative(PUBLIC, url.replace('file:', ''))}:${lastLine}: ${message} ${extract ?? ''}`);
}
