import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { isAtLeast } from '../../../app/doctor/finding.js';
import { judgeMachine, lookAtMachine, type MachineFacts } from '../../../app/doctor/machine.js';
import { judgeProcesses } from '../../../app/doctor/processes.js';
import {
  judgeKeycloak,
  judgeMongo,
  judgeRedis,
  type KeycloakFacts,
  type MongoFacts,
  type RedisFacts,
} from '../../../app/doctor/services.js';

const machine: MachineFacts = {
  node: '20.20.2',
  port: 4000,
  portIs: 'free',
  folder: { path: '/srv/sandbox', writable: true, freeMegabytes: 50_000 },
  freeMemoryMegabytes: 4_000,
};
const redis: RedisFacts = {
  version: '7.4.2',
  appendfsync: 'always',
  maxmemoryPolicy: 'noeviction',
  skewMs: 3,
};
const mongo: MongoFacts = { version: '8.0.5', replicaSet: 'rs0', skewMs: 3 };
const keycloak: KeycloakFacts = {
  url: 'http://id.example',
  realm: 'there',
  issuer: 'http://id.example/realms/govstack',
  expectedIssuer: 'http://id.example/realms/govstack',
  skewMs: -400,
  audience: ['account', 'sandbox-api'],
};
const present = (kind: 'server' | 'worker' | 'blocks', version: string, name = 'a') => ({
  _id: `${kind}/${name}/1`,
  kind,
  version,
  at: '2026-01-01T00:00:00.000Z',
});

describe('the doctor', () => {
  it('has nothing to say against what is as it should be', () => {
    const all = [
      ...judgeMachine(machine),
      ...judgeRedis(redis),
      ...judgeMongo(mongo),
      ...judgeKeycloak(keycloak, 'sandbox-api'),
      ...judgeProcesses([present('server', '1.0.0'), present('worker', '1.0.0')], '1.0.0'),
    ];
    expect(all.map(({ level }) => level)).toEqual(all.map(() => 'good'));
  });

  const folder = machine.folder!;
  it.each([
    ['an old Node', judgeMachine({ ...machine, node: '20.18.0' }), 'Node.js', /20\.18\.0 is too old/],
    [
      'a running sandbox that waits',
      judgeMachine({ ...machine, portIs: 'a sandbox', storesAway: ['journal', 'queue'] }),
      'Sandbox',
      /journal and queue away/,
    ],
    ['a port that is taken', judgeMachine({ ...machine, portIs: 'taken' }), 'Port', /4000 is taken/],
    [
      'a folder',
      judgeMachine({ ...machine, folder: { ...folder, writable: false } }),
      'Data folder',
      /cannot be written/,
    ],
    [
      'a full disk',
      judgeMachine({ ...machine, folder: { ...folder, freeMegabytes: 20 } }),
      'Disk',
      /20 MB free/,
    ],
    ['no memory', judgeMachine({ ...machine, freeMemoryMegabytes: 100 }), 'Memory', /100 MB free/],
    ['an old Redis', judgeRedis({ ...redis, version: '6.0.16' }), 'Redis (queue, journal)', /too old/],
    [
      'everysec',
      judgeRedis({ ...redis, appendfsync: 'everysec' }),
      'Redis (queue, journal)',
      /appendfsync is everysec/,
    ],
    [
      'no append-only file',
      judgeRedis({ ...redis, appendfsync: 'no append-only file' }),
      'Redis (queue, journal)',
      /may forget/,
    ],
    [
      'eviction',
      judgeRedis({ ...redis, maxmemoryPolicy: 'allkeys-lru' }),
      'Redis (queue, journal)',
      /maxmemory-policy is allkeys-lru/,
    ],
    ['an old MongoDB', judgeMongo({ ...mongo, version: '4.2.1' }), 'MongoDB (documents)', /too old/],
    [
      'a missing realm',
      judgeKeycloak({ ...keycloak, realm: 'missing' }, 'sandbox-api'),
      'Keycloak (identity)',
      /no realm/,
    ],
    [
      'another issuer',
      judgeKeycloak({ ...keycloak, issuer: 'http://keycloak:8080/realms/govstack' }, 'sandbox-api'),
      'Keycloak (identity)',
      /calls itself http:\/\/keycloak:8080/,
    ],
    [
      'the wrong audience',
      judgeKeycloak({ ...keycloak, audience: ['account'] }, 'sandbox-api'),
      'Keycloak (identity)',
      /for account, not for sandbox-api/,
    ],
    [
      'a worker of another version',
      judgeProcesses([present('server', '1.1.0'), present('worker', '1.0.0', 'b')], '1.1.0'),
      'Processes',
      /worker\/b\/1 is 1\.0\.0/,
    ],
  ])('names %s as a problem, with what to do', (_name, findings, what, says) => {
    const problems = findings.filter(({ level }) => level === 'problem');
    expect(problems).toEqual([
      { what, ok: false, level: 'problem', says: expect.stringMatching(says), fix: expect.any(String) },
    ]);
  });

  it.each([
    ['little room', judgeMachine({ ...machine, folder: { ...folder, freeMegabytes: 600 } })],
    [
      'a Redis that does not tell',
      judgeRedis({ ...redis, appendfsync: 'unknown', maxmemoryPolicy: 'unknown' }),
    ],
    ['a Redis whose clock is ahead', judgeRedis({ ...redis, skewMs: 9_000 })],
    ['a single MongoDB', judgeMongo({ ...mongo, replicaSet: undefined })],
    ['a MongoDB whose clock is behind', judgeMongo({ ...mongo, skewMs: -9_000 })],
    ['a Keycloak whose clock is behind', judgeKeycloak({ ...keycloak, skewMs: -60_000 }, 'sandbox-api')],
    ['a client without a token', judgeKeycloak({ ...keycloak, audience: 'refused' }, 'sandbox-api')],
    ['two servers', judgeProcesses([present('server', '1'), present('server', '1', 'b')], '1')],
  ])('warns of %s, and lets it start', (_name, findings) => {
    const warnings = findings.filter(({ level }) => level === 'warning');
    expect(warnings).toEqual([expect.objectContaining({ ok: true, fix: expect.any(String) })]);
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('compares versions part by part', () => {
    expect([isAtLeast('6.2', '6.2'), isAtLeast('10.0.1', '6.2'), isAtLeast('6.1.9', '6.2')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isAtLeast('unknown', '6.2')).toBe(true);
  });

  it('tells a sandbox on its port from another program', async () => {
    const answers = (body: string) =>
      createServer((_request, response) => {
        response.end(body);
      });
    for (const [body, is] of [
      ['{"status":"up"}', 'a sandbox'],
      ['hello', 'taken'],
    ] as const) {
      const server = answers(body);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      expect((await lookAtMachine({ port, host: '127.0.0.1' })).portIs).toBe(is);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
