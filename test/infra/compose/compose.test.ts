import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { configVariables, readConfig } from '../../../app/config.js';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const serviceSchema = z.looseObject({
  image: z.string(),
  build: z.looseObject({ context: z.string(), dockerfile: z.string() }).optional(),
  restart: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  user: z.string().optional(),
  read_only: z.boolean().optional(),
  stop_grace_period: z.string().optional(),
  healthcheck: z.looseObject({ test: z.array(z.string()), start_period: z.string() }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  deploy: z.looseObject({
    replicas: z.number().optional(),
    resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }),
  }),
});
const compose = z
  .object({
    services: z.record(z.string(), serviceSchema),
    networks: z.record(z.string(), z.looseObject({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(read('infra/compose/compose.yaml'), { merge: true }));
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const once = ['mongo-init', 'realm'];
const lasting = services.filter(([name]) => !once.includes(name));
/** What the realm takes from the environment. */
const realmVariables = [...read('infra/keycloak/realm.json').matchAll(/\$\{(SANDBOX_[A-Z_]+)/g)].map(
  ([, name]) => name,
);

describe('compose.yaml', () => {
  it('has the processes that the services profile needs, two workers among them', () => {
    expect(services.map(([name]) => name).sort()).toEqual(
      ['blocks', 'keycloak', 'mongo', 'mongo-init', 'realm', 'redis', 'server', 'worker'].sort(),
    );
    expect(compose.services['worker']?.deploy.replicas).toBe(2);
  });

  it('sets only variables that the sandbox or its realm reads, to values that it takes', () => {
    for (const [name, { environment }] of ours) {
      for (const variable of Object.keys(environment))
        expect([name, variable, [...configVariables, ...realmVariables].includes(variable)]).toEqual([
          name,
          variable,
          true,
        ]);
      const filled = Object.entries(environment).map(([variable, value]) => [
        variable,
        fillIn(String(value)),
      ]);
      expect(() => readConfig(Object.fromEntries(filled) as Record<string, string>)).not.toThrow();
    }
    const keycloak = Object.keys(compose.services['keycloak']?.environment ?? {});
    for (const variable of keycloak.filter((one) => one.startsWith('SANDBOX_')))
      expect(realmVariables).toContain(variable);
  });

  it('starts commands that there are, at ports and paths that answer', () => {
    const main = read('cli/main.ts');
    for (const [name, { command }] of ours.filter(([one]) => !once.includes(one)))
      expect([name, main.includes(`.command('${command?.[0] ?? ''}')`)]).toEqual([name, true]);
    expect(main).toContain("'--no-demo'");
    for (const [name, source] of [
      ['server', 'app/http-server.ts'],
      ['blocks', 'app/block-process.ts'],
    ] as const) {
      const { healthcheck, environment } = compose.services[name]!;
      const [, port, path] = /127\.0\.0\.1:(\d+)(\/\w+)/.exec(healthcheck?.test.join(' ') ?? '') ?? [];
      expect(String(environment['PORT'])).toBe(port);
      expect(read(source)).toContain(`app.get('${path ?? ''}'`);
    }
    const { SANDBOX_BLOCKS_URL, SANDBOX_SERVER_URL } = compose.services['server']!.environment;
    expect(SANDBOX_BLOCKS_URL).toBe(`http://blocks:${compose.services['blocks']!.environment['PORT']}`);
    expect(SANDBOX_SERVER_URL).toBe(`http://server:${compose.services['server']!.environment['PORT']}`);
    for (const file of ['infra/keycloak/write-import.ts', 'infra/keycloak/realm.json'])
      expect(existsSync(join(root, file))).toBe(true);
  });

  it('bounds every process, starts it again, and lets it end', () => {
    for (const [name, { restart }] of services)
      expect([name, restart]).toEqual([name, once.includes(name) ? 'on-failure' : 'unless-stopped']);
    for (const [name, { stop_grace_period, healthcheck }] of lasting) {
      expect([name, typeof stop_grace_period]).toEqual([name, 'string']);
      if (name !== 'worker') expect([name, typeof healthcheck?.start_period]).toEqual([name, 'string']);
    }
    for (const [, { depends_on }] of services)
      for (const needed of Object.keys(depends_on)) expect(compose.services).toHaveProperty([needed]);
  });

  it('runs our processes without rights, on a root that nobody writes to', () => {
    for (const [name, { user, read_only }] of ours)
      expect([name, user, read_only]).toEqual([name, 'node', true]);
  });

  it('publishes the server and Keycloak only, on loopback unless told', () => {
    const published = services.filter(([, { ports }]) => ports.length > 0);
    expect(published.map(([name]) => name).sort()).toEqual(['keycloak', 'server']);
    for (const [, { ports, networks }] of published) {
      expect(ports[0]).toContain(':-127.0.0.1:');
      expect(networks).toContain('edge');
    }
    expect(compose.networks['inside']?.internal).toBe(true);
    for (const [name, { networks, ports }] of services)
      if (ports.length === 0) expect([name, networks]).toEqual([name, ['inside']]);
  });

  it('names each image with its version, and the Keycloak that CI tests', () => {
    for (const [, { image }] of services) expect(image).toMatch(/:v?\d+\.\d+\.\d+(-\w+)?$/);
    const [, tested] = /KEYCLOAK_VERSION:-([\d.]+)/.exec(read('infra/ci/install-keycloak.sh')) ?? [];
    expect(compose.services['keycloak']?.image).toBe(`quay.io/keycloak/keycloak:${tested ?? ''}`);
    const { version } = JSON.parse(read('package.json')) as { version: string };
    for (const [, { image }] of ours) expect(image).toBe(`govstack-sandbox:${version}`);
  });

  it('holds no secret, and asks for each one that make-secrets.sh makes', () => {
    const text = read('infra/compose/compose.yaml');
    const example = read('infra/compose/.env.example');
    const made = execFileSync('sh', [join(root, 'infra/compose/make-secrets.sh')], { encoding: 'utf8' });
    const secrets = [...example.matchAll(/^([A-Z_]+)=$/gm)].map(([, name]) => name ?? '');
    expect(secrets.length).toBeGreaterThan(5);
    for (const secret of secrets) {
      expect(text).toContain(`\${${secret}:?`);
      expect(text).not.toContain(`\${${secret}:-`);
      expect(made).toMatch(new RegExp(`^${secret}=[0-9a-f]{64}$`, 'm'));
    }
    const values = [...made.matchAll(/=([0-9a-f]{64})$/gm)].map(([, value]) => value);
    expect(new Set(values).size).toBe(secrets.length);
    // What else is taken from outside is explained there, too.
    const asked = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name ?? '');
    for (const name of asked) expect(example).toMatch(new RegExp(`^${name}=`, 'm'));
    expect(read('.gitignore').split('\n')).toContain('.env');
  });

  it('keeps what must last in volumes that are declared', () => {
    for (const [, { volumes }] of services)
      for (const volume of volumes) expect(compose.volumes).toHaveProperty([volume.split(':')[0] ?? '']);
    expect(compose.services['redis']?.command?.join(' ')).toMatch(
      /--appendonly yes\s+--appendfsync always.*--maxmemory-policy noeviction/s,
    );
  });
});

describe('the Dockerfile', () => {
  const lines = read('infra/compose/Dockerfile').split('\n');

  it('ends without rights, and begins with a Node that the project takes', () => {
    const users = lines.filter((line) => line.startsWith('USER '));
    expect(users).toEqual(['USER node']);
    const bases = lines.filter((line) => line.startsWith('FROM '));
    expect(bases).toHaveLength(2);
    for (const base of bases) expect(base).toMatch(/^FROM node:\d+\.\d+\.\d+-/);
  });

  it('copies what is there, and nothing that .dockerignore holds back', () => {
    const copied = lines.filter((line) => line.startsWith('COPY --from=build '));
    for (const line of copied) {
      const path = line.split(' ')[2]?.replace('/app/', '') ?? '';
      if (!['node_modules', 'dist'].includes(path))
        expect([path, existsSync(join(root, path))]).toEqual([path, true]);
    }
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['**/node_modules', '**/.env', '.git', 'test']),
    );
  });
});

/** As compose fills it in: a given value, else the one behind `:-`. */
function fillIn(text: string): string {
  return text.replace(/\$\{[A-Z_]+:-([^}]*)\}/g, '$1').replace(/\$\{[A-Z_]+:\?[^}]*\}/g, 'ab'.repeat(32));
}
