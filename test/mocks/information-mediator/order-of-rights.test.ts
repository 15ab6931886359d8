import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block, BlockResponse } from '../../../contracts/block.js';
import type { Json } from '../../../contracts/json.js';
import { createAccessRights, type AccessRights } from '../../../mocks/information-mediator/access-rights.js';
import { createInformationMediatorBlock } from '../../../mocks/information-mediator/block.js';
import { createDirectoryOf } from '../../../mocks/information-mediator/configuration/workspace-directory.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { examine } from '../../../mocks/information-mediator/examine.js';
import { createOperationLookup } from '../../../mocks/information-mediator/operation-lookup.js';
import { testDeps, WORKSPACE } from '../kit/test-deps.js';
import { OTHER, population, POPULATION, registryDocument, USCT } from './mediator-fixture.js';

const SERVICE = `${POPULATION}/population`;
const USCT_READ = 'SANDBOX.GOV.MSW.USCT~SANDBOX.GOV.MOI.POPULATION.population';
const CLINIC_READ = 'SANDBOX.GOV.MOH.CLINIC~SANDBOX.GOV.MOI.POPULATION.population';
const DENIED = 'Server.ServerProxy.AccessDenied';
/** The right is there; the consent, which nobody gave in these tests, is asked for next. */
const ALLOWED = 'Server.ServerProxy.AccessDenied.NoLiveConsent';
const by = 'trainer-yuki';

let block: Block;
let rights: AccessRights;

beforeEach(() => {
  const { deps } = testDeps();
  const directory = createDirectory([
    { id: 'usct', client: USCT, services: { population } },
    { id: 'clinic', client: OTHER, services: {} },
  ]);
  rights = createAccessRights({
    ...deps,
    configuredOf: createDirectoryOf({ documents: deps.documents, directory }),
    hasOperation: () => true,
  });
  block = createInformationMediatorBlock(deps, {
    directory,
    directoryOf: (workspace) => rights.directoryOf(workspace),
    openapiOf: () => registryDocument,
    baseUrlOf: () => 'http://localhost:4000',
  });
});

const asked = async (
  method: 'GET' | 'PATCH',
  path: string,
  { body, client }: { body?: Json; client?: string } = {},
): Promise<BlockResponse> => {
  const headers: Record<string, string> = client === undefined ? {} : { 'x-govstack-client': client };
  const response = await block.handle(WORKSPACE, {
    method,
    path,
    query: {},
    headers,
    ...(body === undefined ? {} : { body }),
  });
  expect(response.status).toBe(200);
  return response;
};

/** By the official configuration operations. */
const configure = (
  how: 'allow' | 'deny',
  memberCode: string,
  applicationId: string,
): Promise<BlockResponse> =>
  asked('PATCH', `/api/v1/rights/${how}`, {
    body: [
      {
        memberClass: 'GOV',
        memberCode: 'MOI',
        applicationId: 'POPULATION',
        serviceId: 'population',
        rights: [{ memberClass: 'GOV', memberCode, applicationId }],
      },
    ],
  });

async function decision(client: string): Promise<string> {
  const admission = await examine(
    {
      directoryOf: (workspace) => rights.directoryOf(workspace),
      operationOf: createOperationLookup(() => registryDocument),
      consents: { live: async () => undefined },
    },
    WORKSPACE,
    {
      client,
      service: SERVICE,
      request: {
        method: 'POST',
        path: '/population/1.0/read',
        query: {},
        headers: { 'x-sandbox-fields': 'firstName' },
        body: { query: { content: { individualId: 'ID-1' } } },
      },
    },
    new Date(0),
  );
  return admission.kind === 'admitted' ? 'admitted' : admission.refusal.type;
}

