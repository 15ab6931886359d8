import { readFile, writeFile } from 'node:fs/promises';
import { createTrainer } from '../trainer.js';
import { paint } from '../paint.js';
import { workspaceLimits } from '../../contracts/limits.js';
import { SandboxError } from '../../contracts/problems.js';
import { type SnapshotView, type WorkspaceLimits, type WorkspaceView } from '../../contracts/workspace.js';

export interface WorkspaceOptions {
  /** Where the sandbox answers; PUBLIC_URL or PORT of this environment when absent. */
  readonly url?: string;
  /** User name of the persona that does it; the first trainer when absent. */
  readonly as?: string;
  readonly json?: boolean;
}

export interface CreateOptions extends WorkspaceOptions {
  readonly expires?: string;
  readonly country?: string;
  readonly locale?: string;
  readonly seed?: string;
  /** `name=number`, as often as one likes. */
  readonly limit?: readonly string[];
}

/** `sandbox workspace create TITLE` */
export async function createWorkspace(title: string, options: CreateOptions): Promise<void> {
  const trainer = await createTrainer(options);
  const { workspace } = await trainer.api.post<{ workspace: WorkspaceView }>('/workspaces', {
    title,
    ...(options.expires === undefined ? {} : { expiresAt: expiryOf(options.expires) }),
    ...(options.country === undefined ? {} : { country: options.country }),
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.limit === undefined ? {} : { limits: limitsOf(options.limit) }),
  });
  say(options, workspace, told(workspace));
}

/** `sandbox workspace list` */
export async function listWorkspaces(options: WorkspaceOptions): Promise<void> {
  const trainer = await createTrainer(options);
  const { workspaces } = await trainer.api.get<{ workspaces: readonly WorkspaceView[] }>('/workspaces');
  say(options, workspaces, workspaces.map(told).join('\n'));
}

/** `sandbox workspace show ID`: with its snapshots. */
export async function showWorkspace(id: string, options: WorkspaceOptions): Promise<void> {
  const trainer = await createTrainer(options);
  const { workspace } = await trainer.api.get<{ workspace: WorkspaceView }>(pathOf(id));
  const { snapshots } = await trainer.api.get<{ snapshots: readonly SnapshotView[] }>(
    `${pathOf(id)}/snapshots`,
  );
  say(options, { ...workspace, snapshots }, [told(workspace), ...snapshots.map(snapshotLine)].join('\n'));
}

/** `sandbox workspace join CODE`: nobody needs to be signed in for that. */
export async function joinWorkspace(code: string, options: WorkspaceOptions): Promise<void> {
  const trainer = await createTrainer(options);
  const joined = await trainer.api.post<{ id: string; url: string; title: string }>('/workspaces/join', {
    code,
  });
  say(options, joined, `${paint('bold', joined.title)}\n  ${paint('cyan', joined.url)}`);
}

/** `sandbox workspace remove ID` */
export async function removeWorkspace(id: string, options: WorkspaceOptions): Promise<void> {
  const trainer = await createTrainer(options);
  await trainer.api.delete(pathOf(id));
  say(options, { removed: id }, `Nothing is left of the workspace ${id}.`);
}

/** `sandbox workspace snapshot ID NAME` */
export async function takeSnapshot(id: string, name: string, options: WorkspaceOptions): Promise<void> {
  const trainer = await createTrainer(options);
  const answer = await trainer.api.post<{ snapshot: SnapshotView }>(`${pathOf(id)}/snapshots`, { name });
  say(options, answer.snapshot, snapshotLine(answer.snapshot));
}

/** `sandbox workspace restore ID NAME` */
export async function restoreSnapshot(id: string, name: string, options: WorkspaceOptions): Promise<void> {
  const trainer = await createTrainer(options);
  await trainer.api.post(`${pathOf(id)}/snapshots/${encodeURIComponent(name)}/restore`);
  say(options, { restored: name, workspace: id }, `The workspace ${id} is as it was at ${name}.`);
}

export interface ExportOptions extends WorkspaceOptions {
  readonly payloads?: boolean;
}

/** `sandbox workspace export ID FILE` */
export async function exportWorkspace(id: string, file: string, options: ExportOptions): Promise<void> {
  const trainer = await createTrainer(options);
  const bytes = await trainer.download(
    `${pathOf(id)}/export${options.payloads === true ? '?payloads=true' : ''}`,
  );
  await writeFile(file, bytes, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new SandboxError('GSB-REQ-003', { detail: `${file} is there already; name another file.` });
  });
  const about =
    options.payloads === true ? 'with what it says about people' : 'without what it says about people';
  say(options, { file, bytes: bytes.length }, `${file}: ${bytes.length} bytes, ${about}.`);
}

/** `sandbox workspace import FILE` */
export async function importWorkspace(file: string, options: WorkspaceOptions): Promise<void> {
  const trainer = await createTrainer(options);
  const { workspace } = await trainer.upload<{ workspace: WorkspaceView }>(
    '/workspaces/import',
    await readFile(file),
  );
  say(options, workspace, told(workspace));
}

function pathOf(id: string): string {
  return `/workspaces/${encodeURIComponent(id)}`;
}

function expiryOf(text: string): string {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime()))
    throw new SandboxError('GSB-REQ-001', {
      detail: `--expires: ${text} is no instant such as 2026-06-30T18:00:00Z.`,
    });
  return instant.toISOString();
}

function limitsOf(given: readonly string[]): WorkspaceLimits {
  return Object.fromEntries(
    given.map((text) => {
      const [name = '', value = ''] = text.split('=');
      if (!(workspaceLimits as readonly string[]).includes(name) || !/^[1-9]\d*$/.test(value))
        throw new SandboxError('GSB-REQ-001', {
          detail: `--limit: ${text} is not one of ${workspaceLimits.join(', ')} with a number, such as runs=500.`,
        });
      return [name, Number(value)];
    }),
  );
}

function told({ id, title, joinCode, url, expiresAt }: WorkspaceView): string {
  const lines = [
    `${paint('bold', title)} ${paint('gray', `(${id})`)}`,
    `  ${paint('cyan', url)}`,
    ...(joinCode === undefined ? [] : [`  Join code  ${paint('bold', joinCode)}`]),
    ...(expiresAt === undefined ? [] : [`  Expires    ${expiresAt}`]),
  ];
  return lines.join('\n');
}

function snapshotLine({ name, takenAt, documents, entries }: SnapshotView): string {
  return `  Snapshot   ${paint('bold', name)} of ${takenAt}: ${documents} documents, ${entries} log entries`;
}

function say({ json }: WorkspaceOptions, data: unknown, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(data)}\n` : `${text}\n`);
}
