import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Block, BlockResponse } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../../contracts/ids.js';
import type { JsonObject } from '../../../contracts/json.js';
import { createInformationMediatorBlock } from '../../../mocks/information-mediator/block.js';
import { createDirectory } from '../../../mocks/information-mediator/directory.js';
import { testDeps } from '../kit/test-deps.js';
import { OTHER, population, POPULATION, registryDocument, USCT } from './mediator-fixture.js';

const services = {
  population: {
    ...population,
    access: [...population.access, { client: OTHER, basis: { kind: 'not-personal' as const } }],
  },
};
let block: Block;

beforeEach(() => {
  const directory = createDirectory([{ id: 'usct', client: USCT, services }]);
  block = createInformationMediatorBlock(testDeps().deps, {
    directory,
    directoryOf: () => Promise.resolve(directory),
    openapiOf: (id) => (id === 'digital-registries' ? registryDocument : undefined),
    baseUrlOf: (workspace) => `http://localhost:4000/w/${workspace}`,
  });
});

function get(path: string, query: Record<string, string> = {}, client?: string): Promise<BlockResponse> {
  const headers: Record<string, string> =
    client === undefined ? {} : { 'information-mediator-client': client };
  return block.handle(DEFAULT_WORKSPACE, { method: 'GET', path, query, headers });
}

describe('directory services', () => {
  it.each(['/listClients', '/r1/listClients'])('list members and applications at %s', async (path) => {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    const { member } = body as unknown as { member: { id: JsonObject }[] };
    expect(member.map(({ id }) => [id.objectType, id.memberCode, id.applicationCode])).toEqual([
      ['MEMBER', 'MOH', undefined],
      ['MEMBER', 'MOI', undefined],
      ['MEMBER', 'MSW', undefined],
      ['APPLICATION', 'MOH', 'CLINIC'],
      ['APPLICATION', 'MOI', 'POPULATION'],
      ['APPLICATION', 'MSW', 'USCT'],
    ]);
    expect(await get(path, { instanceId: 'ELSEWHERE' })).toMatchObject({ body: { member: [] } });
  });

  it.each([
    ['/r1', { objectType: 'SERVICE', instanceId: 'SANDBOX' }],
    ['', { objectType: { object_type: 'SERVICE' }, GovStackInstance: 'SANDBOX' }],
  ])('list a service’s methods, and those that the caller may use (prefix "%s")', async (prefix, dialect) => {
    const listed = await get(`${prefix}/${POPULATION}/listMethods`, {}, OTHER);
    expect(listed.body).toEqual({
      member: [
        {
          ...dialect,
          serviceType: 'OPENAPI',
          memberClass: 'GOV',
          memberCode: 'MOI',
          applicationCode: 'POPULATION',
          serviceCode: 'population',
          endpointList: {
            member: [
              { method: 'POST', path: '/population/{versionNumber}/read' },
              { method: 'GET', path: '/population/{versionNumber}/{uuid}/readValue/{field}.{ext}' },
              { method: 'DELETE', path: '/population/{versionNumber}/{id}/delete' },
            ],
          },
        },
      ],
    });
    expect((await get(`${prefix}/${POPULATION}/allowedMethods`, {}, OTHER)).body).toEqual(listed.body);
    expect((await get(`${prefix}/${POPULATION}/allowedMethods`, {}, POPULATION)).body).toEqual({
      member: [],
    });
    expect((await get(`${prefix}/${POPULATION}/listMethods`, { serviceId: 'x' }, OTHER)).body).toEqual({
      member: [],
    });
  });

  it('take names between quotes, and callers of any name, in the older dialect', async () => {
    const quoted = `/${POPULATION.split('/')
      .map((part) => `%22${part}%22`)
      .join('/')}`;
    expect(await get(`${quoted}/listMethods`, {}, 'somebody')).toEqual(
      await get(`/${POPULATION}/listMethods`, {}, OTHER),
    );
    expect((await get(`${quoted}/allowedMethods`, {}, 'somebody')).body).toEqual({ member: [] });
    expect((await get(`/r1${quoted}/listMethods`, {}, OTHER)).status).toBe(400);
    expect((await get(`/r1/${POPULATION}/listMethods`, {}, 'somebody')).status).toBe(400);
  });

  it('describe one service: only its paths, its fixed parameters filled in, at the mediator', async () => {
    const { status, headers, body } = await get(
      `/r1/${POPULATION}/getOpenAPI`,
      { serviceCode: 'population' },
      USCT,
    );
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const document = JSON.parse(body as string) as JsonObject;
    expect(document.info).toEqual({ title: 'Population registry', version: '1' });
    expect(document.servers).toEqual([
      { url: `http://localhost:4000/w/default/r1/${POPULATION}/population` },
    ]);
    const paths = document.paths as Record<string, JsonObject>;
    expect(Object.keys(paths)).toHaveLength(3);
    expect(paths['/population/{versionNumber}/read']?.parameters).toEqual([
      { name: 'versionNumber', in: 'path', required: true, schema: { type: 'string' } },
    ]);
  });

  it.each([
    ['an unknown application', '/r1/SANDBOX/GOV/X/Y/listMethods', {}, USCT, 'applicationCode'],
    ['an unknown service', `/r1/${POPULATION}/getOpenAPI`, { serviceCode: 'x' }, USCT, 'serviceCode'],
    ['no service', `/${POPULATION}/getOpenAPI`, {}, USCT, 'serviceCode'],
    ['an empty service', `/${POPULATION}/getOpenAPI`, { serviceCode: '' }, USCT, 'serviceCode'],
    ['no caller', `/${POPULATION}/allowedMethods`, {}, undefined, 'X-GovStack-Client'],
  ])('refuse %s with 400 and a sentence', async (_what, path, query, client, field) => {
    const { status, body } = await get(path, query, client);
    expect(status).toBe(400);
    expect(body).toEqual(expect.stringContaining(field));
  });
});

