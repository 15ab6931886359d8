import { readFile } from 'node:fs/promises';
import { readConfig } from '../../app/config.js';
import { withSecretStore } from '../../app/project.js';
import { DEFAULT_WORKSPACE, workspaceIdSchema, type WorkspaceId } from '../../contracts/ids.js';
import type { Json } from '../../contracts/json.js';
import { problems, SandboxError, type ProblemCode } from '../../contracts/problems.js';
import type { Secrets } from '../../contracts/secrets.js';
import { ApiRefusal, createApiClient, type ApiClient } from '../api-client.js';
import { workspaceRoot } from '../access.js';
import { credentialsFor } from '../login/credentials.js';
import { createTerminalLogger } from '../terminal-logger.js';

export interface SecretOptions {
  readonly data?: string;
  readonly url?: string;
  readonly file?: string;
  readonly workspace?: string;
  readonly json?: boolean;
}

type Store = Pick<Secrets, 'list' | 'set' | 'remove'>;

/** `sandbox secret set`: the value comes from a file or from the standard input, never from the command line. */
export async function setSecret(name: string, options: SecretOptions): Promise<void> {
  const text =
    options.file === undefined ? await readAll(process.stdin) : await readFile(options.file, 'utf8');
  const value = valueOf(text);
  await withStore(options, (store) => store.set(workspaceOf(options), name, value));
  say(options, { set: name }, `The secret ${name} is stored.`);
}

/** `sandbox secret list`: names only. */
export async function listSecrets(options: SecretOptions): Promise<void> {
  await withStore(options, async (store) => {
    const secrets = await store.list(workspaceOf(options));
    say(options, { secrets }, secrets.length === 0 ? 'There are no secrets.' : secrets.join('\n'));
  });
}

/** `sandbox secret remove`. */
export async function removeSecret(name: string, options: SecretOptions): Promise<void> {
  await withStore(options, async (store) => {
    if (!(await store.remove(workspaceOf(options), name)))
      throw new SandboxError('GSB-REQ-002', { detail: `There is no secret ${name}.` });
  });
  say(options, { removed: name }, `The secret ${name} is gone.`);
}

/**
 * An object or a list is JSON; everything else is a text as it stands, so that the password 0123 stays one. The line
 * break at its end belongs to the editor.
 */
export function valueOf(text: string): Json {
  const value = text.replace(/\r?\n$/, '');
  if (value === '')
    throw new SandboxError('GSB-REQ-001', { detail: 'The secret is empty: nothing was stored.' });
  if (!/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** A running sandbox by its API with `--url`, and else the data itself, which no sandbox may be using. */
async function withStore<T>(options: SecretOptions, use: (store: Store) => Promise<T>): Promise<T> {
  if (options.url === undefined) {
    const config = readConfig(process.env, { dataDir: options.data });
    return withSecretStore(config, createTerminalLogger(config.logLevel), use);
  }
  const root = `${workspaceRoot(options.url.replace(/\/+$/, ''), workspaceOf(options))}/api/v1`;
  try {
    const token = await credentialsFor({ origin: options.url.replace(/\/+$/, '') });
    if (token === undefined)
      throw new SandboxError('GSB-AUT-001', {
        detail:
          'With --url, SANDBOX_TOKEN must hold the bearer token of a developer or administrator, or sandbox login one of them.',
      });
    return await use(overApi(createApiClient(root, token)));
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    if (error instanceof ApiRefusal && error.code in problems)
      throw new SandboxError(error.code as ProblemCode, { detail: error.message, cause: error });
    throw new SandboxError('GSB-CFG-007', {
      detail: `Nothing of the sandbox answers at ${root}.`,
      cause: error,
    });
  }
}

function workspaceOf({ workspace = process.env['SANDBOX_WORKSPACE'] }: SecretOptions): WorkspaceId {
  if (workspace === undefined || workspace === '') return DEFAULT_WORKSPACE;
  const parsed = workspaceIdSchema.safeParse(workspace);
  if (parsed.success) return parsed.data;
  throw new SandboxError('GSB-REQ-001', { detail: `--workspace: ${workspace} is no id of a workspace.` });
}

function overApi(api: ApiClient): Store {
  return {
    list: async () => (await api.get<{ secrets: string[] }>('/secrets')).secrets,
    set: (_workspace, name, value) => api.put(`/secrets/${encodeURIComponent(name)}`, { value }),
    remove: async (_workspace, name) => {
      await api.delete(`/secrets/${encodeURIComponent(name)}`);
      return true;
    },
  };
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  if (stream.isTTY) process.stderr.write('Type the secret; end it with a new line and Ctrl-D.\n');
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString('utf8');
}

function say({ json }: SecretOptions, data: Json, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(data)}\n` : `${text}\n`);
}
