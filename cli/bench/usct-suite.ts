import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figure, type SuiteReport } from '../../app/bench/figure.js';
import { readConfig } from '../../app/config.js';
import { loadUseCases } from '../../app/project.js';
import { SandboxError } from '../../contracts/problems.js';
import { runCohort } from '../cohort/run-cohort.js';
import { freePort } from '../free-port.js';
import { openSession, trainerOf } from '../session.js';
import { createTerminalLogger } from '../terminal-logger.js';

export interface UsctOptions {
  readonly runs: number;
  readonly households: number;
  /** What carries the sandbox: REDIS_URL and MONGODB_URI, or neither. */
  readonly environment: NodeJS.ProcessEnv;
  readonly setting: string;
}

/** The cash transfer itself, through the mediator: a small census from the first row to the last credit. */
export async function measureUsct(options: UsctOptions): Promise<SuiteReport> {
  const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct');
  if (useCase === undefined)
    throw new SandboxError('GSB-REQ-002', { detail: 'There is no use case "usct".' });
  const rates: number[] = [];
  for (let run = 0; run < options.runs; run += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'govstack-bench-'));
    const config = readConfig(options.environment, { port: await freePort(), dataDir: folder });
    const session = await openSession(config, createTerminalLogger(config.logLevel));
    const trainer = trainerOf(useCase.personas);
    try {
      const { rows, seconds, asExpected } = await runCohort({
        session,
        useCase,
        rows: options.households,
        seed: run + 1,
        trainer,
        write: () => undefined,
      });
      if (!asExpected) throw new Error('A household of the cohort ended otherwise than expected');
      rates.push(rows / seconds);
      // Services outlive the session: the next run must not meet the households of this one.
      await session.as(trainer).post('/reset');
    } finally {
      await session.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return {
    suite: 'usct',
    on: `${options.setting}; ${options.households} households`,
    figures: [figure('households through the whole programme', 'per second', rates)],
  };
}
