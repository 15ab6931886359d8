import { describe, expect, it } from '@jest/globals';
import { createApiPorts, type ApiPortDeps } from '../../app/api-ports.js';
import type { Block } from '../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../contracts/ids.js';

const block = (id: 'payments' | 'consent'): Block =>
  ({ id, title: id, openapi: { paths: { '/a': { get: {}, post: {} } } } }) as unknown as Block;

describe('the list of building blocks', () => {
  it('says for each what is really bound', async () => {
    const ports = createApiPorts({
      catalog: { useCases: [] },
      countries: {},
      runtime: { cases: {}, store: {} },
      blocks: new Map([block('payments'), block('consent')].map((each) => [each.id, each])),
      bindings: {
        get: (_workspace: string, target: string) =>
          Promise.resolve(
            target === 'payments' ? { kind: 'real', baseUrl: 'https://pay.example' } : { kind: 'mock' },
          ),
      },
    } as unknown as ApiPortDeps);
    expect(await ports.blocks.list(DEFAULT_WORKSPACE)).toMatchObject([
      { id: 'payments', title: 'payments', binding: 'https://pay.example', operations: 2 },
      { id: 'consent', title: 'consent', binding: 'mock', operations: 2 },
    ]);
  });
});
