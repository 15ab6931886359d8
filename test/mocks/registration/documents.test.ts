import { describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { blockRouter } from '../../../mocks/kit/http.js';
import { WORKSPACE } from '../kit/test-deps.js';
import { bodyOf, messageOf, SERVICE, startRegistration, submission } from './registration-setup.js';

const scan = Buffer.from('training only: a scan').toString('base64');

describe('documents', () => {
  it('are stored as JSON and shown again', async () => {
    const { send } = await startRegistration();
    const stored = await send('POST', '/documents', {
      body: { file: [scan] },
      query: { additionalMetadata: 'birth certificate' },
    });
    expect(stored).toMatchObject({
      status: 200,
      body: { code: 200, type: 'success', message: '1 file stored' },
    });
    const { url } = bodyOf<{ url: string }>(stored);
    expect((await send('GET', url)).body).toEqual({
      documentId: url.replace('/documents/', ''),
      uploaded: '2025-03-01T08:00:00.000Z',
      additionalMetadata: 'birth certificate',
      file: [scan],
    });
    expect((await send('GET', '/documents/none')).status).toBe(404);
  });

  it('are refused when they are none, too many, unreadable or too large', async () => {
    const { send } = await startRegistration();
    const status = async (file: string[]): Promise<number> =>
      (await send('POST', '/documents', { body: { file } })).status;
    expect(await status([])).toBe(400);
    expect(await status(Array.from({ length: 6 }, () => scan))).toBe(400);
    expect(await status(['not base64!'])).toBe(400);
    expect(await status([Buffer.alloc(256 * 1024).toString('base64')])).toBe(200);
    expect(await status([Buffer.alloc(256 * 1024 + 1).toString('base64')])).toBe(413);
    const noBoundary = await send('POST', '/documents', {
      body: 'text',
      headers: { 'content-type': 'multipart/form-data' },
    });
    expect(noBoundary.status).toBe(400);
    expect(messageOf(noBoundary)).toContain('boundary');
  });
});

describe('registration over HTTP', () => {
  const client = { 'Information-Mediator-Client': 'GOVSTACK/GOV/social-ministry/cash-transfer' };

  it('takes multipart forms with base64 fields and with text files, and refuses raw bytes', async () => {
    const { block } = await startRegistration();
    const http = request(express().use(blockRouter(block, () => WORKSPACE)));
    const stored = await http
      .post('/documents')
      .field('file', scan)
      .attach('file', Buffer.from('a letter\r\nwith two lines'), { filename: 'letter.txt' });
    expect([stored.status, (stored.body as { message: string }).message]).toEqual([200, '2 files stored']);
    const shown = await http.get((stored.body as { url: string }).url);
    const { file } = shown.body as { file: string[] };
    expect(file[0]).toBe(scan);
    expect(Buffer.from(file[1]!, 'base64').toString()).toBe('a letter\r\nwith two lines');
    const raw = await http
      .post('/documents')
      .attach('file', Buffer.from([0xff, 0xd8, 0xff]), { filename: 'a.jpg' });
    expect([raw.status, (raw.body as { message: string }).message]).toEqual([
      400,
      expect.stringContaining('base64'),
    ]);
  });

  it('goes from submission to decision', async () => {
    const { block } = await startRegistration();
    const http = request(express().use(blockRouter(block, () => WORKSPACE)));
    const refused = await http.post(`/services/${SERVICE}/applications`).send(submission('citizen-1'));
    expect(refused.status).toBe(400);
    const submitted = await http
      .post(`/services/${SERVICE}/applications`)
      .set(client)
      .send(submission('citizen-1'));
    expect(submitted.headers['content-type']).toMatch(/^application\/json/);
    const { fileId } = submitted.body as { fileId: string };
    const tasks = await http.get(`/tasks?fileId=${fileId}`);
    const [{ taskId }] = tasks.body as [{ taskId: string }];
    const completed = await http
      .post(`/tasks/${taskId}/complete`)
      .send({ data: { status: { code: 'APPROVED' } } });
    expect(completed.body).toMatchObject({ fileId, status: { code: 'APPROVED' } });
    const list = await http.get('/applications?applicantId=citizen-1').set(client);
    expect(list.body).toMatchObject([{ fileId, status: { code: 'APPROVED' } }]);
    expect((await http.get('/data/statistics').set(client)).body).toMatchObject([{ approved: 1 }]);
    for (const body of ['', '{"data":', '[]']) {
      const careless = await http
        .post(`/tasks/${taskId}/complete`)
        .set('content-type', 'application/json')
        .send(body);
      expect(careless.status).toBe(400);
    }
  });
});
