import type { Attack } from '../attack.js';

const yaml = { 'content-type': 'text/yaml' };
const document = (
  id: string,
  make: () => string,
  what: string,
  why: string,
  more: Partial<Attack> = {},
): Attack => ({
  id,
  what,
  why,
  as: 'trainer-yuki',
  method: 'POST',
  path: '/api/v1/validate',
  headers: yaml,
  make: () => Buffer.from(make()),
  status: [200, 400, 413],
  ...more,
});

const workflow = (
  set: string,
): string => `document: { dsl: 1.0.3, namespace: attack, name: attack, version: 1.0.0 }
do:
  - one:
      set:
        value: ${JSON.stringify(set)}
`;

/** Workflow documents that are more than data. */
export const documentAttacks: readonly Attack[] = [
  document(
    'yaml-laughs',
    () =>
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
        .split('')
        .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(',')}]`)
        .join('\n')}\n`,
    'aliases that unfold a billionfold',
    'aliases are bounded',
  ),
  document('yaml-deep', () => '['.repeat(20_000), 'YAML of 20,000 levels', 'recursion is bounded'),
  document(
    'yaml-deep-blocks',
    () => Array.from({ length: 3_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
    'blocks of 3,000 levels',
    'recursion is bounded',
  ),
  document('yaml-merge-cycle', () => 'a: &a\n  <<: *a\n  b: 1\n', 'a merge of itself', 'references end'),
  document(
    'yaml-function',
    () => 'document: !!js/function "function(){ process.exit(1) }"\n',
    'a function as a tag',
    'documents are data',
  ),
  document(
    'yaml-prototype',
    () => '__proto__: { polluted: true }\nconstructor: { prototype: { polluted: true } }\n',
    'prototypes as keys',
    'documents are data',
  ),
  document('yaml-huge', () => `a: ${'x'.repeat(6_000_000)}`, 'a document of 6 MB', 'sizes are bounded', {
    status: [413],
  }),
  document(
    'yaml-shell',
    () =>
      'document: { dsl: 1.0.3, namespace: a, name: a, version: 1.0.0 }\ndo:\n  - one: { run: { shell: { command: id } } }\n',
    'a shell',
    'a use case is data',
    { status: [200], says: '"error"' },
  ),
  document(
    'jq-env',
    () => workflow('${ env.PATH }'),
    'the environment in an expression',
    'expressions see nothing of the machine',
    { status: [200] },
  ),
  document(
    'jq-env-variable',
    () => workflow('${ $ENV.HOME }'),
    'the environment by its variable',
    'expressions see nothing of the machine',
    { status: [200], never: ['/root', '/home'] },
  ),
  document(
    'jq-input',
    () => workflow('${ input }'),
    'further input',
    'expressions read what they are given',
    { status: [200], says: '"error"' },
  ),
  document('jq-import', () => workflow('${ import "a" as a; . }'), 'a module', 'expressions load nothing', {
    status: [200],
    says: '"error"',
  }),
  document(
    'jq-include',
    () => workflow('${ include "/etc/passwd"; . }'),
    'a file',
    'expressions load nothing',
    { status: [200], says: '"error"' },
  ),
  document(
    'jq-runaway',
    () => workflow('${ def f: f; f }'),
    'recursion without end',
    'looking at an expression does not run it',
    { status: [200] },
  ),
  document(
    'jq-deep',
    () => workflow(`\${ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }`),
    'an expression of 20,000 levels',
    'recursion is bounded',
    { status: [200, 400] },
  ),
  document(
    'jq-location',
    () => workflow('${ $__loc__ }'),
    'where an expression lies',
    'expressions see nothing of the machine',
    { status: [200], never: ['/work', 'node_modules'] },
  ),
];