describe('the configuration', () => {
  it('shows members, applications, services and rights', async () => {
    const { status, body } = await get('/api/v1/config');
    expect(status).toBe(200);
    expect(body).toMatchObject({ domain: 'localhost', instance: 'SANDBOX' });
    const { members } = body as unknown as { members: { code: string; applications: JsonObject[] }[] };
    expect(members.find(({ code }) => code === 'MOI')?.applications).toEqual([
      {
        id: 'POPULATION',
        connection: 'http',
        services: [
          {
            id: 'population',
            specUrl: 'http://localhost:4000/w/default/blocks/digital-registries/openapi.json',
            serviceUrl: `http://localhost:4000/w/default/r1/${POPULATION}/population`,
            rights: [
              { member: 'MSW', application: 'USCT' },
              { member: 'MOH', application: 'CLINIC' },
            ],
          },
        ],
      },
    ]);
  });

  it('says that it is up', async () => {
    expect(await get('/api/v1/status')).toMatchObject({ status: 200 });
  });

  it('pages access rights by pairs of service and application', async () => {
    const first = await get('/api/v1/rights/allow', { pageSize: '1' });
    const { nextPageToken = '', ...page } = first.body as { nextPageToken?: string };
    const service = {
      memberClass: 'GOV',
      memberCode: 'MOI',
      applicationId: 'POPULATION',
      serviceId: 'population',
    };
    const right = (memberCode: string, applicationId: string): JsonObject => ({
      memberClass: 'GOV',
      memberCode,
      applicationId,
    });
    expect(page).toEqual({ allowList: [{ ...service, rights: [right('MSW', 'USCT')] }] });
    expect((await get('/api/v1/rights/allow', { pageSize: '1', nextPageToken })).body).toEqual({
      allowList: [{ ...service, rights: [right('MOH', 'CLINIC')] }],
    });
    expect((await get('/api/v1/rights/allow', { memberCode: 'MOF' })).body).toEqual({ allowList: [] });
    expect((await get('/api/v1/rights/allow', { nextPageToken: 'nonsense' })).status).toBe(400);
  });
});
