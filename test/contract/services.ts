import { describe, it } from '@jest/globals';

/**
 * Where tests find real services. The names differ from those that the sandbox itself reads (`REDIS_URL` and so on),
 * so that a test of the embedded profile never meets a service by accident. `infra/ci/with-services.sh` sets them.
 */
export type TestService = 'SANDBOX_TEST_REDIS_URL' | 'SANDBOX_TEST_MONGODB_URI' | 'SANDBOX_TEST_KEYCLOAK_URL';

/** The addresses of all the services, or undefined when one of them is missing. */
function addressesOf<S extends TestService>(services: readonly S[]): Readonly<Record<S, string>> | undefined {
  const found = services.map((service) => [service, process.env[service] ?? ''] as const);
  if (found.some(([, address]) => address === '')) return undefined;
  return Object.fromEntries(found) as Record<S, string>;
}

/**
 * Runs tests over services whose addresses are in the environment. Without one of them they are skipped, visibly;
 * on a build server they fail instead, because there a missing service must not look like success.
 */
export function withServices<S extends TestService>(
  name: string,
  services: readonly S[],
  run: (addresses: Readonly<Record<S, string>>) => void,
): void {
  const addresses = addressesOf(services);
  const wanted = services.join(', ');
  if (addresses !== undefined) {
    run(addresses);
  } else if (process.env['CI'] === 'true') {
    describe(name, () => {
      it(`needs ${wanted}`, () => {
        throw new Error(`${wanted}: not all of them are set; infra/ci/with-services.sh starts the services`);
      });
    });
  } else {
    describe.skip(`${name}: skipped, because not all of ${wanted} are set`, () => {
      it('runs the contract', () => undefined);
    });
  }
}

/** As `withServices`, for a single one. */
export function withService(name: string, service: TestService, run: (address: string) => void): void {
  withServices(name, [service], (addresses) => run(addresses[service]));
}
