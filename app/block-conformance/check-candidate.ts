import { randomBytes, randomUUID } from 'node:crypto';
import { blockIds, type BlockId } from '../../contracts/block.js';
import type { Clock } from '../../contracts/clock.js';
import { SandboxError } from '../../contracts/problems.js';
import { loadOpenApi } from '../../mocks/kit/load-openapi.js';
import { openCallbackReceiver, type CallbackReceiver } from './callback-receiver.js';
import type { Dialect } from './contract.js';
import { noCredentials, parseCredentials } from './credentials.js';
import { readFixtureFile, readFixtures } from './fixtures.js';
import { createHttpTransport } from './http-transport.js';
import type { CheckResult, ConformanceReport } from './report.js';
import { runConformance } from './run-conformance.js';
import { suiteOf } from './suites.js';

export interface CandidateOptions {
  readonly block: BlockId;
  /** Where the candidate answers, such as http://127.0.0.1:3333. */
  readonly url: string;
  /** Where it answers as another tenant. */
  readonly otherUrl?: string;
  /** `payments/g2p`, or `g2p` alone. */
  readonly profile?: string;
  readonly fixtures?: string;
  readonly auth?: string;
  /** What the candidate must call to reach this machine, with the port to listen on. */
  readonly callbackUrl?: string;
  readonly readOnly?: boolean;
  readonly extensions?: boolean;
  readonly failFast?: boolean;
  readonly dialect?: Dialect;
  /** How long the candidate may take for what it does after its answer; 10,000 ms when absent. */
  readonly patienceMs?: number;
  readonly realClock: Clock;
  readonly onCheck?: (result: CheckResult) => void;
}

const PATIENCE_MS = 10_000;
const SOON_MS = 2_000;

/**
 * Checks any implementation of a building block over HTTP. Raises GSB-REQ-001 for options that are not valid and
 * GSB-REQ-002 for a profile that there is not; what the candidate does wrong is in the report.
 */
export async function checkCandidate(options: CandidateOptions): Promise<ConformanceReport> {
  const { block, realClock, patienceMs = PATIENCE_MS } = options;
  const suite = suiteOf(block);
  const document = loadOpenApi(import.meta.url, `../../mocks/${block}/openapi.yaml`);
  const url = addressOf(options.url, '--url');
  const given = options.fixtures === undefined ? {} : await readFixtureFile(options.fixtures);
  const fixtures = await readFixtures(block, given, options.fixtures);
  const credentials = options.auth === undefined ? noCredentials : parseCredentials(options.auth);
  const profile = options.profile === undefined ? undefined : profileOf(block, options.profile);
  const main = createHttpTransport(url.href);
  const other =
    options.otherUrl === undefined
      ? undefined
      : createHttpTransport(addressOf(options.otherUrl, '--other-url').href);
  const receiver = await receiverFor(url, options.callbackUrl, patienceMs);
  try {
    const info = document.info as { title?: string };
    return await runConformance({
      suite,
      document,
      title: (info.title ?? block).replace(/ \(training mock\)$/, ''),
      candidate: url.href,
      send: main.send,
      ...(other === undefined ? {} : { sendOther: other.send }),
      fixtures,
      dialect: options.dialect ?? 'published',
      readOnly: options.readOnly ?? false,
      extensions: options.extensions ?? false,
      ...(profile === undefined ? {} : { profile }),
      credentials,
      ...(receiver === undefined ? {} : { receiver }),
      realClock,
      random: (length) =>
        Array.from(randomBytes(length), (byte) => 'abcdefghijklmnopqrstuvwxyz0123456789'[byte % 36]).join(''),
      uuid: randomUUID,
      pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
      patienceMs,
      soonMs: SOON_MS,
      ...(options.failFast === undefined ? {} : { failFast: options.failFast }),
      ...(options.onCheck === undefined ? {} : { onCheck: options.onCheck }),
    });
  } finally {
    await Promise.all([main.close(), other?.close(), receiver?.close()]);
  }
}

/** The block that a name means, with the short names that people use. */
export function blockNamed(name: string): BlockId | undefined {
  const short: Readonly<Record<string, BlockId>> = {
    registries: 'digital-registries',
    mediator: 'information-mediator',
  };
  return blockIds.find((id) => id === name) ?? short[name];
}

function profileOf(block: BlockId, text: string): string {
  const slash = text.indexOf('/');
  if (slash < 0) return text;
  if (blockNamed(text.slice(0, slash)) !== block)
    throw new SandboxError('GSB-REQ-001', { detail: `--profile ${text} is not one of ${block}` });
  return text.slice(slash + 1);
}

function addressOf(text: string, option: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url;
  throw new SandboxError('GSB-REQ-001', {
    detail: `${option} ${text} is no address that begins with http:// or https://`,
  });
}

const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A candidate on this machine reaches any free port; one elsewhere must be told where. */
async function receiverFor(
  candidate: URL,
  callbackUrl: string | undefined,
  patienceMs: number,
): Promise<CallbackReceiver | undefined> {
  if (callbackUrl !== undefined) {
    const url = addressOf(callbackUrl, '--callback-url');
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    return openCallbackReceiver({ host: '0.0.0.0', port, publicUrl: url.href, patienceMs });
  }
  if (!OWN_HOSTS.has(candidate.hostname)) return undefined;
  return openCallbackReceiver({ host: '127.0.0.1', port: 0, patienceMs });
}
