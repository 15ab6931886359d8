import { createServer } from 'node:net';
import { access, constants, mkdir } from 'node:fs/promises';
import { freemem } from 'node:os';
import { dirname } from 'node:path';
import { paint } from '../paint.js';
import { readConfig } from '../../app/config.js';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
}

/** `sandbox doctor`: whether this machine can run the sandbox, and what carries which part. */
export async function doctor(options: {
  readonly port?: number;
  readonly data?: string;
  readonly json?: boolean;
}): Promise<void> {
  const config = readConfig(process.env, { port: options.port, dataDir: options.data });
  const findings: Finding[] = [
    nodeVersion(process.versions.node),
    await portIsFree(config.port, config.host),
    await folderIsWritable(config.dataDir),
    memory(),
    {
      what: 'Queue and journal',
      ok: true,
      says: config.redisUrl === undefined ? 'embedded' : 'Redis (REDIS_URL)',
    },
    {
      what: 'Documents',
      ok: true,
      says: config.mongodbUri === undefined ? 'embedded' : 'MongoDB (MONGODB_URI)',
    },
    {
      what: 'Identity',
      ok: true,
      says: config.keycloakUrl === undefined ? 'embedded' : `Keycloak at ${config.keycloakUrl}`,
    },
  ];
  if (options.json === true)
    process.stdout.write(`${JSON.stringify({ ok: findings.every(({ ok }) => ok), findings })}\n`);
  else {
    for (const { what, ok, says } of findings) {
      process.stdout.write(`${ok ? paint('green', '✓') : paint('red', '✗')} ${what}: ${says}\n`);
    }
  }
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
}

function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { what: 'Node.js', ok, says: ok ? version : `${version} is too old: install 20.19 or later` };
}

function portIsFree(port: number, host: string): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () =>
      resolve({ what: 'Port', ok: false, says: `${port} is taken: choose another with --port or PORT` }),
    );
    server.listen(port, host, () =>
      server.close(() => resolve({ what: 'Port', ok: true, says: `${port} is free` })),
    );
  });
}

async function folderIsWritable(folder: string): Promise<Finding> {
  try {
    await mkdir(dirname(folder), { recursive: true });
    await access(dirname(folder), constants.W_OK);
    return { what: 'Data folder', ok: true, says: folder };
  } catch {
    return {
      what: 'Data folder',
      ok: false,
      says: `${folder} cannot be written: choose another with --data or SANDBOX_DATA`,
    };
  }
}

function memory(): Finding {
  const megabytes = Math.round(freemem() / 1024 ** 2);
  return {
    what: 'Memory',
    ok: megabytes > 500,
    says: `${megabytes} MB free${megabytes > 500 ? '' : ': 500 MB are needed'}`,
  };
}
