import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createAccess, type Access } from '../../cli/access.js';
import { freePort } from '../../cli/free-port.js';
import type { Run } from '../../contracts/run.js';
import type { RunEvent } from '../../contracts/run-event.js';
import { writeSmallUseCase } from '../app/small-use-case.js';
import { startTypescript, type TypescriptChild } from '../contract/typescript-child.js';

const DAYS = 24;
const DAY = 86_400_000;
/** So many runs are done when it is killed. */
const KILLS = [6, 14];

let folder: string;
let dataDir: string;
let port: number;
let child: TypescriptChild;
let access: Access;

async function start(): Promise<void> {
  child = startTypescript(join(import.meta.dirname, 'clock-child.ts'), [dataDir, String(port), folder]);
  await child.lines(1);
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'crash-'));
  folder = await writeSmallUseCase(
    Object.fromEntries(
      Array.from({ length: DAYS }, (_, day) => [
        `rest-${day}`,
        { tasks: `  - rest: { wait: P${day + 1}D }` },
      ]),
    ),
  );
  port = await freePort();
  access = createAccess({ origin: `http://127.0.0.1:${port}` });
  await start();
}, 60_000);
afterEach(async () => {
  await child.kill();
  await rm(dataDir, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

const runs = async (): Promise<readonly Run[]> =>
  (await access.as('tara').get<{ runs: readonly Run[] }>('/runs')).runs;

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await pause(20);
}

describe('kill -9 while the clock is moved', () => {
  it('loses and doubles nothing: the next process goes on to where it was to be', async () => {
    const tara = access.as('tara');
    const { now } = await tara.post<{ now: string }>('/clock', { freeze: true });
    for (let day = 0; day < DAYS; day += 1)
      await tara.post('/cases', { useCase: 'small', kind: `rest-${day}`, input: {} });
    await until(async () => (await runs()).every(({ waiting }) => waiting.length === 1));
    const target = new Date(Date.parse(now) + 30 * DAY).toISOString();
    // Nobody hears the answer: it dies on the way.
    tara.post('/clock', { to: target }).catch(() => undefined);
    for (const done of KILLS) {
      await until(async () => (await runs()).filter(({ status }) => status === 'completed').length >= done);
      await child.kill();
      await start();
    }
    await until(async () => (await access.as('tara').get<{ state: string }>('/clock')).state === 'frozen');

    expect(await access.as('tara').get('/clock')).toMatchObject({ now: target, nextTimer: null });
    const all = await runs();
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: DAYS }, () => 'completed'));
    for (const run of all) {
      const { events } = await access
        .as('tara')
        .get<{ events: { event: RunEvent }[] }>(`/runs/${run.id}/events`);
      const ends = events.map(({ event }) => event).filter(({ type }) => type === 'task.completed');
      const days = Number(run.workflow.name.split('-')[1]) + 1;
      // Once, and at its own instant.
      expect(ends.map(({ time }) => time)).toEqual([new Date(Date.parse(now) + days * DAY).toISOString()]);
    }
    const moved = await follow(access);
    expect(moved).toEqual([expect.objectContaining({ from: now, to: target, by: 'tara' })]);
    // A run that was killed before it took its signal in sets its timer again, which fires for nothing.
    const [{ fired }] = moved as [{ fired: number }];
    expect(fired).toBeGreaterThanOrEqual(DAYS - KILLS.length);
    expect(fired).toBeLessThanOrEqual(DAYS + KILLS.length);
  }, 180_000);
});

/** The moves in the workspace's log, read from its beginning. */
async function follow(from: Access): Promise<readonly object[]> {
  const abort = new AbortController();
  const stream = await from.as('tara').stream('/stream?only=log&after=0', abort.signal);
  const decoder = new TextDecoder();
  const moved: object[] = [];
  let text = '';
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const block of events) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      const { event } =
        data === undefined ? { event: {} } : (JSON.parse(data) as { event: { type?: string } });
      if (event.type === 'clock.moved') moved.push(event);
    }
    if (moved.length > 0) break;
  }
  abort.abort();
  return moved;
}
