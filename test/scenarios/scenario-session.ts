import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../app/config.js';
import type { loadUseCases } from '../../app/read-use-cases.js';
import type { Case } from '../../contracts/case.js';
import { silentLogger } from '../../contracts/logger.js';
import type { CoverageCount } from '../../app/project.js';
import { collect } from '../../cli/coverage/collect.js';
import { freePort } from '../../cli/free-port.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { playScenario } from '../../cli/scenario/play.js';
import { openSession, trainerOf } from '../../cli/session.js';

type UseCase = Awaited<ReturnType<typeof loadUseCases>>[number];

/** A sandbox in this process, with a data folder of its own, that scenarios are played on. */
export interface ScenarioSession {
  readonly description: Readonly<Record<string, string>>;
  /** Plays a scenario through the API, as its personas; the cases that it saved, by name. */
  play(useCase: UseCase, scenario: string): Promise<ReadonlyMap<string, Case>>;
  /** What the runs since the last reset came to. */
  collect(useCase: UseCase, count: CoverageCount): Promise<void>;
  reset(useCase: UseCase): Promise<void>;
  close(): Promise<void>;
}

/** `variables` is all of the environment that the sandbox gets to see. */
export async function openScenarioSession(
  variables: Readonly<Record<string, string>> = {},
): Promise<ScenarioSession> {
  const dataDir = await mkdtemp(join(tmpdir(), 'scenarios-'));
  const config = readConfig({ ...variables }, { port: await freePort(), dataDir });
  const session = await openSession(config, silentLogger);
  let played = 0;
  return {
    description: session.sandbox.description,
    play: (useCase, scenario) => {
      played += 1;
      return playScenario({
        scenario: loadScenario(useCase, scenario),
        manifest: useCase.manifest,
        as: (persona) => session.as(persona),
        trainer: trainerOf(useCase.personas),
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        now: () => performance.now(),
        onStep: () => undefined,
        occasion: `${Date.now()}-${played}`,
      });
    },
    collect: (useCase, count) => collect(session.as(trainerOf(useCase.personas)), count),
    reset: async (useCase) => {
      await session.as(trainerOf(useCase.personas)).post('/reset');
    },
    close: async () => {
      await session.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
