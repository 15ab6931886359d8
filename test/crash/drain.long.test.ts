import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditPage } from '../../contracts/audit.js';
import type { Case } from '../../contracts/case.js';
import type { Run } from '../../contracts/run.js';
import { createAccess } from '../../cli/access.js';
import { loadScenario } from '../../cli/load-scenario.js';
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

describe('SIGTERM while a block takes its time', () => {
  /** Longer than the stop may take. */
  const SLOW_MS = 8_000;
  const BLOCKS = ['identity', 'consent', 'registration', 'digital-registries'] as const;
  let session: CrashSession;

  beforeAll(buildSandbox, 60_000);
  afterEach(() => session.close());

  /** A sandbox that has a run in hand: its block is asked, and does not answer yet. */
  async function openWithRunInHand(drainSeconds: string): Promise<string> {
    session = await openCrashSession({ SANDBOX_DRAIN_SECONDS: drainSeconds });
    const { access, trainer } = session;
    const api = access.as(trainer);
    const slow = { kind: 'latency', milliseconds: SLOW_MS };
    for (const block of BLOCKS) await api.post(`/blocks/${block}/faults`, slow);
    const [first] = loadScenario(session.useCase, 'usct-demo').steps;
    if (first?.do !== 'open') throw new Error('the scenario begins with something else than an application');
    const application = { useCase: 'usct', kind: 'application', input: first.input };
    const { runId } = await access.as('amina').post<{ runId: string }>('/cases', application);
    const asked = async (): Promise<boolean> => {
      const all = await Promise.all(
        BLOCKS.map((block) => api.get<{ faults: readonly { hits: number }[] }>(`/blocks/${block}/faults`)),
      );
      return all.some(({ faults }) => faults.some(({ hits }) => hits > 0));
    };
    while (!(await asked())) await pause(50);
    return runId;
  }
  async function expectGoingOn(runId: string): Promise<void> {
    const { sandbox, access, trainer } = session;
    await sandbox.start();
    expect(sandbox.recovered()).toBeGreaterThan(0);
    for (const block of BLOCKS) await access.as(trainer).delete(`/blocks/${block}/faults`);
    const statusOf = async (): Promise<string> =>
      (await access.as(trainer).get<{ run: Run }>(`/runs/${runId}`)).run.status;
    // It waits for her consent.
    while ((await statusOf()) !== 'waiting') await pause(50);
  }

  it('ends with 1 beyond the bound, and says what is left and that it is taken up', async () => {
    const runId = await openWithRunInHand('2');
    expect(await session.sandbox.stop()).toBe(1);
    expect(session.sandbox.printed()).toMatch(
      /within 2 s \(SANDBOX_DRAIN_SECONDS\): .*\d+ jobs? in hand.*\. It is kept: the next start goes on with it\./,
    );
    await expectGoingOn(runId);
  }, 240_000);

  it('ends at once when it comes a second time, and says so', async () => {
    const runId = await openWithRunInHand('60');
    session.sandbox.ask();
    while ((await fetch(`${session.sandbox.origin}/ready`)).status !== 503) await pause(20);
    expect(await session.sandbox.stop()).toBe(143);
    expect(session.sandbox.printed()).toMatch(/^Asked a second time: ended at once\./m);
    await expectGoingOn(runId);
  }, 240_000);
});
