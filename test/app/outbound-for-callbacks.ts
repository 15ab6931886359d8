import { openOutbound } from '../../app/outbound.js';
import { parseHostPattern } from '../../orchestrator/blocks/outbound/egress/host-patterns.js';

export type Opened = ReturnType<typeof openOutbound>;

/** The way out as the sandbox opens it, for these hosts. */
export function outboundFor(hosts: string): Opened {
  return openOutbound({
    config: {
      outboundHosts: hosts.split(',').flatMap((host) => parseHostPattern(host) ?? []),
      outboundTimeoutMs: 5_000,
    },
    realClock: { now: () => new Date() },
    idempotencyKey: (run, task) => `${run}/${task}`,
  });
}
