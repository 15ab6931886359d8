import base from './jest.config.js';

process.env['SANDBOX_TEST_LONG'] = 'true';

/**
 * What `npm test` leaves out, and whole some files that it takes a part of: see test/setup/long.ts. Others are too long for
 * every change; whole, they are `SANDBOX_TEST_LONG=true npm test -- test/crash/killed.test.ts test/scenarios/services.test.ts`.
 */
export default {
  ...base,
  testMatch: ['**/*.long.test.ts', '**/scenarios/embedded.test.ts', '**/crash/seams/seams.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
