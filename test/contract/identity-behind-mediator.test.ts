import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { createAnswerCheck } from '../../app/answer-check.js';
import type { BlockRequest, BlockResponse } from '../../contracts/block.js';
import type { Exchange } from '../../contracts/exchange.js';
import { isJsonObject, textOf } from '../../contracts/json.js';
import { streams } from '../../contracts/streams.js';
import { createMemoryJournal } from '../../infra/memory/memory-journal.js';
import { createIdentityBlock } from '../../mocks/identity/block.js';
import { createDirectory } from '../../mocks/information-mediator/directory.js';
import { createOperationLookup } from '../../mocks/information-mediator/operation-lookup.js';
import { createMediator, type Mediator } from '../../mocks/information-mediator/relay.js';
import { createBindings, type Bindings } from '../../orchestrator/blocks/bindings.js';
import { createEgress } from '../../orchestrator/blocks/outbound/egress/egress.js';
import { parseHostPattern } from '../../orchestrator/blocks/outbound/egress/host-patterns.js';
import { testDeps, WORKSPACE } from '../mocks/kit/test-deps.js';
import { withServices } from './services.js';

/** A real Keycloak in the place of the identity block: discovery, keys, tokens and user info through the mediator. */
const CLIENT = 'SANDBOX/GOV/MSW/USCT';
const SERVICE = 'SANDBOX/GOV/NIA/IDENTITY/identity';
const realm = '/realms/govstack';

withServices('Keycloak behind identity', ['SANDBOX_TEST_KEYCLOAK_URL'], (services) => {
  const keycloak = services.SANDBOX_TEST_KEYCLOAK_URL;
  const journal = createMemoryJournal();
  let bindings: Bindings;
  let mediator: Mediator;

  beforeAll(async () => {
    const { deps } = testDeps();
    const block = createIdentityBlock(deps);
    await block.reset(WORKSPACE, {});
    const openapiOf = (): typeof block.openapi => block.openapi;
    const { hostname, port } = new URL(keycloak);
    const allowed = parseHostPattern(`${hostname}:${port}`);
    bindings = createBindings({
      documents: deps.documents,
      blockOf: () => block,
      openapiOf,
      secrets: { resolve: () => Promise.resolve({}) },
      egress: createEgress(allowed === undefined ? [] : [allowed]),
      realClock: deps.realClock,
      violations: createAnswerCheck(openapiOf),
    });
    const operations = ['get-.well-known-openid-configuration', 'get-certs', 'post-token', 'get-userinfo'];
    const identity = {
      title: 'Identity',
      provider: 'SANDBOX/GOV/NIA/IDENTITY',
      code: 'identity',
      block: 'identity' as const,
      access: [{ client: CLIENT, operations, basis: { kind: 'not-personal' as const } }],
    };
    const directory = createDirectory([{ id: 'test', client: CLIENT, services: { identity } }]);
    mediator = createMediator({
      directoryOf: () => Promise.resolve(directory),
      subjectKey: () => 'somebody',
      operationOf: createOperationLookup(openapiOf),
      consents: { live: () => Promise.resolve(undefined) },
      deliver: (workspace, service, request, operationId) =>
        bindings.deliver(workspace, service, request, operationId),
      log: journal,
      realClock: deps.realClock,
      clocks: deps.clocks,
      ids: deps.ids,
      uuid: () => deps.ids.next('uuid'),
      logger: deps.logger,
    });
    const connect = `${realm}/protocol/openid-connect`;
    await bindings.set(WORKSPACE, 'identity', {
      kind: 'real',
      baseUrl: keycloak,
      rewrite: [
        { from: '/.well-known/openid-configuration', to: `${realm}/.well-known/openid-configuration` },
        { from: '/.well-known/jwks.json', to: `${connect}/certs` },
        { from: '/oauth/token', to: `${connect}/token` },
        { from: '/oidc/userinfo', to: `${connect}/userinfo` },
      ],
    });
  });
  afterAll(() => bindings.close());

  const call = (request: Partial<BlockRequest> & { path: string }): Promise<BlockResponse> =>
    mediator.call(WORKSPACE, {
      client: CLIENT,
      service: SERVICE,
      request: { method: 'GET', query: {}, headers: {}, ...request },
    });

  it('discovers, gets a token, checks it with the keys, and reads who it is', async () => {
    const discovery = await call({ path: '/.well-known/openid-configuration' });
    expect(discovery).toMatchObject({ status: 200, body: { issuer: `${keycloak}${realm}` } });

    const token = await call({
      method: 'POST',
      path: '/oauth/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'sandbox-runtime',
        client_secret: 'training-only-runtime-secret',
        scope: 'openid',
      }).toString(),
    });
    expect(token).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    const bearer = isJsonObject(token.body) ? textOf(token.body['access_token']) : '';

    const keys = (await call({ path: '/.well-known/jwks.json' })).body as unknown as JSONWebKeySet;
    const { payload } = await jwtVerify(bearer, createLocalJWKSet(keys), { issuer: `${keycloak}${realm}` });

    const who = await call({ path: '/oidc/userinfo', headers: { authorization: `Bearer ${bearer}` } });
    expect(who).toMatchObject({ status: 200, body: { sub: payload.sub } });
    expect(await call({ path: '/oidc/userinfo', headers: { authorization: 'Bearer nobody' } })).toMatchObject(
      {
        status: 401,
      },
    );
  }, 60_000);

  it('records where it was delivered, and where its answers leave the contract of the block', async () => {
    const records = await journal.read(streams.exchanges(WORKSPACE), { after: 0 });
    const exchanges = records.map(({ event }) => event as unknown as Exchange);
    expect(new Set(exchanges.map(({ deliveredTo }) => deliveredTo))).toEqual(new Set([keycloak]));
    // GovStack's user info is a signed JWT; Keycloak's is JSON unless a client wants otherwise.
    const userInfo = exchanges.find(
      ({ operationId, status }) => operationId === 'get-userinfo' && status === 200,
    );
    expect(userInfo?.violations).toEqual([{ pointer: '/body', message: 'must be string' }]);
    // Headers are no part of the log: what proved who asked is not in it.
    expect(JSON.stringify(exchanges)).not.toMatch(/eyJ/);
  });
});