/** Who has a right by each of the lists: getAllowed, listIMconf, allowedMethods, and the access rights themselves. */
async function shownFor(client: string): Promise<Record<string, boolean>> {
  const [, , memberCode = '', application = ''] = client.split('/');
  const allowed = await asked('GET', '/api/v1/rights/allow');
  const configuration = await asked('GET', '/api/v1/config');
  const methods = await asked('GET', `/r1/${POPULATION}/allowedMethods`, { client });
  const list = await rights.list(WORKSPACE);
  return {
    getAllowed: JSON.stringify((allowed.body as { allowList: Json }).allowList).includes(
      `"memberCode":"${memberCode}","applicationId":"${application}"`,
    ),
    listIMconf: JSON.stringify(configuration.body).includes(
      `{"member":"${memberCode}","application":"${application}"}`,
    ),
    allowedMethods: (methods.body as { member: readonly Json[] }).member.length > 0,
    accessRights: list.some((right) => right.client === client && right.state !== 'revoked'),
  };
}
const everywhere = (held: boolean): Record<string, boolean> => ({
  getAllowed: held,
  listIMconf: held,
  allowedMethods: held,
  accessRights: held,
});

async function revokeAll(client: string): Promise<void> {
  for (const right of await rights.list(WORKSPACE))
    if (right.client === client) await rights.revoke(WORKSPACE, right.id, { by });
}

describe('the one order of rights', () => {
  it('denies what was revoked, whatever the use cases declare and the configuration allows', async () => {
    await configure('allow', 'MSW', 'USCT');
    await configure('allow', 'MOH', 'CLINIC');
    expect([await decision(USCT), await decision(OTHER)]).toEqual([ALLOWED, ALLOWED]);
    expect(await shownFor(OTHER)).toEqual(everywhere(true));
    await revokeAll(USCT);
    await revokeAll(OTHER);
    await configure('allow', 'MSW', 'USCT');
    await configure('allow', 'MOH', 'CLINIC');
    expect([await decision(USCT), await decision(OTHER)]).toEqual([DENIED, DENIED]);
    expect(await shownFor(USCT)).toEqual(everywhere(false));
    expect(await shownFor(OTHER)).toEqual(everywhere(false));
    await rights.restore(WORKSPACE);
    expect([await decision(USCT), await decision(OTHER)]).toEqual([ALLOWED, ALLOWED]);
  });

  it('allows what was granted, whatever the configuration denies', async () => {
    await configure('deny', 'MSW', 'USCT');
    expect(await decision(USCT)).toBe(DENIED);
    expect(await shownFor(USCT)).toEqual(everywhere(false));
    expect(await rights.grant(WORKSPACE, USCT_READ, { by, why: 'a lesson' })).toMatchObject({
      state: 'held',
      origin: 'declared',
      by,
      why: 'a lesson',
    });
    expect(await decision(USCT)).toBe(ALLOWED);
    expect(await shownFor(USCT)).toEqual(everywhere(true));
    await configure('deny', 'MSW', 'USCT');
    expect(await decision(USCT)).toBe(ALLOWED);
    await rights.restore(WORKSPACE);
    expect(await decision(USCT)).toBe(DENIED);
  });

  it('leaves to the configuration what was never changed on top of it', async () => {
    await configure('allow', 'MOH', 'CLINIC');
    expect(await rights.list(WORKSPACE)).toContainEqual(
      expect.objectContaining({ id: CLINIC_READ, origin: 'configured', state: 'held' }),
    );
    await configure('deny', 'MOH', 'CLINIC');
    expect(await decision(OTHER)).toBe(DENIED);
    expect(await shownFor(OTHER)).toEqual(everywhere(false));
  });

  it('configures without what was changed: a revoked right is not denied for good', async () => {
    await revokeAll(USCT);
    await configure('allow', 'MOH', 'CLINIC');
    await rights.restore(WORKSPACE);
    expect([await decision(USCT), await decision(OTHER)]).toEqual([ALLOWED, ALLOWED]);
  });

  it('keeps a right that was granted apart from one that is configured later', async () => {
    const basis = { kind: 'public-task', reference: 'Health Act, section 1' } as const;
    const granted = await rights.add(WORKSPACE, { client: OTHER, service: SERVICE, basis }, { by });
    await configure('allow', 'MOH', 'CLINIC');
    await rights.revoke(WORKSPACE, granted.id, { by });
    expect(await decision(OTHER)).toBe(ALLOWED);
    const found = (await rights.list(WORKSPACE)).filter(({ client }) => client === OTHER);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  });
});
