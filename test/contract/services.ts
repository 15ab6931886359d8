import { describe, it } from '@jest/globals';

/**
 * Runs a contract over a service whose address is in the environment. Without the address it is skipped, visibly;
 * on a build server it fails instead, because there a missing service must not look like success.
 */
export function withService(
  name: string,
  variable: 'REDIS_URL' | 'MONGODB_URI',
  run: (address: string) => void,
): void {
  const address = process.env[variable];
  if (address !== undefined && address !== '') {
    run(address);
  } else if (process.env['CI'] === 'true') {
    describe(name, () => {
      it(`needs ${variable}`, () => {
        throw new Error(`${variable} is not set: start the service and set it`);
      });
    });
  } else {
    describe.skip(`${name}: skipped, because ${variable} is not set`, () => {
      it('runs the contract', () => undefined);
    });
  }
}
