import { httpbin } from './httpbin.js';
import { petstore } from './petstore.js';
import { createServices } from './services.js';
import { startTestHost } from './test-host.js';

/** The hosts that scenarios call, all of them on this machine: no scenario ever reaches a network. */
export interface TestHosts {
  /** Where a public host answers: `petstore.swagger.io` at `http://127.0.0.1:40123`. */
  readonly map: Readonly<Record<string, string>>;
  /** The requests of this scenario to a public host: `GET /echo` and so on. */
  requests(host: string): readonly string[];
  /** Between scenarios. */
  forget(): void;
  close(): Promise<void>;
}

/** The kit's two hosts, and `https://services.example` for scenarios of our own. */
export async function startTestHosts(): Promise<TestHosts> {
  const services = createServices();
  const hosts = {
    'petstore.swagger.io': await startTestHost(petstore),
    'httpbin.org': await startTestHost(httpbin),
    'services.example': await startTestHost(services.handle),
  };
  const all = Object.values(hosts);
  return {
    map: Object.fromEntries(Object.entries(hosts).map(([name, host]) => [name, host.origin])),
    requests: (name) => Object.entries(hosts).find(([known]) => known === name)?.[1].requests ?? [],
    forget: () => {
      services.forget();
      for (const host of all) host.forget();
    },
    close: async () => {
      await Promise.all(all.map((host) => host.close()));
    },
  };
}
