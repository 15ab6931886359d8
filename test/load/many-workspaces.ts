// Plays a use case in many workspaces at once, on the embedded profile, and prints what it took:
// node --import ./test/contract/typescript-register.mjs test/load/many-workspaces.ts [workspaces] [use case]
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
import { silentLogger } from '../../contracts/logger.js';
import type { WorkspaceView } from '../../contracts/workspace.js';

const many = Number(process.argv[2] ?? 20);
const useCaseId = process.argv[3] ?? 'usct';

const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === useCaseId);
if (useCase === undefined) throw new Error(`There is no use case ${useCaseId}`);
const scenario = loadScenario(useCase);
const trainer = trainerOf(useCase.personas);
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
  const watching = browse();
  const times = await Promise.all(
    rooms.map(async ({ id }) => {
      const access = createAccess({ origin: sandbox.origin, workspace: id });
      const start = performance.now();
      await playScenario({
        scenario,
        manifest: useCase.manifest,
        as: (persona) => access.as(persona),
        trainer,
        pause,
        now: () => performance.now(),
        occasion: id,
        onStep: () => undefined,
      });
      return performance.now() - start;
    }),
  );
  browsing.abort();
  await watching;
  const slowest = Math.max(...times) / 1000;
  const sorted = pages.sort((one, other) => one - other);
  say(
    `${many} times ${scenario.name} at once in ${seconds(played)} s; the slowest took ${slowest.toFixed(1)} s`,
  );
  say(
    `A list of cases meanwhile, sign-in included: 95 % within ${Math.round(sorted[Math.floor(sorted.length * 0.95)] ?? 0)} ms of ${sorted.length}`,
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
