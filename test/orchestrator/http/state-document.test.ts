import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createBench } from './api-bench.js';
import { principal } from './api-people.js';

const path = '/api/v1/blocks/payments/state/batches/b-1';
const trainer = JSON.stringify(principal('some-trainer', ['trainer']));

describe('a document of a block over the API', () => {
  it('is read with its version, and written on that version', async () => {
    const { app, asked } = createBench();
    const read = await request(app).get(path).set('x-test-principal', trainer).expect(200);
    expect(read.body).toEqual({ _id: 'b-1', stage: 'done' });
    expect(read.headers['etag']).toBe('"3"');
    const written = await request(app)
      .put(path)
      .set({ 'x-test-principal': trainer, 'if-match': '"3"' })
      .send({ stage: 'open' })
      .expect(204);
    expect(written.headers['etag']).toBe('"4"');
    await request(app).delete(path).set({ 'x-test-principal': trainer, 'if-match': '"4"' }).expect(204);
    expect(asked).toEqual([
      'state.put payments batches b-1 some-trainer 3',
      'state.remove payments batches b-1 some-trainer 4',
    ]);
  });

  it.each(['3', 'W/"3"', '"0"', '"3", "4"', '"x"'])('refuses If-Match: %s', async (tag) => {
    const { app, asked } = createBench();
    const { body } = await request(app)
      .put(path)
      .set({ 'x-test-principal': trainer, 'if-match': tag })
      .send({ stage: 'open' })
      .expect(400);
    expect(body.detail).toContain('If-Match');
    expect(asked).toEqual([]);
  });
});
