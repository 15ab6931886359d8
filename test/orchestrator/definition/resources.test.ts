import { describe, expect, it } from '@jest/globals';
import { loadWorkflow } from '../../../orchestrator/definition/load-workflow.js';
import { workflow } from '../engine/workflow-text.js';
import { diagnose } from './lint-bench.js';

const files = new Map([
  ['schemas/person.yaml', 'type: object\nrequired: [name]\n'],
  ['schemas/person.json', '{"type": "object"}'],
  ['schemas/broken.yaml', 'a: [\n'],
  ['schemas/list.yaml', '- a\n'],
  ['catalog/functions/greet/1.0.0/function.yaml', 'call: polite:1.0.0@ours\nwith: { name: "${ .name }" }\n'],
  [
    'catalog/functions/polite/1.0.0/function.yaml',
    'input: { schema: { resource: { endpoint: schemas/person.yaml } } }\nset: { text: "${ .name }" }\n',
  ],
  ['catalog/functions/loop/1.0.0/function.yaml', 'call: loop:1.0.0@ours\n'],
  ['catalog/functions/bad/1.0.0/function.yaml', 'sett: { a: 1 }\n'],
  [
    'catalog/functions/code/1.0.0/function.yaml',
    'do: [{ a: { run: { script: { language: js, code: x } } } }]\n',
  ],
]);
const input = (endpoint: string): string =>
  workflow(`\n  - input: { input: { schema: { resource: { endpoint: ${endpoint} } } }, set: { a: 1 } }`);
const calling = (name: string, endpoint = 'catalog'): string =>
  workflow(
    `\n  - a: { call: '${name}', with: { name: x } }`,
    `use: { catalogs: { ours: { endpoint: ${endpoint} } } }`,
  );
const codesOf = (text: string): string[] => diagnose(text, files).map(({ code, path }) => `${code} ${path}`);

describe('schemas in files', () => {
  it.each(['schemas/person.yaml', './schemas/person.yaml', '{ uri: schemas/person.yaml }'])(
    'are put into the document: %s',
    (endpoint) => {
      const { do: tasks } = loadWorkflow(input(endpoint), 'w.yaml', files);
      expect(tasks).toEqual([
        { input: { input: { schema: { document: { type: 'object', required: ['name'] } } }, set: { a: 1 } } },
      ]);
    },
  );

  it('may be JSON, and stand wherever a schema may', () => {
    const resource = 'schema: { resource: { endpoint: schemas/person.json } }';
    const document = loadWorkflow(
      workflow(
        `
  - a: { output: { ${resource} }, export: { ${resource} }, set: { x: 1 } }
  - b: { for: { in: . }, do: [{ c: { input: { ${resource} }, set: { x: 1 } } }] }
  - d: { listen: { to: { any: [] } }, foreach: { output: { ${resource} }, export: { ${resource} } } }`,
        `input: { ${resource} }\noutput: { ${resource} }\nuse: { functions: { f: { input: { ${resource} }, set: { x: 1 } } } }`,
      ),
      'w.yaml',
      files,
    );
    const text = JSON.stringify(document);
    expect(text).not.toContain('resource');
    expect(text.match(/"document":\{"type":"object"\}/g)).toHaveLength(8);
  });

  it('are not looked for in data', () => {
    const text = workflow(
      `\n  - a: { set: { input: { schema: { resource: { endpoint: nowhere.yaml } } } } }`,
    );
    expect(JSON.stringify(loadWorkflow(text, 'w.yaml', files))).toContain('nowhere.yaml');
  });

  it.each([
    ["'https://a.example/person.yaml'", 'resource-outside'],
    ['/etc/passwd', 'resource-outside'],
    ['../other/schemas/person.yaml', 'resource-outside'],
    ['schemas/../../secret.yaml', 'resource-outside'],
    ["'${ .schema }'", 'resource-outside'],
    ['file:///etc/passwd', 'resource-outside'],
    ["'schemas/{name}.yaml'", 'resource-outside'],
    ['schemas/nobody.yaml', 'resource-missing'],
    ['schemas/broken.yaml', 'resource-wrong'],
    ['schemas/list.yaml', 'resource-wrong'],
  ])('are refused elsewhere: %s', (endpoint, code) => {
    expect(codesOf(input(endpoint))).toEqual([`${code} /do/0/input/input/schema/resource/endpoint`]);
  });
});

describe('functions of a catalog', () => {
  it('are put into the document with those that they call, and with their schemas', () => {
    const { use } = loadWorkflow(calling('greet:1.0.0@ours'), 'w.yaml', files);
    expect(use?.functions).toEqual({
      'greet:1.0.0@ours': { call: 'polite:1.0.0@ours', with: { name: '${ .name }' } },
      'polite:1.0.0@ours': {
        input: { schema: { document: { type: 'object', required: ['name'] } } },
        set: { text: '${ .name }' },
      },
    });
    expect(codesOf(calling('greet:1.0.0@ours'))).toEqual([]);
  });

  it('may call themselves without an end to the reading', () => {
    expect(
      Object.keys(loadWorkflow(calling('loop:1.0.0@ours'), 'w.yaml', files).use?.functions ?? {}),
    ).toEqual(['loop:1.0.0@ours']);
  });

  it.each([
    ['missing:1.0.0@ours', 'catalog', ['resource-missing /do/0/a/call']],
    ['bad:1.0.0@ours', 'catalog', ['resource-wrong /do/0/a/call']],
    ['code:1.0.0@ours', 'catalog', ['resource-wrong /do/0/a/call']],
    ['greet:1.0.0@ours', "'https://a.example/catalog'", ['resource-outside /use/catalogs/ours/endpoint']],
    ['greet:1.0.0@theirs', 'catalog', ['unused-name /use/catalogs/ours', 'unknown-name /do/0/a/call']],
    ['greet:1.0.0@constructor', 'catalog', ['unused-name /use/catalogs/ours', 'unknown-name /do/0/a/call']],
  ])('%s in %s: %j', (name, endpoint, codes) => {
    expect(codesOf(calling(name, endpoint))).toEqual(codes);
  });
});
