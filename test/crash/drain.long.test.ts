import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditPage } from '../../contracts/audit.js';
import type { Case } from '../../contracts/case.js';
import { createAccess } from '../../cli/access.js';
import { buildSandbox, openCrashSession, type CrashSession } from './crash-session.js';

const CLIENTS = 6;
const BEFORE_THE_STOP = 12;

const away = new Set(['ECONNREFUSED', 'ECONNRESET', 'UND_ERR_SOCKET']);

interface Load {
  /** Ids of the cases that were answered with 201. */
  readonly opened: string[];
  readonly refused: { readonly retryAfter: string | null; readonly code: string }[];
  /** Answers that are no answers: there should be none. */
  readonly broken: string[];
  readonly done: Promise<void>;
}

/** Clients that send applications one after the other until nobody listens any more. */
function applyUntilItStops(origin: string, token: string): Load {
  const opened: string[] = [];
  const refused: Load['refused'][number][] = [];
  const broken: string[] = [];
  const input = { about: 'conduct', text: 'Training: nobody came.' };
  const once = async (): Promise<boolean> => {
    let response: Response;
    try {
      response = await fetch(`${origin}/api/v1/cases`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ useCase: 'usct', kind: 'grievance', input }),
      });
    } catch (error) {
      const code = String((error as { cause?: { code?: unknown } }).cause?.code);
      // Also reset: who was still in the kernel's queue when the port closed. What was taken is in the audit log.
      if (!away.has(code)) broken.push(code);
      return false;
    }
    try {
      const body = (await response.json()) as { case?: Case; code?: string };
      if (response.status === 201 && body.case !== undefined) opened.push(body.case.id);
      else if (response.status === 503)
        refused.push({ retryAfter: response.headers.get('retry-after'), code: body.code ?? '' });
      else broken.push(`${response.status} ${JSON.stringify(body)}`);
    } catch (error) {
      broken.push(`a broken answer: ${String(error)}`);
    }
    if (response.status === 503) await pause(20);
    return true;
  };
  const client = async (): Promise<void> => {
    while (await once());
  };
  const done = Promise.all(Array.from({ length: CLIENTS }, client)).then(() => undefined);
  return { opened, refused, broken, done };
}

describe('SIGTERM under load', () => {
  let session: CrashSession;

  beforeAll(buildSandbox, 60_000);
  beforeEach(async () => {
    session = await openCrashSession({ SANDBOX_DRAIN_SECONDS: '60' });
  }, 60_000);
  afterEach(() => session.close());

  it('breaks no answer, loses nothing, and leaves nothing to be mended', async () => {
    const { sandbox } = session;
    const access = createAccess({ origin: sandbox.origin });
    const amina = await access.tokenOf('amina');
    const trainer = await access.tokenOf(session.trainer);
    const stream = await fetch(`${sandbox.origin}/api/v1/stream`, {
      headers: { authorization: `Bearer ${trainer}` },
    });
    const heard = stream.text();
    const load = applyUntilItStops(sandbox.origin, amina);
    while (load.opened.length < BEFORE_THE_STOP) await pause(10);

    const stopped = sandbox.stop();
    await load.done;
    expect(await stopped).toBe(0);

    expect(load.broken).toEqual([]);
    expect(load.refused.length).toBeGreaterThan(0);
    for (const refusal of load.refused) expect(refusal).toEqual({ retryAfter: '10', code: 'GSB-REQ-007' });
    expect(await heard).toMatch(/retry: \d+\n: the sandbox is stopping\n\n$/);

    await sandbox.start();
    expect(sandbox.recovered()).toBe(0);
    for (const id of load.opened)
      expect(await session.access.as(session.trainer).get(`/cases/${id}`)).toMatchObject({ case: { id } });
    const audit = await session.access
      .as(session.trainer)
      .get<AuditPage>('/audit?action=POST%20/cases&limit=500');
    const made = audit.entries.filter(({ outcome }) => outcome === 201).map(({ on }) => on['made']);
    expect(new Set(made)).toEqual(new Set(load.opened));
    expect(await session.access.as(session.trainer).get('/audit/check')).toMatchObject({ intact: true });
  }, 180_000);
});
