import { describe, expect, it } from '@jest/globals';
import { Script } from 'node:vm';
import express from 'express';
import request from 'supertest';
import { isJsonObject, type JsonObject } from '../../../contracts/json.js';
import { apiDocs, readApiDocument } from '../../../orchestrator/http/api-docs.js';
import { permissions } from '../../../orchestrator/http/permissions.js';
import {
  apiDocument,
  listAt,
  objectAt,
  operations,
  resolved,
  target,
  violations,
  walk,
} from './api-document.js';

const documented = operations();

describe('the OpenAPI document of the API', () => {
  it('has exactly the routes of the permission matrix', () => {
    expect(documented.length).toBeGreaterThan(25);
    expect(documented.map(({ route }) => route).sort()).toEqual(Object.keys(permissions).sort());
  });

  it('names for each route the audience of the permission matrix', () => {
    const said = Object.fromEntries(
      documented.map(({ route, operation }) => [route, operation['x-audience']]),
    );
    expect(said).toEqual(
      Object.fromEntries(Object.entries(permissions).map(([route, { audience }]) => [route, audience])),
    );
  });

  it.each(documented.map((one) => [one.route, one] as const))(
    'says how to sign in for %s',
    (_route, { operation, method }) => {
      const reading = [{ bearer: [] }, { session: [] }];
      const writing = [{ bearer: [] }, { session: [], csrf: [] }];
      const signedIn = method === 'get' ? reading : writing;
      expect(operation['security']).toEqual(operation['x-audience'] === 'anybody' ? [] : signedIn);
      expect('401' in objectAt(operation, 'responses')).toBe(operation['x-audience'] !== 'anybody');
      if (Array.isArray(operation['x-audience'])) expect(operation['responses']).toHaveProperty('403');
    },
  );

  it('is an OpenAPI 3.1 document', () => {
    expect(apiDocument['openapi']).toMatch(/^3\.1\.\d+$/);
    expect(apiDocument['jsonSchemaDialect']).toBeUndefined();
    expect(objectAt(apiDocument, 'info')).toMatchObject({
      title: expect.any(String),
      version: expect.any(String),
    });
    const known = ['openapi', 'info', 'servers', 'tags', 'paths', 'components'];
    expect(Object.keys(apiDocument).filter((name) => !known.includes(name))).toEqual([]);
    for (const path of Object.keys(objectAt(apiDocument, 'paths'))) expect(path).toMatch(/^\/[^?#]*$/);
    for (const kind of Object.values(objectAt(apiDocument, 'components'))) {
      for (const name of Object.keys(kind as JsonObject)) expect(name).toMatch(/^[A-Za-z0-9._-]+$/);
    }
  });

  it.each(documented.map((one) => [one.route, one] as const))('describes %s completely', (_route, one) => {
    const { operation, parameters, path, method } = one;
    const known = [
      'operationId',
      'tags',
      'summary',
      'description',
      'parameters',
      'requestBody',
      'responses',
      'security',
      'x-audience',
    ];
    expect(Object.keys(operation).filter((name) => !known.includes(name))).toEqual([]);
    expect(operation['summary']).toEqual(expect.stringMatching(/^[A-Z].*[^.]$/));
    const tags = listAt(apiDocument, 'tags').map((tag) => (isJsonObject(tag) ? tag['name'] : undefined));
    expect(listAt(operation, 'tags').filter((tag) => !tags.includes(tag))).toEqual([]);
    expect(listAt(operation, 'tags')).toHaveLength(1);

    const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((parameter) => parameter['in'] === 'path').map(({ name }) => name)).toEqual(
      inPath,
    );
    for (const parameter of parameters) {
      expect(['path', 'query', 'header']).toContain(parameter['in']);
      expect(parameter['required'] ?? false).toBe(parameter['in'] === 'path');
      expect(isJsonObject(parameter['schema'])).toBe(true);
    }
    if (operation['requestBody'] !== undefined) {
      expect(['post', 'put', 'patch']).toContain(method);
      expect(objectAt(objectAt(operation, 'requestBody'), 'content')).toHaveProperty('application/json');
    }
    const responses = Object.entries(objectAt(operation, 'responses'));
    expect(responses.some(([status]) => status.startsWith('2'))).toBe(true);
    for (const [status, response] of responses) {
      expect(status).toMatch(/^[1-5]\d\d$/);
      const { description, content } = resolved(response!);
      expect(typeof description).toBe('string');
      if (Number(status) >= 400)
        expect(Object.keys(content as JsonObject)).toEqual(['application/problem+json']);
    }
  });

  it('gives each operation a name of its own', () => {
    const ids = documented.map(({ operation }) => operation['operationId']);
    expect(new Set(ids).size).toBe(documented.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/);
  });

  it('refers to nothing that is not there, and has nothing that nobody refers to', () => {
    const refs = new Set<string>();
    walk(({ $ref }) => {
      if (typeof $ref === 'string') refs.add($ref);
    });
    expect(refs.size).toBeGreaterThan(30);
    for (const ref of refs) expect(() => target(ref)).not.toThrow();
    const { securitySchemes: _schemes, ...components } = objectAt(apiDocument, 'components');
    const declared = Object.entries(components).flatMap(([kind, members]) =>
      Object.keys(members as JsonObject).map((name) => `#/components/${kind}/${name}`),
    );
    expect(declared.filter((ref) => !refs.has(ref))).toEqual([]);
  });

  it('has examples that fit its own schemas', () => {
    const checked: string[] = [];
    const wrong: string[] = [];
    const check = (schema: readonly string[], value: unknown, name: string): void => {
      checked.push(name);
      wrong.push(...violations(schema, value).map((why) => `${name}: ${why}`));
    };
    walk((value, path) => {
      const [last = ''] = path.slice(-1);
      const isMedia = path.at(-2) === 'content';
      const name = path.join(' > ');
      if (isMedia && last.endsWith('json')) {
        if ('example' in value) check([...path, 'schema'], value['example'], name);
        for (const [which, example] of Object.entries(
          isJsonObject(value['examples']) ? value['examples'] : {},
        )) {
          check([...path, 'schema'], (example as JsonObject)['value'], `${name} > ${which}`);
        }
      }
      const isSchema = path[0] === 'components' && path[1] === 'schemas' && path.length === 3;
      if (isSchema) for (const example of listAt(value, 'examples')) check(path, example, name);
    });
    expect(wrong).toEqual([]);
    expect(checked.length).toBeGreaterThan(25);
  });
});

describe('the API documentation over HTTP', () => {
  const app = express().use('/api', apiDocs(readApiDocument()));

  it('serves the document', async () => {
    const { body } = await request(app)
      .get('/api/openapi.json')
      .expect(200)
      .expect('content-type', /application\/json/);
    expect(body).toEqual({ ...apiDocument, servers: [{ url: '/api/v1', description: 'This workspace' }] });
  });

  it('serves Swagger UI from this machine, with a policy that lets nothing else in', async () => {
    await request(app).get('/api/docs').expect(308).expect('location', '/api/docs/');
    const page = await request(app)
      .get('/api/docs/')
      .expect(200)
      .expect('content-type', /text\/html/);
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self'/);
    expect(page.text).toContain('GovStack sandbox API (training, not real)');
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(loaded.length).toBeGreaterThan(3);
    for (const address of loaded) {
      expect(address).toMatch(/^\.\//);
      await request(app)
        .get(`/api/docs/${address.slice(2)}`)
        .expect(200);
    }
    expect(page.text).not.toMatch(/<script(?![^>]*src=)/);
  });

  it('asks nobody on the internet whether the document is valid, and adds the form token of the session', async () => {
    const { text } = await request(app).get('/api/docs/swagger-ui-init.js').expect(200);
    expect(text).toContain('"validatorUrl": null');
    expect(text).toContain('"swaggerUrl": "../openapi.json"');
    expect(text).toContain('X-CSRF-Token');
    expect(() => new Script(text)).not.toThrow();
  });
});
