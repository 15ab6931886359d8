import { beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_WORKSPACE, workspaceIdSchema } from '../../../contracts/ids.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { decideRight } from '../../../mocks/information-mediator/access.js';
import { createAccessRights, type AccessRights } from '../../../mocks/information-mediator/access-rights.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { OTHER, POPULATION, population, USCT } from './mediator-fixture.js';

const directory = createDirectory([
  { id: 'usct', client: USCT, services: { population } },
  { id: 'clinic', client: OTHER, services: {} },
]);
const READ = 'SANDBOX.GOV.MSW.USCT~SANDBOX.GOV.MOI.POPULATION.population';
const SERVICE = `${POPULATION}/population`;
const by = 'trainer-yuki';
const publicTask = { kind: 'public-task', reference: 'Health Act, section 1' } as const;

let documents: ReturnType<typeof createMemoryDocuments>;
let now: number;
const open = (): AccessRights =>
  createAccessRights({
    documents,
    configuredOf: () => Promise.resolve(directory),
    clocks: { of: () => ({ now: () => new Date('2030-01-01T00:00:00Z') }) },
    realClock: { now: () => new Date(now) },
    hasOperation: (_service, name) => ['read', 'readValue', 'delete', 'databases'].includes(name),
  });
let rights: AccessRights;

beforeEach(() => {
  documents = createMemoryDocuments();
  now = Date.parse('2026-05-01T00:00:00Z');
  rights = open();
});

async function decision(
  of: AccessRights,
  client: string,
  operation: string,
  workspace = DEFAULT_WORKSPACE,
): Promise<string> {
  const service = (await of.directoryOf(workspace)).service(SERVICE);
  if (service === undefined) throw new Error('the service is gone');
  return decideRight(service, client, operation).kind;
}

describe('access rights', () => {
  it('begin as the use cases declare them, with names that stay', async () => {
    const listed = await rights.list(DEFAULT_WORKSPACE);
    expect(listed.map(({ id, operations, state, origin }) => [id, operations?.[0], state, origin])).toEqual([
      [READ, 'read', 'held', 'declared'],
      [`${READ}~2`, 'readValue', 'held', 'declared'],
      [`${READ}~3`, 'delete', 'held', 'declared'],
    ]);
  });

  it('are revoked in one workspace, kept across a restart, and given back', async () => {
    const revoked = await rights.revoke(DEFAULT_WORKSPACE, READ, { by, why: 'a lesson' });
    expect(revoked).toMatchObject({ id: READ, state: 'revoked', by, why: 'a lesson' });
    expect(await decision(rights, USCT, 'read')).toBe('revoked');
    expect(await decision(rights, USCT, 'readValue')).toBe('held');
    expect(await decision(rights, USCT, 'read', workspaceIdSchema.parse('another'))).toBe('held');
    const restarted = open();
    expect(await decision(restarted, USCT, 'read')).toBe('revoked');
    expect(await restarted.grant(DEFAULT_WORKSPACE, READ, { by })).toMatchObject({ state: 'held' });
    expect(await decision(restarted, USCT, 'read')).toBe('held');
  });

  it('reach another process within a second', async () => {
    const another = open();
    expect(await decision(another, USCT, 'read')).toBe('held');
    await rights.revoke(DEFAULT_WORKSPACE, READ, { by });
    now += 999;
    expect(await decision(another, USCT, 'read')).toBe('held');
    now += 1;
    expect(await decision(another, USCT, 'read')).toBe('revoked');
  });

  it('do not let a later right of the same client step in with a weaker basis', async () => {
    const wide = createDirectory([
      {
        id: 'usct',
        client: USCT,
        services: {
          population: { ...population, access: [...population.access, { client: USCT, basis: publicTask }] },
        },
      },
    ]);
    const both = createAccessRights({
      documents,
      configuredOf: () => Promise.resolve(wide),
      clocks: { of: () => ({ now: () => new Date(0) }) },
      realClock: { now: () => new Date(now) },
      hasOperation: () => true,
    });
    await both.revoke(DEFAULT_WORKSPACE, READ, { by });
    expect(await decision(both, USCT, 'read')).toBe('revoked');
    expect(await decision(both, USCT, 'exists')).toBe('held');
  });

  it('are narrowed by operation, and refuse operations that they never had', async () => {
    await rights.add(DEFAULT_WORKSPACE, { client: OTHER, service: SERVICE, basis: publicTask }, { by });
    const id = 'SANDBOX.GOV.MOH.CLINIC~SANDBOX.GOV.MOI.POPULATION.population~granted';
    expect(await rights.revoke(DEFAULT_WORKSPACE, id, { by, operations: ['read'] })).toMatchObject({
      state: 'narrowed',
      origin: 'granted',
      revokedOperations: ['read'],
    });
    expect(await decision(rights, OTHER, 'read')).toBe('revoked');
    expect(await decision(rights, OTHER, 'delete')).toBe('held');
    await rights.grant(DEFAULT_WORKSPACE, id, { by, operations: ['read'] });
    expect(await decision(rights, OTHER, 'read')).toBe('held');
    await expect(
      rights.revoke(DEFAULT_WORKSPACE, READ, { by, operations: ['delete'] }),
    ).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: expect.stringContaining('it covers read'),
    });
    await expect(rights.revoke(DEFAULT_WORKSPACE, 'nothing', { by })).rejects.toMatchObject({
      code: 'GSB-REQ-002',
    });
  });

  it.each([
    ['client', { client: 'SANDBOX/GOV/NO/BODY', service: SERVICE }],
    ['service', { client: OTHER, service: `${POPULATION}/nothing` }],
  ])('are not granted where the %s is unknown', async (field, right) => {
    await expect(
      rights.add(DEFAULT_WORKSPACE, { ...right, basis: publicTask }, { by }),
    ).rejects.toMatchObject({
      code: 'GSB-REQ-001',
      detail: expect.stringContaining(field),
    });
  });

  it('are restored as declared', async () => {
    await rights.revoke(DEFAULT_WORKSPACE, READ, { by });
    await rights.add(DEFAULT_WORKSPACE, { client: OTHER, service: SERVICE, basis: publicTask }, { by });
    expect(await rights.restore(DEFAULT_WORKSPACE)).toBe(2);
    expect(await decision(rights, USCT, 'read')).toBe('held');
    expect(await decision(rights, OTHER, 'read')).toBe('none');
  });
});
