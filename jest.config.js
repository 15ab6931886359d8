/** Tests run the TypeScript sources as ES modules; `npm test` sets --experimental-vm-modules. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
  reporters: ['default', '<rootDir>/test/setup/skipped-services.mjs'],
  // See test/setup/long.ts.
  testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$'],
  testSequencer: '<rootDir>/test/setup/longest-first.mjs',
  maxWorkers: 2,
  testTimeout: 30000,
};
