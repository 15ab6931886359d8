import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../app/config.js';
import { startSandbox, type Sandbox } from '../../app/sandbox.js';
import { createAccess, type Access } from '../../cli/access.js';
import { freePort } from '../../cli/free-port.js';
import { roles } from '../../contracts/identity.js';
import { silentLogger } from '../../contracts/logger.js';
import { permissions } from '../../orchestrator/http/permissions.js';
import { writeSmallUseCase } from '../app/small-use-case.js';
import { callers, outerRoutes, type Caller, type OuterRoute } from './outer-routes.js';

let sandbox: Sandbox;
let access: Access;
let folders: readonly string[];
beforeAll(async () => {
  const useCaseFolder = await writeSmallUseCase({ quiet: { tasks: '  - one: { set: { a: 1 } }' } });
  const personas = roles.map((role) => {
    const person = role === 'citizen' ? ', person: person-citizen' : '';
    return `  - { id: ${role}, name: ${role}, title: Test, story: Test., roles: [${role}], locale: en${person} }`;
  });
  await writeFile(join(useCaseFolder, 'small', 'personas.yaml'), `personas:\n${personas.join('\n')}\n`);
  const dataDir = await mkdtemp(join(tmpdir(), 'outer-routes-'));
  folders = [useCaseFolder, dataDir];
  sandbox = await startSandbox({
    config: readConfig({}, { port: await freePort(), dataDir }),
    logger: silentLogger,
    environment: {},
    useCaseFolder,
  });
  access = createAccess({ origin: sandbox.origin });
}, 60_000);
afterAll(async () => {
  await sandbox.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

function expected({ audience, answers }: OuterRoute, caller: Caller): readonly number[] {
  if (audience === 'anybody' || audience === 'a proof of its own') return answers;
  if (caller === 'nobody') return [401];
  if (audience === 'signed-in' || audience.some((role) => role === caller)) return answers;
  return [401, 403];
}

const cells = outerRoutes.flatMap((route) => callers.map((caller) => [route, caller] as const));

describe('who may use what is outside /api/v1', () => {
  it.each(cells.map(([route, caller]) => [route.method, route.path, caller, route] as const))(
    '%s %s as %s',
    async (method, path, caller, route) => {
      const response = await fetch(sandbox.origin + path, {
        method,
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          ...(path.startsWith('/r1/') ? { 'x-govstack-client': 'SANDBOX/GOV/TEST/SMALL' } : {}),
          ...(caller === 'nobody' ? {} : { authorization: `Bearer ${await access.tokenOf(caller)}` }),
        },
      });
      await response.arrayBuffer();
      expect(expected(route, caller)).toContain(response.status);
      if (response.status === 401 && !path.startsWith('/auth/') && !path.endsWith('/token'))
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    },
  );

  it('has an entry for each place where something is mounted: 0 are untested', () => {
    const source = ['http-server.ts', 'relying-party-routes.ts', 'workspace-tree.ts', 'internal-calls.ts']
      .map((name) => readFileSync(new URL(`../../app/${name}`, import.meta.url), 'utf8'))
      .join('\n');
    const literals = [
      ...source.matchAll(/\b(?:app|tree|router)\.(?:get|post|put|all|use)\(\s*[`'](\/[^`'$]*)/g),
    ];
    const mounted = literals.map(([, literal = '']) => literal.replace(/:[^/]+/g, '').replace(/\/+$/, ''));
    const tested = (place: string): boolean =>
      place.startsWith('/api/v1') ||
      outerRoutes.some(({ path }) => path === place || path.startsWith(`${place}/`));
    const untested = [...new Set(mounted)].filter((place) => !tested(place));
    process.stdout.write(
      `Permissions: ${Object.keys(permissions).length * callers.length} cells of the API (test/orchestrator/http/api.test.ts), ` +
        `${cells.length} outside of it, ${untested.length} untested\n`,
    );
    expect(mounted.length).toBeGreaterThan(5);
    expect(untested).toEqual([]);
  });
});
