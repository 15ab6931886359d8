import base from './jest.config.js';

process.env['SANDBOX_TEST_LONG'] = 'true';

/** What `npm test` leaves out, and whole the files that it takes a part of: see test/setup/long.ts. */
export default {
  ...base,
  testMatch: [
    '**/*.long.test.ts',
    '**/scenarios/*.test.ts',
    '**/crash/killed.test.ts',
    '**/crash/seams/seams.test.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/'],
};
