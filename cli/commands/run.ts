import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../app/config.js';
import { createCoverage, loadUseCases } from '../../app/project.js';
import { SandboxError } from '../../contracts/problems.js';
import { parseBindOption, withHosts } from '../bind/bind-option.js';
import { playBound } from '../bind/play-bound.js';
import { runCohort } from '../cohort/run-cohort.js';
import { collect, coverageText } from '../coverage/collect.js';
import { freePort } from '../free-port.js';
import { playLive } from '../live/play-live.js';
import { loadScenario } from '../load-scenario.js';
import { openSession, trainerOf } from '../session.js';
import { createTerminalLogger } from '../terminal-logger.js';

export interface RunOptions {
  readonly scenario?: string;
  /** A country pack: the workspace is emptied and begins anew there. */
  readonly country?: string;
  readonly all?: boolean;
  /** Prints what the scenarios came to; a number is the least percentage of tasks and of branches. */
  readonly coverage?: boolean | string;
  readonly cohort?: number;
  readonly seed?: number;
  readonly port?: number;
  readonly data?: string;
  readonly workspace?: string;
  /** `block=address`: systems in the place of mocks. */
  readonly bind?: readonly string[];
  readonly json?: boolean;
}

/** `sandbox run`: a scenario or a cohort, in a sandbox of its own unless a data folder is named. */
export async function run(id: string, options: RunOptions): Promise<void> {
  const written = (await loadUseCases()).find(({ manifest }) => manifest.id === id);
  if (written === undefined)
    throw new SandboxError('GSB-REQ-002', { detail: `There is no use case "${id}" under usecases/.` });
  const temporary =
    options.data === undefined ? await mkdtemp(join(tmpdir(), 'govstack-sandbox-')) : undefined;
  const bound = (options.bind ?? []).map(parseBindOption);
  if (bound.length > 0 && options.cohort !== undefined)
    throw new SandboxError('GSB-REQ-001', { detail: 'Give --bind or --cohort, not both.' });
  const hosts = withHosts(process.env['SANDBOX_OUTBOUND_HOSTS'], bound);
  const config = readConfig(
    { ...process.env, SANDBOX_OUTBOUND_HOSTS: hosts },
    {
      port: options.port ?? (await freePort()),
      dataDir: options.data ?? temporary,
    },
  );
  const session = await openSession(
    config,
    createTerminalLogger(config.logLevel),
    undefined,
    undefined,
    options.workspace,
  );
  const write =
    options.json === true
      ? (): void => undefined
      : (line: string): void => void process.stdout.write(`${line}\n`);
  const trainer = trainerOf(written.personas);
  try {
    if (options.country !== undefined) await session.as(trainer).post('/reset', { country: options.country });
    const { countries } = session.sandbox;
    const useCase = await countries.useCase(session.workspace, id);
    if (options.cohort !== undefined) {
      const report = await runCohort({
        session,
        useCase,
        rows: options.cohort,
        seed: options.seed,
        trainer,
        write,
        said: (value) => countries.said(session.workspace, value),
      });
      if (options.json === true) process.stdout.write(`${JSON.stringify(report)}\n`);
      if (!report.asExpected) process.exitCode = 1;
      return;
    }
    const names =
      options.all === true
        ? Object.keys(useCase.scenarios)
        : [options.scenario ?? useCase.manifest.defaultScenario];
    const coverage = options.coverage === undefined ? undefined : createCoverage(useCase.workflows);
    for (const name of names) {
      const play = { session, useCase, scenario: loadScenario(useCase, name), trainer, write };
      if (bound.length > 0) {
        // In a data folder that is kept, what was played before would count for the candidate.
        if (options.data !== undefined) await session.as(trainer).post('/reset');
        const result = await playBound({ ...play, bound });
        if (options.json === true) process.stdout.write(`${JSON.stringify({ scenario: name, ...result })}\n`);
        if (!result.ok) process.exitCode = 1;
        if (names.length > 1) await session.as(trainer).post('/reset');
        continue;
      }
      const result = await playLive(play);
      if (options.json === true)
        process.stdout.write(`${JSON.stringify({ scenario: name, ok: true, ...result })}\n`);
      if (coverage !== undefined) await collect(session.as(trainer), coverage);
      if (names.length > 1) await session.as(trainer).post('/reset');
    }
    if (coverage !== undefined) {
      const result = coverage.result();
      if (options.json === true) process.stdout.write(`${JSON.stringify({ coverage: result })}\n`);
      else write(coverageText(result));
      const least = Number(options.coverage === true ? 0 : options.coverage);
      if (Math.min(result.tasks.percent, result.branches.percent) < least) process.exitCode = 1;
    }
  } finally {
    await session.close();
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  }
}
