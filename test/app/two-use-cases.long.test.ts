import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadUseCases } from '../../app/read-use-cases.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { pause } from '../../cli/real-clock.js';
import { playScenario } from '../../cli/scenario/play.js';
import { trainerOf } from '../../cli/session.js';
import type { Case } from '../../contracts/case.js';
import { scenarioSchema, type Scenario } from '../../contracts/scenario.js';
import type { WorkspaceView } from '../../contracts/workspace.js';
import { startWorkspacesBench, type WorkspacesBench } from './workspaces-bench.js';

const ROOMS = process.env['SANDBOX_SOAK'] === undefined ? 8 : 20;
/** A household that is paid by voucher, and a mother who refuses consent: two ministries, many of the same blocks. */
const played = [
  { id: 'usct', scenario: 'no-account', phone: '+15550104' },
  { id: 'hltc-1', scenario: 'consent-refused', phone: '+15550123' },
] as const;

const useCases = await loadUseCases();
let bench: WorkspacesBench;
let rooms: readonly WorkspaceView[];
const cases = new Map<string, readonly Case[]>();

/** Everybody has another phone in each workspace, of those that get messages: what crossed could be told by it. */
const phoneIn = (phone: string, room: number): string =>
  `${phone.replace('+1', '+999')}${String(room).padStart(2, '0')}`;

function scenarioIn(room: number, { id, scenario, phone }: (typeof played)[number]): Scenario {
  const useCase = useCases.find(({ manifest }) => manifest.id === id);
  if (useCase === undefined) throw new Error(`there is no use case ${id}`);
  const text = JSON.stringify(loadScenario(useCase, scenario)).replaceAll(phone, phoneIn(phone, room));
  return scenarioSchema.parse(JSON.parse(text));
}

beforeAll(async () => {
  bench = await startWorkspacesBench({});
  const trainer = bench.in().as('trainer-yuki');
  const made: WorkspaceView[] = [];
  for (let room = 0; room < ROOMS; room += 1) {
    const body = { title: `Room ${room}` };
    made.push((await trainer.post<{ workspace: WorkspaceView }>('/workspaces', body)).workspace);
  }
  rooms = made;
}, 120_000);
afterAll(() => bench.close());

async function play(room: number, what: (typeof played)[number]): Promise<readonly Case[]> {
  const useCase = useCases.find(({ manifest }) => manifest.id === what.id);
  if (useCase === undefined) throw new Error(`there is no use case ${what.id}`);
  const access = bench.in(rooms[room]?.id);
  const saved = await playScenario({
    scenario: scenarioIn(room, what),
    manifest: useCase.manifest,
    as: (persona) => access.as(persona),
    trainer: trainerOf(useCase.personas),
    pause,
    now: () => performance.now(),
    onStep: () => undefined,
    occasion: `room-${room}`,
  });
  return [...saved.values()];
}

describe('two use cases at once in many workspaces', () => {
  it('play to their ends, as if each were alone', async () => {
    await Promise.all(
      rooms.map(async ({ id }, room) => {
        const both = await Promise.all(played.map((what) => play(room, what)));
        cases.set(id, both.flat());
      }),
    );
    expect(cases.size).toBe(ROOMS);
    expect(new Set([...cases.values()].flat().map(({ id }) => id)).size).toBe(ROOMS * 3);
  }, 900_000);

  it('leave nothing in a workspace that belongs to another one', async () => {
    for (const [room, { id }] of rooms.entries()) {
      const trainer = bench.in(id).as('trainer-yuki');
      const [listed, messages, tasks] = await Promise.all([
        trainer.get<{ cases: readonly Case[] }>('/cases?limit=500'),
        trainer.get<{ messages: readonly unknown[] }>('/messages'),
        trainer.get<object>('/tasks'),
      ]);
      expect([room, listed.cases.map(({ id: one }) => one)]).toEqual([
        room,
        expect.arrayContaining((cases.get(id) ?? []).map(({ id: one }) => one)) as unknown,
      ]);
      // The same cases everywhere, and the same numbers: each workspace counts for itself.
      expect(listed.cases.map(({ number }) => number).sort()).toEqual(
        [
          'HLTC-B-000001',
          'HLTC-N-000001',
          'HLTC-R-000001',
          'HLTC-V-000001',
          'USCT-A-000001',
          'USCT-B-000001',
          'USCT-P-000001',
        ].sort(),
      );
      const text = JSON.stringify([listed, messages, tasks]);
      const foreign = rooms.flatMap((_, other) =>
        other === room
          ? []
          : played.map(({ phone }) => phoneIn(phone, other)).filter((one) => text.includes(one)),
      );
      expect([room, foreign]).toEqual([room, []]);
      for (const { phone } of played)
        expect([room, text]).toEqual([room, expect.stringContaining(phoneIn(phone, room))]);
    }
  }, 120_000);
});
