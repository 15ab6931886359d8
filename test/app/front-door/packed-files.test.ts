import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import { packedFiles } from '../../../app/front-door/packed-files.js';

const CODE = 'const answer = 42;'.repeat(100);
const PAGE = '<!doctype html><title>Page</title>';

describe('packed files', () => {
  let place: string;
  let folder: string;
  let app: Express;

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'packed-files-'));
    // Those who lay a project into a folder of this name must not keep its page for a year.
    folder = join(place, 'assets', 'console');
    await mkdir(join(folder, 'assets'), { recursive: true });
    for (const [name, text] of [
      ['assets/code.js', CODE],
      ['index.html', PAGE],
    ] as const) {
      await writeFile(join(folder, name), text);
      await writeFile(join(folder, `${name}.br`), brotliCompressSync(text));
      await writeFile(join(folder, `${name}.gz`), gzipSync(text));
    }
    await writeFile(join(folder, 'plain.txt'), 'not packed');
    app = express().use(packedFiles(folder));
  });
  afterAll(() => rm(place, { recursive: true, force: true }));

  it.each([
    ['gzip, deflate, br', 'br', 'assets/code.js'],
    ['gzip, deflate', 'gzip', 'assets/code.js'],
    ['gzip;q=0, br;q=0', undefined, 'assets/code.js'],
    ['br', undefined, 'plain.txt'],
  ])('to a browser that takes %s travel as %s: %s', async (takes, packing, name) => {
    const answer = await request(app).get(`/${name}`).set('accept-encoding', takes).buffer(true);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-encoding']).toBe(packing);
    expect(answer.headers['content-type']).toMatch(name.endsWith('.js') ? /javascript/ : /text\/plain/);
    expect(answer.headers['vary']).toBe(name.endsWith('.js') ? 'Accept-Encoding' : undefined);
  });
  it('are kept by browsers when their names change with their content, and the page is asked for anew', async () => {
    const code = await request(app).get('/assets/code.js').set('accept-encoding', 'gzip');
    expect(code.text).toBe(CODE);
    expect(code.headers['cache-control']).toContain('immutable');
    const page = await request(app).get('/').set('accept-encoding', 'gzip');
    expect(page.text).toBe(PAGE);
    expect(page.headers['content-type']).toMatch(/text\/html/);
    expect(page.headers['cache-control']).toBe('no-cache');
    const again = await request(app)
      .get('/')
      .set('accept-encoding', 'gzip')
      .set('if-none-match', String(page.headers['etag']));
    expect(again.status).toBe(304);
  });
  it('leave other methods and unknown paths alone', async () => {
    const post = await request(app).post('/assets/code.js').set('accept-encoding', 'gzip');
    expect([post.status, post.headers['content-encoding']]).toEqual([404, undefined]);
    const nowhere = await request(app).get('/nowhere.js').set('accept-encoding', 'gzip');
    expect([nowhere.status, nowhere.headers['content-encoding']]).toEqual([404, undefined]);
  });
});
