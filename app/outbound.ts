import { randomBytes } from 'node:crypto';
import type { OutboundCalls } from '../contracts/catalog-function.js';
import type { Clock } from '../contracts/clock.js';
import { createEgress } from '../orchestrator/blocks/outbound/egress/egress.js';
import { parseHostPattern, type HostPattern } from '../orchestrator/blocks/outbound/egress/host-patterns.js';
import { createOutboundAgent } from '../orchestrator/blocks/outbound/egress/outbound-agent.js';
import { createOutboundCalls } from '../orchestrator/blocks/outbound/outbound-calls.js';
import type { SandboxConfig } from './config.js';
import type { SendCallback } from './deliver-callback.js';
import { createSendCallback } from './send-callback.js';

export interface OutboundOptions {
  readonly config: Pick<SandboxConfig, 'outboundHosts' | 'outboundTimeoutMs'>;
  readonly realClock: Clock;
  readonly idempotencyKey: (run: string, taskKey: string) => string;
  /** Public hosts that answer from elsewhere, such as `{'petstore.swagger.io': 'http://127.0.0.1:1234'}`. */
  readonly hostMap?: Readonly<Record<string, string>> | undefined;
}

/** The way out of the sandbox, with its rules and its pool of connections. */
export function openOutbound(options: OutboundOptions): {
  readonly calls: OutboundCalls;
  readonly sendCallback: SendCallback;
  close(): Promise<void>;
} {
  const { config, realClock, idempotencyKey, hostMap = {} } = options;
  // Connections to the origins of the host map are made, though no workflow can name them itself.
  const mapped = Object.values(hostMap).map((origin) => patternOf(new URL(origin).host));
  const agent = createOutboundAgent({ egress: createEgress([...config.outboundHosts, ...mapped]) });
  const egress = createEgress(config.outboundHosts);
  const calls = createOutboundCalls({
    dispatcher: agent,
    egress,
    now: () => realClock.now(),
    nonce: () => randomBytes(16).toString('hex'),
    idempotencyKey,
    timeoutMs: config.outboundTimeoutMs,
    hostMap,
  });
  // What is still under way ends with the sandbox: a run repeats it after the start.
  const sendCallback = createSendCallback({ dispatcher: agent, egress });
  return { calls, sendCallback, close: () => agent.destroy() };
}

function patternOf(host: string): HostPattern {
  const pattern = parseHostPattern(host);
  if (pattern === undefined) throw new Error(`The host map leads to ${host}, which is no host`);
  return pattern;
}
