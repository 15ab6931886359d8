import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { loadUseCases } from '../../app/project.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { pause } from '../../cli/real-clock.js';
import { playScenario } from '../../cli/scenario/play.js';
import { trainerOf } from '../../cli/session.js';
import { attacks } from './attacks.js';
import { attempt } from './attempt.js';
import { openWorld, type World } from './world.js';

/** Every attack of the list against one running sandbox, which has to serve as before when they are over. */
jest.setTimeout(120_000);
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

it('has at least 80 attacks, each with a name of its own', () => {
  expect(attacks.length).toBeGreaterThanOrEqual(80);
  expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length);
  process.stdout.write(`Attacks: ${attacks.length}\n`);
});

describe('is refused', () => {
  it.each(attacks.map((attack) => [attack.id, attack] as const))('%s', async (_id, attack) => {
    const { status, head, body } = await attempt(attack, world);
    expect({ status, body: body.slice(0, 300), fits: attack.status.includes(status) }).toMatchObject({
      fits: true,
    });
    expect(status).toBeLessThan(500);
    const all = `${head}\n${body}`;
    for (const text of attack.never ?? []) {
      const named = text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => world.names[name] ?? whole);
      expect(all).not.toContain(named);
    }
    expect(all).not.toMatch(/node_modules|\bat .+\.[jt]s:\d+/);
    if (attack.says !== undefined && attack.says !== '') expect(all).toContain(attack.says);
  });
});

describe('afterwards', () => {
  it('nothing was polluted, and nothing failed unexpectedly', () => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(world.failures).toEqual([]);
  });

  it('one person cannot take all event streams', async () => {
    const token = await world.access.tokenOf('tomas');
    const stop = new AbortController();
    const statuses = await Promise.all(
      Array.from({ length: 110 }, async () => {
        const response = await fetch(`${world.sandbox.origin}/api/v1/stream`, {
          headers: { authorization: `Bearer ${token}` },
          signal: stop.signal,
        });
        return response.status;
      }),
    );
    stop.abort();
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });

  it('the sandbox still serves: a scenario runs to its end', async () => {
    const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct')!;
    await world.access.as(trainerOf(useCase.personas)).post('/reset');
    await playScenario({
      scenario: loadScenario(useCase, useCase.manifest.defaultScenario),
      manifest: useCase.manifest,
      as: (persona) => world.access.as(persona),
      trainer: trainerOf(useCase.personas),
      pause,
      now: () => performance.now(),
      onStep: () => undefined,
      occasion: 'after the attacks',
    });
  });
});
