import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express, { Router, type Express } from 'express';
import request from 'supertest';
import { firstView } from '../../../app/front-door/first-view.js';
import { silentLogger } from '../../../contracts/logger.js';

/** Stands for the built console: says what it was given, and what the API answered to it. */
const DRAWING = `export async function drawFirstView({ page, pathname, cookie, acceptLanguage, ask }) {
  const answer = await ask('/api/v1/personas');
  if (!answer.ok) throw new Error('The API answered ' + answer.status);
  const { personas } = await answer.json();
  return page.replace('nothing', [pathname, cookie, acceptLanguage, ...personas].join(' '));
}`;
const EMPTY = '<!doctype html><p>nothing</p>';

describe('the first view', () => {
  let folder: string;
  let app: Express;
  let signedIn: () => Promise<boolean>;
  let status: number;
  const warnings: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'first-view-'));
    await writeFile(join(folder, 'page.html'), EMPTY);
    await writeFile(join(folder, 'draw.mjs'), DRAWING);
    const page = join(folder, 'page.html');
    const tree = Router();
    tree.get('/api/v1/personas', (asked, response) => {
      response
        .status(status)
        .json({ personas: [asked.get('cookie') === undefined ? 'asked-as-nobody' : 'spy'] });
    });
    tree.get(
      '/',
      firstView({
        page,
        drawing: join(folder, 'draw.mjs'),
        signedIn: () => signedIn(),
        logger: { ...silentLogger, warn: (_fields, message = '') => void warnings.push(message) },
      }),
      (_request, response) => response.sendFile(page),
    );
    app = express().use('/w/abc', tree).use(tree);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => {
    signedIn = () => Promise.resolve(false);
    status = 200;
    warnings.length = 0;
  });

  it.each(['/', '/w/abc/'])('is drawn at %s from what the API there tells anybody', async (path) => {
    const answer = await request(app)
      .get(`${path}?from=qr`)
      .set({ cookie: 'sandbox.language=ar', 'accept-language': 'fr', accept: 'text/html' });
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(`<!doctype html><p>${path} sandbox.language=ar fr asked-as-nobody</p>`);
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.headers['cache-control']).toBe('no-cache');
    expect(answer.headers['vary']).toBe('Cookie, Accept-Language, Accept-Encoding');
  });

  it('is sent again only when it changed', async () => {
    const { headers } = await request(app).get('/').set('accept', 'text/html');
    const again = await request(app)
      .get('/')
      .set({ accept: 'text/html', 'if-none-match': String(headers['etag']) });
    expect(again.status).toBe(304);
  });

  it('goes out as it was built to those who are signed in', async () => {
    signedIn = () => Promise.resolve(true);
    expect((await request(app).get('/').set('accept', 'text/html')).text).toBe(EMPTY);
  });

  it.each([
    ['the API does not answer', () => (status = 503)],
    ['nobody knows who asks', () => (signedIn = () => Promise.reject(new Error('The store is away')))],
  ])('goes out as it was built when %s, and says so', async (_what, goWrong) => {
    goWrong();
    const answer = await request(app).get('/').set('accept', 'text/html');
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(EMPTY);
    expect(warnings).toEqual(['the first view could not be drawn; the page goes out empty']);
  });
});
