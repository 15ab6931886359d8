import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Role } from '../../../contracts/identity.js';
import { createBench } from './api-bench.js';
import { principal } from './api-people.js';

function asking(path: string, role: Role) {
  const bench = createBench();
  const answer = request(bench.app)
    .get(`/api/v1${path}`)
    .set('x-test-principal', JSON.stringify(principal(`some-${role}`, [role])));
  return { answer, ...bench };
}

describe('the journal of a block over the API', () => {
  it('hands the search on, and leaves headers and bodies to the entry', async () => {
    const path = '/blocks/payments/journal?status=4XX&text=b-1&since=2026-01-05&after=99&limit=7&rule=no';
    const { answer, asked } = asking(path, 'trainer');
    const { body } = await answer.expect(200);
    expect(body).toMatchObject({ next: 42, entries: [{ entry: 42, rule: 'no-such-batch' }] });
    expect(body.entries[0]).not.toHaveProperty('request');
    expect(asked).toEqual([
      'journal.list {"status":"4XX","rule":"no","text":"b-1","since":"2026-01-05T00:00:00.000Z","after":99,"limit":7,"block":"payments","full":false}',
    ]);
  });

  it.each(['/blocks/payments/journal', '/blocks/payments/journal/42'])(
    'shows personal fields at %s to developers only, and says so',
    async (path) => {
      const trainer = asking(`${path}?full=true`, 'trainer');
      const { body } = await trainer.answer.expect(403);
      expect(body).toMatchObject({ code: 'GSB-AUT-002', detail: expect.stringContaining('full=true') });
      expect(trainer.asked).toEqual([]);
      const developer = asking(`${path}?full=true`, 'developer');
      await developer.answer.expect(200);
      expect(developer.asked.join()).toMatch(/"full":true|get 42 true/);
    },
  );

  it.each([
    ['/blocks/payments/journal?status=9xx', 'status'],
    ['/blocks/payments/journal/x', 'number of an entry'],
    ['/blocks/payments/journal/42/copy?as=cobol', 'curl, typescript, python'],
    ['/blocks/nothing/journal', 'building block'],
  ])('names the field that is wrong in %s', async (path, said) => {
    const { body } = await asking(path, 'developer').answer.expect(400);
    expect(body.detail).toContain(said);
  });

  it('says that an entry is not there', async () => {
    const { body } = await asking('/blocks/payments/journal/7', 'developer').answer.expect(404);
    expect(body.detail).toBe('The journal of payments has no entry 7, or has it no more.');
  });

  it('writes an entry and an exchange in the language that was asked for', async () => {
    const entry = await asking('/blocks/payments/journal/42/copy', 'developer').answer.expect(200);
    expect(entry.text).toContain("--request GET 'http://sandbox.test/blocks/payments/batches/B-1'");
    expect(entry.text).toContain('Bearer \'"$SANDBOX_TOKEN"');
    const exchange = await asking('/runs/run-amina/exchanges/1/copy?as=python', 'trainer').answer.expect(200);
    expect(exchange.text).toContain('"http://sandbox.test/r1/SANDBOX/GOV/MOF/TAX/tax/data/tax/1.0/read"');
    await asking('/runs/run-amina/exchanges/9/copy', 'trainer').answer.expect(404);
  });

  it('streams with the number of the entry as cursor, and stops following when nobody listens', async () => {
    const { answer, asked } = asking('/blocks/payments/journal/stream', 'trainer');
    const text = await new Promise<string>((resolve) => {
      void answer
        .set('last-event-id', '41')
        .buffer(false)
        .parse((response, done) => {
          let heard = '';
          response.on('data', (chunk: Buffer) => {
            heard += chunk.toString();
            if (!heard.includes('data:')) return;
            (response as unknown as { destroy(): void }).destroy();
            resolve(heard);
            done(null, '');
          });
        })
        .catch(() => undefined);
    });
    expect(text).toMatch(/id: 42\ndata: \{"entry":42/);
    expect(asked[0]).toBe('journal.follow 41');
  });
});
