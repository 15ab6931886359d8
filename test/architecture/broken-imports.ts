/**
 * For every rule in .dependency-cruiser.cjs, files that break it: a rule that catches nothing here would let
 * everything pass. Written to a folder of their own by the test; the paths are those of the project.
 */
export interface BrokenImport {
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
  /** Paths as the report has them: who imports, and the end of what it imports. */
  readonly caught: readonly (readonly [from: string, toEndsWith: string])[];
}

const target = 'export const it = 1;\n';
const uses = (specifier: string): string =>
  `import * as found from '${specifier}';\nexport const x = found;\n`;
const usesType = (specifier: string): string =>
  `import type * as Found from '${specifier}';\nexport type X = typeof Found;\n`;

export const brokenImports: readonly BrokenImport[] = [
  {
    rule: 'contracts-know-only-zod',
    files: { 'contracts/wrong.ts': uses('node:fs'), 'contracts/wrong-type.ts': usesType('express') },
    caught: [
      ['contracts/wrong.ts', 'fs'],
      ['contracts/wrong-type.ts', 'express/index.js'],
    ],
  },
  {
    rule: 'engine-is-pure',
    files: {
      'orchestrator/engine/io.ts': uses('node:fs/promises'),
      'orchestrator/engine/tasks/queue.ts': uses('bullmq'),
      'orchestrator/engine/jq.ts': uses('../expressions/target.js'),
    },
    caught: [
      ['orchestrator/engine/io.ts', 'fs/promises'],
      ['orchestrator/engine/tasks/queue.ts', 'bullmq/dist/cjs/index.js'],
      ['orchestrator/engine/jq.ts', 'orchestrator/expressions/target.ts'],
    ],
  },
  {
    rule: 'definition-knows-yaml-and-zod',
    files: {
      'orchestrator/definition/wrong.ts': usesType('../engine/target.js'),
      'orchestrator/definition/right.ts': `${uses('yaml')}export * as z from 'zod';\n`,
    },
    caught: [['orchestrator/definition/wrong.ts', 'orchestrator/engine/target.ts']],
  },
  {
    rule: 'expressions-know-jq',
    files: { 'orchestrator/expressions/wrong.ts': uses('../definition/target.js') },
    caught: [['orchestrator/expressions/wrong.ts', 'orchestrator/definition/target.ts']],
  },
  {
    rule: 'orchestrator-rooms-meet-through-ports',
    files: {
      'orchestrator/tasks/wrong.ts': uses('../runtime/target.js'),
      'orchestrator/http/routes/wrong.ts': usesType('../../tasks/target.js'),
      'orchestrator/blocks/wrong.ts': uses('../../mocks/payments/target.js'),
      'orchestrator/runtime/right.ts': uses('../engine/target.js'),
    },
    caught: [
      ['orchestrator/tasks/wrong.ts', 'orchestrator/runtime/target.ts'],
      ['orchestrator/http/routes/wrong.ts', 'orchestrator/tasks/target.ts'],
      ['orchestrator/blocks/wrong.ts', 'mocks/payments/target.ts'],
    ],
  },
  {
    rule: 'mocks-know-only-the-kit',
    files: {
      'mocks/payments/wrong.ts': uses('../consent/target.js'),
      'mocks/payments/operations/wrong.ts': usesType('../../../orchestrator/tasks/target.js'),
      'mocks/kit/wrong.ts': uses('../payments/target.js'),
      'mocks/payments/right.ts': uses('../kit/target.js'),
    },
    caught: [
      ['mocks/payments/wrong.ts', 'mocks/consent/target.ts'],
      ['mocks/payments/operations/wrong.ts', 'orchestrator/tasks/target.ts'],
      ['mocks/kit/wrong.ts', 'mocks/payments/target.ts'],
    ],
  },
  {
    rule: 'infra-serves-ports-only',
    files: { 'infra/queue/wrong.ts': uses('../../orchestrator/runtime/target.js') },
    caught: [['infra/queue/wrong.ts', 'orchestrator/runtime/target.ts']],
  },
  {
    rule: 'cli-goes-through-app',
    files: {
      'cli/wrong.ts': usesType('../orchestrator/definition/target.js'),
      'cli/right.ts': uses('../app/target.js'),
    },
    caught: [['cli/wrong.ts', 'orchestrator/definition/target.ts']],
  },
  {
    rule: 'nothing-imports-the-cli',
    files: { 'app/wrong.ts': uses('../cli/target.js') },
    caught: [['app/wrong.ts', 'cli/target.ts']],
  },
  {
    rule: 'console-knows-contracts-and-the-api',
    files: {
      'console/src/wrong.tsx': usesType('../../app/target.js'),
      'console/src/right.tsx': uses('../../contracts/target.js'),
    },
    caught: [['console/src/wrong.tsx', 'app/target.ts']],
  },
  {
    rule: 'nothing-imports-the-console',
    files: { 'app/console.ts': uses('../console/src/target.js') },
    caught: [['app/console.ts', 'console/src/target.ts']],
  },
  {
    rule: 'bullmq-in-runtime-and-queue',
    files: {
      'app/queue.ts': usesType('bullmq'),
      'infra/embedded/queue.ts': uses('bullmq'),
      'orchestrator/runtime/queue.ts': uses('bullmq'),
    },
    caught: [
      ['app/queue.ts', 'bullmq/dist/cjs/index.js'],
      ['infra/embedded/queue.ts', 'bullmq/dist/cjs/index.js'],
      // It breaks the purity of the engine as well.
      ['orchestrator/engine/tasks/queue.ts', 'bullmq/dist/cjs/index.js'],
    ],
  },
  {
    rule: 'metrics-library-in-infra',
    files: {
      'app/metrics.ts': uses('prom-client'),
      'infra/metrics/right.ts': uses('prom-client'),
    },
    caught: [['app/metrics.ts', 'prom-client/index.js']],
  },
  {
    rule: 'databases-in-infra',
    files: {
      'orchestrator/runtime/database.ts': uses('ioredis'),
      'app/database.ts': usesType('mongoose'),
      'infra/documents/right.ts': uses('mongoose'),
    },
    caught: [
      ['orchestrator/runtime/database.ts', 'ioredis/built/index.js'],
      ['app/database.ts', 'mongoose/index.js'],
    ],
  },
  {
    rule: 'express-at-the-http-edges',
    files: {
      'mocks/payments/route.ts': usesType('express'),
      'mocks/payments/http/right.ts': uses('express'),
      'orchestrator/http/right.ts': uses('express'),
    },
    caught: [
      ['mocks/payments/route.ts', 'express/index.js'],
      ['contracts/wrong-type.ts', 'express/index.js'],
    ],
  },
  {
    rule: 'no-cycles',
    files: {
      'mocks/messaging/one.ts': "import type { Two } from './two.js';\nexport type One = Two | 1;\n",
      'mocks/messaging/two.ts':
        "import type { One } from './one.js';\nexport interface Two { readonly one: One }\n",
    },
    // A cycle is reported once, from where it was met first.
    caught: [['mocks/messaging/one.ts', 'mocks/messaging/two.ts']],
  },
  {
    rule: 'nothing-imports-tests',
    files: { 'infra/memory/wrong.ts': uses('../../test/target.js') },
    caught: [['infra/memory/wrong.ts', 'test/target.ts']],
  },
  {
    rule: 'nothing-unresolved',
    files: { 'app/nowhere.ts': uses('./not-there.js') },
    caught: [['app/nowhere.ts', './not-there.js']],
  },
  {
    rule: 'no-dev-dependencies-at-run-time',
    files: { 'app/dev.ts': uses('vite'), 'app/dev-type.ts': usesType('vite') },
    caught: [['app/dev.ts', 'vite/dist/node/index.js']],
  },
];

/** The files that the wrong (and right) ones import. */
export const targets: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'contracts',
    'orchestrator/engine',
    'orchestrator/definition',
    'orchestrator/expressions',
    'orchestrator/runtime',
    'orchestrator/tasks',
    'mocks/kit',
    'mocks/payments',
    'mocks/consent',
    'app',
    'cli',
    'infra',
    'console/src',
    'test',
  ].map((room) => [`${room}/target.ts`, target]),
);
