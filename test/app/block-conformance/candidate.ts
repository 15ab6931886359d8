import { openMockBlocks } from '../../../app/mock-blocks.js';
import { noSeeds, readMockSeeds } from '../../../app/mock-seeds.js';
import {
  createCallbackBoard,
  type CallbackReceiver,
} from '../../../app/block-conformance/callback-receiver.js';
import { readFixtures } from '../../../app/block-conformance/fixtures.js';
import type { Dialect } from '../../../app/block-conformance/contract.js';
import type { ConformanceReport } from '../../../app/block-conformance/report.js';
import { runConformance } from '../../../app/block-conformance/run-conformance.js';
import { suiteOf } from '../../../app/block-conformance/suites.js';
import type { Transport } from '../../../app/block-conformance/wire.js';
import type { BlockId, BlockRequest, BlockResponse } from '../../../contracts/block.js';
import { DEFAULT_WORKSPACE, workspaceIdSchema, type WorkspaceId } from '../../../contracts/ids.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import { silentLogger } from '../../../contracts/logger.js';
import { parseQuery } from '../../../mocks/kit/query-string.js';

export type Handle = (workspace: WorkspaceId, request: BlockRequest) => Promise<BlockResponse>;
/** Delivers a callback, or not, or twice. */
export type Deliver = (callback: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
}) => void;

/** What makes a candidate of a block: the block itself, or a wrong copy. Header names come as they were sent. */
export interface Twist {
  readonly handle?: (right: Handle) => Handle;
  readonly callbacks?: (right: Deliver) => Deliver;
}

export interface Candidate {
  readonly check: (options?: {
    readonly twist?: Twist;
    readonly dialect?: Dialect;
    readonly profile?: string;
    readonly readOnly?: boolean;
    readonly extensions?: boolean;
    readonly fixtures?: JsonObject;
    readonly patienceMs?: number;
    readonly failFast?: boolean;
    readonly only?: (id: string) => boolean;
  }) => Promise<ConformanceReport>;
  readonly close: () => Promise<void>;
}

const SECOND = workspaceIdSchema.parse('second');
const ORIGIN = 'http://candidate.example';
const CALLBACKS = 'http://checks.example';

/** A block and its neighbours in memory, checked without a socket. */
export async function openCandidate(block: BlockId, seed?: string): Promise<Candidate> {
  const seeds = seed === undefined ? noSeeds : await readMockSeeds(block, seed);
  let deliver: Deliver = () => undefined;
  const realClock = { now: () => new Date() };
  const { building, close } = await openMockBlocks({
    block,
    seeds,
    origin: ORIGIN,
    realClock,
    logger: silentLogger,
    deliverCallback: (url, _method, headers, body) => {
      deliver({ url, headers, body: JSON.parse(body) as Json });
      return Promise.resolve(200);
    },
  });
  const mock = building.blocks.get(block);
  if (mock === undefined) throw new Error(`there is no block ${block}`);
  const right: Handle = (workspace, request) =>
    mock.handle(workspace, {
      ...request,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    });
  let runs = 0;
  return {
    check: async (options = {}) => {
      const { twist = {}, dialect = 'published', readOnly = false, extensions = true } = options;
      await building.reset(DEFAULT_WORKSPACE);
      await building.reset(SECOND);
      runs += 1;
      const handle = twist.handle?.(right) ?? right;
      const patienceMs = options.patienceMs ?? 5_000;
      const board = createCallbackBoard(patienceMs);
      const take: Deliver = ({ url, headers, body }) => {
        if (!url.startsWith(CALLBACKS)) return;
        board.take({
          path: url.slice(CALLBACKS.length),
          method: 'POST',
          headers,
          body: JSON.stringify(body),
        });
      };
      deliver = twist.callbacks?.(take) ?? take;
      const receiver: CallbackReceiver = { ...board, url: CALLBACKS, close: () => Promise.resolve() };
      let last = 0;
      const random = (length: number): string => {
        last += 1;
        return `${runs.toString(36)}${last.toString(36)}`.padStart(length, '0').slice(-length);
      };
      // Our own callbacks are signed, which the specification does not ask for.
      const over = block === 'payments' ? { callbackSignatureHeader: 'X-Sandbox-Signature' } : {};
      const fixtures = await readFixtures(block, { ...over, ...options.fixtures });
      return runConformance({
        suite: suiteOf(block),
        document: mock.openapi,
        title: mock.title,
        candidate: ORIGIN,
        send: transport(handle, DEFAULT_WORKSPACE),
        sendOther: transport(handle, SECOND),
        fixtures,
        dialect,
        readOnly,
        extensions,
        ...(options.profile === undefined ? {} : { profile: options.profile }),
        receiver,
        realClock,
        random,
        uuid: () => crypto.randomUUID(),
        pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        patienceMs,
        soonMs: 50,
        ...(options.only === undefined ? {} : { only: options.only }),
        ...(options.failFast === undefined ? {} : { failFast: options.failFast }),
      });
    },
    close,
  };
}

/** As the kit's HTTP router does it, without HTTP. */
function transport(handle: Handle, workspace: WorkspaceId): Transport {
  return async ({ method, target, headers, body }) => {
    const mark = target.indexOf('?');
    const parsed =
      body === undefined || body.trim() === '' ? undefined : readBody(body, headers['content-type']);
    const answer = await handle(workspace, {
      method,
      path: mark < 0 ? target : target.slice(0, mark),
      query: mark < 0 ? {} : parseQuery(target.slice(mark + 1)),
      headers,
      ...(parsed === undefined ? {} : { body: parsed }),
    });
    const type = answer.headers['content-type'] ?? '';
    const isText = typeof answer.body === 'string' && !type.includes('json');
    return {
      status: answer.status,
      headers: answer.headers,
      body: answer.body === undefined ? '' : isText ? answer.body : JSON.stringify(answer.body),
    };
  };
}

function readBody(text: string, contentType = 'application/json'): Json {
  if (!contentType.includes('json')) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
