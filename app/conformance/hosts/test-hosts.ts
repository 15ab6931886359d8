import { httpbin } from './httpbin.js';
import { petstore } from './petstore.js';
import { createServices } from './services.js';
import { startTestHost } from './test-host.js';

/** The hosts that scenarios call, all of them on this machine: no scenario ever reaches a network. */
export interface TestHosts {
  /** Where a public origin answers: `https://petstore.swagger.io` to `http://127.0.0.1:40123`. */
  readonly map: Readonly<Record<string, string>>;
  /** The requests of this scenario to a public origin: `GET /echo` and so on. */
  requests(origin: string): readonly string[];
  /** Between scenarios. */
  forget(): void;
  close(): Promise<void>;
}

/** The kit's two hosts, and `https://services.example` for scenarios of our own. */
export async function startTestHosts(): Promise<TestHosts> {
  const services = createServices();
  const hosts = {
    'https://petstore.swagger.io': await startTestHost(petstore),
    'https://httpbin.org': await startTestHost(httpbin),
    'https://services.example': await startTestHost(services.handle),
  };
  const all = Object.values(hosts);
  return {
    map: Object.fromEntries(Object.entries(hosts).map(([origin, host]) => [origin, host.origin])),
    requests: (origin) => hosts[origin as keyof typeof hosts].requests,
    forget: () => {
      services.forget();
      for (const host of all) host.forget();
    },
    close: async () => {
      await Promise.all(all.map((host) => host.close()));
    },
  };
}
