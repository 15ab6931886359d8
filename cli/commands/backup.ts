import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readConfig } from '../../app/config.js';
import { backUp, migrateTo, restore } from '../../app/project.js';
import { SandboxError } from '../../contracts/problems.js';
import { createTerminalLogger } from '../terminal-logger.js';

interface BackupOptions {
  readonly data?: string;
  readonly url?: string;
  readonly replace?: boolean;
  readonly to?: string;
  readonly json?: boolean;
}

/** `sandbox backup`: of an installation that is stopped, or of a running one by its API. */
export async function backup(path: string, options: BackupOptions): Promise<void> {
  const file = resolve(path);
  if (options.url !== undefined) {
    await download(options.url, file);
    say(
      options,
      { file },
      `${file}: the running sandbox was backed up. The key of its secrets stays with it.`,
    );
    return;
  }
  const config = readConfig(process.env, { dataDir: options.data });
  const taken = await backUp(config, createTerminalLogger(config.logLevel), file);
  const { counts, keyFile } = taken;
  const key =
    keyFile === undefined
      ? config.secretsKey === undefined
        ? 'There are no secrets, so there is no key.'
        : 'The secrets in it are opened by your SANDBOX_SECRETS_KEY.'
      : `The key of the secrets is in ${keyFile}: keep it somewhere else than the backup.`;
  say(
    options,
    taken,
    `${file}: ${counts.documents} documents and ${counts.entries} entries of ${counts.streams} streams. ${key}`,
  );
}

/** `sandbox restore`: into a stopped installation. */
export async function restoreBackup(path: string, options: BackupOptions): Promise<void> {
  const config = readConfig(process.env, { dataDir: options.data });
  const file = resolve(path);
  const done = await restore(config, createTerminalLogger(config.logLevel), file, options.replace === true);
  const aside = done.aside === undefined ? '' : ` What was there lies in ${done.aside}.`;
  say(
    options,
    { ...done },
    `The backup of ${done.takenAt} is in place: ${done.counts.documents} documents.${aside}`,
  );
}

/** `sandbox migrate --to services | embedded`: copies the installation to the other profile. */
export async function migrate(options: BackupOptions): Promise<void> {
  const config = readConfig(process.env, { dataDir: options.data });
  const { redisUrl, mongodbUri, ...rest } = config;
  if (redisUrl === undefined || mongodbUri === undefined)
    throw new SandboxError('GSB-CFG-001', {
      detail:
        'REDIS_URL and MONGODB_URI: both must name the services to which, or from which, the data goes.',
    });
  const [from, to] = options.to === 'services' ? [rest, config] : [config, rest];
  const logger = createTerminalLogger(config.logLevel);
  const done = await migrateTo(from, to, logger, options.replace === true);
  say(
    options,
    { to: options.to, ...done },
    `${done.counts.documents} documents and ${done.counts.entries} entries are copied; what was copied from stays as it was.`,
  );
}

async function download(url: string, file: string): Promise<void> {
  const token = process.env['SANDBOX_TOKEN'];
  if (token === undefined || token === '')
    throw new SandboxError('GSB-AUT-001', {
      detail: 'With --url, SANDBOX_TOKEN must hold the bearer token of an administrator.',
    });
  const address = `${url.replace(/\/+$/, '')}/api/v1/backup`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } }).catch(
    (cause: unknown) => {
      throw new SandboxError('GSB-CFG-007', { detail: `Nothing of the sandbox answers at ${url}.`, cause });
    },
  );
  if (!answer.ok || answer.body === null)
    throw new SandboxError(
      answer.status === 401 ? 'GSB-AUT-001' : answer.status === 403 ? 'GSB-AUT-002' : 'GSB-REQ-003',
      {
        detail: `${address} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`,
      },
    );
  await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(`${file}.part`, { mode: 0o600 }));
  await rename(`${file}.part`, file);
}

function say({ json }: BackupOptions, data: object, text: string): void {
  process.stdout.write(json === true ? `${JSON.stringify(data)}\n` : `${text}\n`);
}
