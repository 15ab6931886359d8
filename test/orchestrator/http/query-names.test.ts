import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createBench } from './api-bench.js';
import { somebody } from './api-people.js';

describe('a query that a route does not know', () => {
  const { app } = createBench();
  const trainer = JSON.stringify(somebody('trainer'));

  it('is refused, and what the route knows is named', async () => {
    const { body } = await request(app)
      .get('/api/v1/tasks?status=open&case=case-amina')
      .set('x-test-principal', trainer)
      .expect(400);
    expect(body).toMatchObject({
      code: 'GSB-REQ-001',
      detail: 'The query names "status", which is not known here. It may hold case, role, state.',
      errors: [{ pointer: '/status', message: 'is not known here' }],
    });
  });

  it('is refused where a route takes none at all', async () => {
    const { body } = await request(app)
      .get('/api/v1/personas?language=fr')
      .set('x-test-principal', trainer)
      .expect(400);
    expect((body as { detail: string }).detail).toContain('This address takes no query.');
  });

  it('tells nothing to whoever may not ask', async () => {
    await request(app).get('/api/v1/tasks?status=open').expect(401);
  });
});
