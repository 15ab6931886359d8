import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block, BlockResponse } from '../../../contracts/block.js';
import { workspaceIdSchema, type WorkspaceId } from '../../../contracts/ids.js';
import type { Json } from '../../../contracts/json.js';
import { createInformationMediatorBlock } from '../../../mocks/information-mediator/block.js';
import { createDirectoryOf } from '../../../mocks/information-mediator/configuration/workspace-directory.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { examine } from '../../../mocks/information-mediator/examine.js';
import { createOperationLookup } from '../../../mocks/information-mediator/operation-lookup.js';
import { testDeps, WORKSPACE } from '../kit/test-deps.js';
import { OTHER, population, POPULATION, registryDocument, USCT } from './mediator-fixture.js';

const ELSEWHERE = workspaceIdSchema.parse('elsewhere');
let block: Block;
let decide: (client: string, workspace?: WorkspaceId) => Promise<string>;

beforeEach(() => {
  const { deps } = testDeps();
  const directory = createDirectory([
    { id: 'usct', client: USCT, services: { population } },
    { id: 'clinic', client: OTHER, services: {} },
  ]);
  const directoryOf = createDirectoryOf({ documents: deps.documents, directory });
  block = createInformationMediatorBlock(deps, {
    directory,
    openapiOf: () => registryDocument,
    baseUrlOf: () => 'http://localhost:4000',
  });
  decide = async (client, workspace = WORKSPACE) => {
    const call = {
      client,
      service: `${POPULATION}/population`,
      request: {
        method: 'POST' as const,
        path: '/population/1.0/read',
        query: {},
        headers: { 'x-sandbox-fields': 'firstName' },
        body: { query: { content: { individualId: 'ID-1' } } },
      },
    };
    const admission = await examine(
      {
        directoryOf,
        operationOf: createOperationLookup(() => registryDocument),
        consents: { live: async () => undefined },
      },
      workspace,
      call,
      new Date(0),
    );
    return admission.kind === 'admitted' ? 'admitted' : admission.refusal.type;
  };
});

const change = (how: 'allow' | 'deny', rights: Json, over: object = {}): Promise<BlockResponse> =>
  block.handle(WORKSPACE, {
    method: 'PATCH',
    path: `/api/v1/rights/${how}`,
    query: {},
    headers: {},
    body: [
      {
        memberClass: 'GOV',
        memberCode: 'MOI',
        applicationId: 'POPULATION',
        serviceId: 'population',
        rights,
        ...over,
      },
    ],
  });
const usct = [{ memberClass: 'GOV', memberCode: 'MSW', applicationId: 'USCT' }];
const clinic = [{ memberClass: 'GOV', memberCode: 'MOH', applicationId: 'CLINIC' }];

describe('access rights', () => {
  it('are taken away and given back, from the next call on, in one workspace', async () => {
    expect(await decide(USCT)).toBe('Server.ServerProxy.AccessDenied.NoLiveConsent');
    expect((await change('deny', usct)).status).toBe(200);
    expect(await decide(USCT)).toBe('Server.ServerProxy.AccessDenied');
    expect(await decide(USCT, ELSEWHERE)).toBe('Server.ServerProxy.AccessDenied.NoLiveConsent');
    await change('deny', usct);
    await change('allow', usct);
    expect(await decide(USCT)).toBe('Server.ServerProxy.AccessDenied.NoLiveConsent');
  });

  it('never go round the consent that others need', async () => {
    expect(await decide(OTHER)).toBe('Server.ServerProxy.AccessDenied');
    await change('allow', clinic);
    expect(await decide(OTHER)).toBe('Server.ServerProxy.AccessDenied.NoLiveConsent');
    const listed = await block.handle(WORKSPACE, {
      method: 'GET',
      path: '/api/v1/rights/allow',
      query: {},
      headers: {},
    });
    expect(listed.body).toMatchObject({ allowList: [{ rights: [...usct, ...clinic] }] });
  });

  it('are refused for a service that there is not, and gone with a configuration without it', async () => {
    expect((await change('allow', usct, { serviceId: 'none' })).status).toBe(400);
    await block.handle(WORKSPACE, {
      method: 'PUT',
      path: '/api/v1/config',
      query: {},
      headers: {},
      body: {
        domain: 'localhost',
        instance: 'SANDBOX',
        members: [
          { name: 'Ministry', class: 'GOV', code: 'MSW', applications: [{ id: 'USCT', services: [] }] },
        ],
      },
    });
    expect(await decide(USCT)).toBe('Server.ServerProxy.UnknownService');
    await block.reset(WORKSPACE, {});
    expect(await decide(USCT)).toBe('Server.ServerProxy.AccessDenied.NoLiveConsent');
  });
});
