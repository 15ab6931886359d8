// Plays use cases in many workspaces at once, on the embedded profile, and prints what it took; exits 1 when a case of one
// workspace is seen in another:
// node --import ./test/contract/typescript-register.mjs test/load/many-workspaces.ts [workspaces] [use case[,use case]]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../app/config.js';
import { loadUseCases } from '../../app/read-use-cases.js';
import { startSandbox } from '../../app/sandbox.js';
import { createAccess } from '../../cli/access.js';
import { freePort } from '../../cli/free-port.js';
import { loadScenario } from '../../cli/load-scenario.js';
import { pause } from '../../cli/real-clock.js';
import { playScenario } from '../../cli/scenario/play.js';
import { trainerOf } from '../../cli/session.js';
import type { UseCase } from '../../orchestrator/definition/load-use-case.js';
import { silentLogger } from '../../contracts/logger.js';
import type { WorkspaceView } from '../../contracts/workspace.js';

const many = Number(process.argv[2] ?? 20);
const wanted = (process.argv[3] ?? 'usct').split(',');

const useCases = (await loadUseCases()).filter(({ manifest }) => wanted.includes(manifest.id));
if (useCases.length !== wanted.length)
  throw new Error(`Not all of these are use cases: ${wanted.join(', ')}`);
const trainer = trainerOf(useCases[0]!.personas);
const dataDir = await mkdtemp(join(tmpdir(), 'many-workspaces-'));
const config = readConfig({}, { port: await freePort(), dataDir });
const sandbox = await startSandbox({ config, logger: silentLogger, environment: {} });
const mebibytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);
let peak = 0;
const looking = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100);
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);
const pages: number[] = [];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const before = mebibytes(process.memoryUsage().rss);
  const begun = performance.now();
  const rooms: WorkspaceView[] = [];
  for (let room = 1; room <= many; room += 1) {
    const made = await createAccess({ origin: sandbox.origin })
      .as(trainer)
      .post<{ workspace: WorkspaceView }>('/workspaces', { title: `Room ${room}` });
    rooms.push(made.workspace);
  }
  say(
    `${many} workspaces made in ${seconds(begun)} s; ${before} MiB before, ${mebibytes(process.memoryUsage().rss)} after`,
  );
  const played = performance.now();
  const browsing = new AbortController();
  const browse = async (): Promise<void> => {
    for (let room = 0; !browsing.signal.aborted; room += 1) {
      const asked = performance.now();
      await createAccess({ origin: sandbox.origin, workspace: rooms[room % many]!.id })
        .as(trainer)
        .get('/cases');
      pages.push(performance.now() - asked);
      await pause(100);
    }
  };
  // A play that fails ends the sandbox under it: what counts is told by the play.
  const watching = browse().catch(() => undefined);
  const play = async (id: string, useCase: UseCase): Promise<number> => {
    const access = createAccess({ origin: sandbox.origin, workspace: id });
    const start = performance.now();
    await playScenario({
      scenario: loadScenario(useCase),
      manifest: useCase.manifest,
      as: (persona) => access.as(persona),
      trainer: trainerOf(useCase.personas),
      pause,
      now: () => performance.now(),
      occasion: id,
      onStep: () => undefined,
    });
    return performance.now() - start;
  };
  // A workspace has one clock, which the scenarios move: one after the other in each, a different one first in every other.
  const times = await Promise.all(
    rooms.map(async ({ id }, room) => {
      let took = 0;
      for (const useCase of room % 2 === 0 ? useCases : [...useCases].reverse())
        took += await play(id, useCase);
      return took;
    }),
  );
  browsing.abort();
  await watching;
  const slowest = Math.max(...times) / 1000;
  const sorted = pages.sort((one, other) => one - other);
  say(
    `${many} times ${wanted.join(' and ')} at once in ${seconds(played)} s; the slowest took ${slowest.toFixed(1)} s`,
  );
  say(
    `A list of cases meanwhile, sign-in included: 95 % within ${Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0)} ms of ${sorted.length}`,
  );
  const seen = new Map<string, string>();
  for (const { id } of rooms) {
    const { cases } = await createAccess({ origin: sandbox.origin, workspace: id })
      .as(trainer)
      .get<{ cases: readonly { id: string }[] }>('/cases?limit=200');
    for (const one of cases) {
      if (seen.has(one.id)) process.exitCode = 1;
      seen.set(one.id, id);
    }
    if (cases.length < useCases.length) process.exitCode = 1;
  }
  say(
    process.exitCode === 1
      ? 'A case was seen in two workspaces, or is missing'
      : `${seen.size} cases, each seen in its own workspace only`,
  );
  const resets: number[] = [];
  for (const { id } of rooms) {
    const start = performance.now();
    await createAccess({ origin: sandbox.origin, workspace: id }).as(trainer).post('/reset');
    resets.push(performance.now() - start);
  }
  resets.sort((one, other) => one - other);
  say(
    `Reset of a workspace: median ${Math.round(resets[Math.floor(many / 2)] ?? 0)} ms, slowest ${Math.round(resets.at(-1) ?? 0)} ms, sign-in included`,
  );
  say(`Most memory: ${mebibytes(peak)} MiB`);
} finally {
  clearInterval(looking);
  await sandbox.close();
  await rm(dataDir, { recursive: true, force: true });
}
