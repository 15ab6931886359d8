/* global module */
// Who may import whom: docs of the layout, as rules. Checked by `npm run imports` and by test/architecture/, which also
// shows for every rule here that it catches the import it forbids. Type-only imports count.

/** A package, its type declarations included. */
const npm = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})(/|$)`;
const anyNpm = '(^|/)node_modules/';

module.exports = {
  forbidden: [
    {
      name: 'contracts-know-only-zod',
      comment: 'contracts/ is the shared language: no I/O, no framework.',
      severity: 'error',
      from: { path: '^contracts/' },
      to: { pathNot: ['^contracts/', npm('zod')] },
    },
    {
      name: 'engine-is-pure',
      comment:
        'The engine knows no clock, network, queue or database, nor how documents are read or expressions evaluated.',
      severity: 'error',
      from: { path: '^orchestrator/engine/' },
      to: { pathNot: ['^orchestrator/engine/', '^contracts/'] },
    },
    {
      name: 'definition-knows-yaml-and-zod',
      comment: 'Loading documents is a function of their text.',
      severity: 'error',
      from: { path: '^orchestrator/definition/' },
      to: { pathNot: ['^orchestrator/definition/', '^contracts/', npm('yaml', 'zod')] },
    },
    {
      name: 'expressions-know-jq',
      comment: 'An expression is a function of its input and variables.',
      severity: 'error',
      from: { path: '^orchestrator/expressions/' },
      to: { pathNot: ['^orchestrator/expressions/', '^contracts/', npm('jq-wasm')] },
    },
    {
      name: 'orchestrator-rooms-meet-through-ports',
      comment:
        'The other rooms know contracts, the engine and themselves; app/ hands them each other as ports.',
      severity: 'error',
      from: { path: '^orchestrator/(?!engine/|definition/|expressions/)([^/]+)/' },
      to: {
        path: '^(orchestrator|mocks|app|cli|infra|console|usecases)/',
        pathNot: ['^orchestrator/engine/', '^orchestrator/$1/'],
      },
    },
    {
      name: 'mocks-know-only-the-kit',
      comment:
        'A building block knows contracts, the kit and itself: never another block, never the orchestrator.',
      severity: 'error',
      from: { path: '^mocks/([^/]+)/' },
      to: {
        path: '^(orchestrator|mocks|app|cli|infra|console|usecases)/',
        pathNot: ['^mocks/kit/', '^mocks/$1/'],
      },
    },
    {
      name: 'infra-serves-ports-only',
      comment: 'Adapters implement the ports of contracts/; they know nothing of who uses them.',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^(orchestrator|mocks|app|cli|console|usecases)/' },
    },
    {
      name: 'cli-goes-through-app',
      comment: 'The command line knows contracts, app/ and the HTTP API.',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: '^(orchestrator|mocks|infra|console|usecases)/' },
    },
    {
      name: 'nothing-imports-the-cli',
      comment: 'The command line is one of the ways in; app/ and what is below it do not know it.',
      severity: 'error',
      from: { path: '^(contracts|orchestrator|mocks|app|infra|console)/' },
      to: { path: '^cli/' },
    },
    {
      name: 'console-knows-contracts-and-the-api',
      comment: 'The web app runs in a browser: it knows contracts and the HTTP API.',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(orchestrator|mocks|app|cli|infra|usecases)/' },
    },
    {
      name: 'nothing-imports-the-console',
      comment: 'The web app is built and served as files.',
      severity: 'error',
      from: { path: '^(contracts|orchestrator|mocks|app|cli|infra)/' },
      to: { path: '^console/' },
    },
    {
      name: 'bullmq-in-runtime-and-queue',
      severity: 'error',
      from: { pathNot: ['^orchestrator/runtime/', '^infra/queue/'] },
      to: { path: npm('bullmq') },
    },
    {
      name: 'databases-in-infra',
      severity: 'error',
      from: { pathNot: '^infra/' },
      to: { path: npm('mongoose', 'mongodb', 'ioredis', 'pg', '@electric-sql') },
    },
    {
      name: 'metrics-library-in-infra',
      comment: 'What is measured goes through the port of contracts/metrics.ts.',
      severity: 'error',
      from: { pathNot: '^infra/metrics/' },
      to: { path: npm('prom-client') },
    },
    {
      name: 'express-at-the-http-edges',
      severity: 'error',
      from: {
        pathNot: ['^app/', '^mocks/kit/', '^orchestrator/http/', '^(orchestrator|mocks|infra)/.+/http/'],
      },
      to: { path: npm('express', 'express-session', 'express-serve-static-core', 'swagger-ui-express') },
    },
    {
      name: 'no-cycles',
      comment: 'Where code is recursive, the recursion is handed in.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(contracts|orchestrator|mocks|app|cli|infra|console)/' },
      to: { path: '^test/' },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that cannot be resolved is checked by no other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-dependencies-at-run-time',
      comment:
        'What the sandbox needs when it runs is installed with it; only types may come from elsewhere.',
      severity: 'error',
      from: { path: '^(contracts|orchestrator|mocks|app|cli|infra)/', pathNot: '^infra/build/' },
      to: {
        path: anyNpm,
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: anyNpm },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
