import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listSecrets, removeSecret, setSecret } from '../../../cli/commands/secret.js';
import {
  closeServers,
  json,
  serve,
  type LocalServer,
} from '../../orchestrator/blocks/outbound/local-server.js';

let server: LocalServer;
let folder: string;
let printed: string;
const before = process.env['SANDBOX_TOKEN'];

beforeEach(async () => {
  process.env['SANDBOX_TOKEN'] = 'a-token';
  folder = await mkdtemp(join(tmpdir(), 'secret-'));
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  server = await serve(({ method, path, headers }, response) => {
    if (headers.authorization !== 'Bearer a-token')
      json(response, 403, {
        code: 'GSB-AUT-002',
        detail: 'It needs one of the roles developer, administrator.',
      });
    else if (method === 'GET') json(response, 200, { secrets: ['registry'] });
    else if (path.endsWith('/nothing'))
      json(response, 404, { code: 'GSB-REQ-002', detail: 'There is no secret.' });
    else response.writeHead(204).end();
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  if (before === undefined) delete process.env['SANDBOX_TOKEN'];
  else process.env['SANDBOX_TOKEN'] = before;
  await closeServers();
  await rm(folder, { recursive: true });
});

describe('sandbox secret with --url', () => {
  it('sets what a file holds, lists and removes, and prints no value', async () => {
    const file = join(folder, 'value');
    await writeFile(file, '{"token":"very secret"}\n');
    const url = `${server.origin}/`;
    await setSecret('registry', { url, file });
    await listSecrets({ url, json: true });
    await removeSecret('registry', { url });
    expect(server.received.map(({ method, path, body }) => `${method} ${path} ${body.toString()}`)).toEqual([
      'PUT /api/v1/secrets/registry {"value":{"token":"very secret"}}',
      'GET /api/v1/secrets ',
      'DELETE /api/v1/secrets/registry ',
    ]);
    expect(printed).toBe(
      'The secret registry is stored.\n{"secrets":["registry"]}\nThe secret registry is gone.\n',
    );
  });

  it('says why when it is refused', async () => {
    const url = server.origin;
    await expect(removeSecret('nothing', { url })).rejects.toMatchObject({ code: 'GSB-REQ-002' });
    process.env['SANDBOX_TOKEN'] = 'of a citizen';
    await expect(listSecrets({ url })).rejects.toMatchObject({
      code: 'GSB-AUT-002',
      detail: expect.stringContaining('developer'),
    });
    process.env['SANDBOX_TOKEN'] = '';
    await expect(listSecrets({ url })).rejects.toMatchObject({ code: 'GSB-AUT-001' });
  });

  it('says that nobody answers', async () => {
    await closeServers();
    await expect(listSecrets({ url: server.origin })).rejects.toMatchObject({ code: 'GSB-CFG-007' });
  });
});
