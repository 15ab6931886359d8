import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadUseCases } from '../../app/read-use-cases.js';
import { createAccess, type Access } from '../../cli/access.js';
import { freePort } from '../../cli/free-port.js';
import { trainerOf } from '../../cli/session.js';
import { createPatientFetch } from './patient-fetch.js';
import { createSandboxProcess, type SandboxProcess } from './sandbox-process.js';

const ROOT = join(import.meta.dirname, '../..');
/** How long the sandbox may be away before a request to it fails. */
const PATIENCE_MS = 60_000;

export interface CrashSession {
  readonly sandbox: SandboxProcess;
  readonly access: Access;
  readonly useCase: Awaited<ReturnType<typeof loadUseCases>>[number];
  readonly trainer: string;
  readonly dataDir: string;
  /** Where record-syncs.mjs writes, when it is asked to. */
  readonly syncs: string;
  close(): Promise<void>;
}

/** Brings `dist/` up to date: the process that is killed runs what people run. */
export async function buildSandbox(): Promise<void> {
  await promisify(execFile)(process.execPath, ['infra/build/build.mjs'], { cwd: ROOT });
}

/** A sandbox in a process and a folder of its own, and clients that wait while it is down. */
export async function openCrashSession(
  given: Readonly<Record<string, string>> = {},
  { syncLog = false }: { readonly syncLog?: boolean } = {},
): Promise<CrashSession> {
  const useCase = (await loadUseCases()).find(({ manifest }) => manifest.id === 'usct');
  if (useCase === undefined) throw new Error('there is no use case usct');
  const root = await mkdtemp(join(tmpdir(), 'crash-'));
  const [dataDir, syncs] = [join(root, 'data'), join(root, 'syncs')];
  const variables = syncLog ? { ...given, SYNC_LOG: syncs } : given;
  const sandbox = createSandboxProcess({ dataDir, port: await freePort(), variables });
  const access = createAccess({
    origin: sandbox.origin,
    realmOrigin: variables['KEYCLOAK_URL'],
    request: createPatientFetch(PATIENCE_MS),
  });
  await sandbox.start();
  return {
    sandbox,
    access,
    useCase,
    trainer: trainerOf(useCase.personas),
    dataDir,
    syncs,
    close: async () => {
      await sandbox.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}
