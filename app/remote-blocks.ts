import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request as send } from 'undici';
import { z } from 'zod';
import {
  ConnectionLostError,
  type Block,
  type BlockId,
  type BlockResponse,
  type RequestRecorder,
  type SeenRequest,
} from '../contracts/block.js';
import type { BlockState } from '../contracts/block-state.js';
import type { WorkspaceId } from '../contracts/ids.js';
import { problems, SandboxError, type ProblemCode } from '../contracts/problems.js';
import { isStoreUnavailable, StoreUnavailableError } from '../contracts/store-unavailable.js';
import { errorCode } from '../infra/error-facts.js';
import type { MovableClocks } from '../orchestrator/workspaces/workspace-clocks.js';
import { INTERNAL_KEY_HEADER } from './internal-door.js';
import type { ToldClock } from './told-clocks.js';

/** Where the process of the building blocks is asked by the one that answers HTTP (docs/decisions/0009). */
export const BLOCKS_PATH = '/internal/blocks';

/** What is asked of a block: one of the methods of `Block`, or of its `state`, with their arguments. */
export interface BlockAsk {
  readonly workspace: WorkspaceId;
  readonly block: BlockId;
  readonly method: BlockMethod;
  readonly args: readonly unknown[];
  readonly clock: ToldClock;
}

export const blockMethods = ['handle', 'runJob', 'reset', 'rest'] as const;
/** All of them: the type finds the one that somebody adds and forgets here. */
export const stateMethods = Object.keys({
  collections: true,
  list: true,
  get: true,
  put: true,
  remove: true,
  export: true,
  import: true,
} satisfies Record<keyof BlockState, true>) as readonly (keyof BlockState)[];
export type BlockMethod = (typeof blockMethods)[number] | `state.${keyof BlockState}`;

/** What the journal of requests is told, but for request and answer, which the asking side has. */
export type Seen = Omit<SeenRequest, 'request' | 'response' | 'startedAt'> & { readonly startedAt: string };

export type BlockReply = (
  | { readonly kind: 'done'; readonly value?: unknown }
  | {
      readonly kind: 'lost';
      readonly message: string;
      readonly beforeEffect: boolean;
      readonly partial?: BlockResponse;
    }
  | {
      readonly kind: 'refused';
      readonly code: ProblemCode;
      readonly detail: string;
      readonly extensions: SandboxError['extensions'];
    }
) & { readonly seen?: Seen };

/** The mediator keeps members, rights and rooms beside the relay; the workflow block is the runtime's own window. */
const keptHere: readonly BlockId[] = ['information-mediator', 'workflow'];

export interface RemoteBlocks {
  /** The same block, answered by the other process. Its contract and its rules are at hand here. */
  readonly elsewhere: (block: Block, requests: RequestRecorder | undefined) => Block;
  /** Resolves once that process answers. GSB-CFG-007 when it does not in time. */
  awaken(): Promise<void>;
  close(): Promise<void>;
}

export interface RemoteBlocksOptions {
  /** SANDBOX_BLOCKS_URL */
  readonly url: string;
  readonly key: string;
  readonly clocks: Pick<MovableClocks, 'offset' | 'asItIs'>;
  /** How long that process may be away, in milliseconds, before a call counts as lost. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 30_000;
const RETRY_EVERY_MS = 100;
/** Nothing of the request arrived: it can be sent again without a doubt. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
]);

/** The asking side. While the other process is restarted, calls wait; one that was under way is lost, as with any system. */
export function createRemoteBlocks(options: RemoteBlocksOptions): RemoteBlocks {
  const { url, key, clocks, patienceMs = PATIENCE_MS } = options;
  const agent = new Agent({ connections: 64 });

  function clockOf(workspace: WorkspaceId): ToldClock {
    const { standsAt } = clocks.asItIs(workspace);
    return {
      offset: clocks.offset(workspace),
      ...(standsAt === undefined ? {} : { standsAt }),
      said: performance.timeOrigin + performance.now(),
    };
  }

  async function post(body: string): Promise<BlockReply> {
    const answer = await send(`${url}${BLOCKS_PATH}`, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', [INTERNAL_KEY_HEADER]: key },
      body,
      // A block may take its time: faults make it.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    if (answer.statusCode === 200) return (await answer.body.json()) as BlockReply;
    await answer.body.dump();
    if (answer.statusCode === 503)
      throw new StoreUnavailableError('blocks', { cause: new Error('The building blocks answered 503') });
    throw new Error(`The building blocks at ${url} answered ${answer.statusCode}`);
  }

  async function ask(
    block: BlockId,
    method: BlockMethod,
    workspace: WorkspaceId,
    args: readonly unknown[],
  ): Promise<BlockReply> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const asked: BlockAsk = { workspace, block, method, args, clock: clockOf(workspace) };
      try {
        return await post(JSON.stringify(asked));
      } catch (error) {
        if (isStoreUnavailable(error)) throw error;
        const code = String(errorCode(error));
        if (NEVER_SENT.has(code) && performance.now() < until) {
          await pause(RETRY_EVERY_MS);
          continue;
        }
        if (method !== 'handle') throw new StoreUnavailableError('blocks', { cause: error });
        const before = NEVER_SENT.has(code);
        return {
          kind: 'lost',
          beforeEffect: before,
          message: `the connection to ${block} was lost: ${code}`,
        };
      }
    }
  }

  async function value(
    block: BlockId,
    method: BlockMethod,
    workspace: WorkspaceId,
    args: readonly unknown[],
  ): Promise<unknown> {
    return valueOf(await ask(block, method, workspace, args));
  }

  return {
    elsewhere: (block, requests) => {
      if (keptHere.includes(block.id)) return block;
      const state = Object.fromEntries(
        stateMethods.map((method) => [
          method,
          (workspace: WorkspaceId, ...args: readonly unknown[]) =>
            value(block.id, `state.${method}`, workspace, args),
        ]),
      ) as unknown as BlockState;
      return {
        ...block,
        state,
        handle: async (workspace, request) => {
          const reply = await ask(block.id, 'handle', workspace, [request]);
          const response = reply.kind === 'done' ? (reply.value as BlockResponse) : undefined;
          if (reply.seen !== undefined)
            requests?.record(workspace, {
              ...reply.seen,
              startedAt: new Date(reply.seen.startedAt),
              request,
              ...(response === undefined ? {} : { response }),
            });
          return valueOf(reply) as BlockResponse;
        },
        runJob: async (workspace, job) => {
          await value(block.id, 'runJob', workspace, [job]);
        },
        reset: async (workspace, seeds) => {
          await value(block.id, 'reset', workspace, [seeds]);
        },
        rest: async (workspace) => {
          await value(block.id, 'rest', workspace, []);
        },
      };
    },
    awaken: async () => {
      const until = performance.now() + patienceMs;
      for (;;) {
        try {
          const { statusCode, body } = await send(`${url}/health`, { dispatcher: agent });
          await body.dump();
          if (statusCode === 200) return;
        } catch (cause) {
          if (performance.now() > until)
            throw new SandboxError('GSB-CFG-007', {
              detail: `SANDBOX_BLOCKS_URL names ${url}, where no building blocks answer: ${String(errorCode(cause) ?? cause)}. Start them with: sandbox blocks.`,
              cause,
            });
        }
        await pause(RETRY_EVERY_MS);
      }
    },
    close: () => agent.close(),
  };
}

function valueOf(reply: BlockReply): unknown {
  switch (reply.kind) {
    case 'done':
      return reply.value;
    case 'lost':
      throw new ConnectionLostError(reply.message, reply.beforeEffect, reply.partial);
    case 'refused':
      throw new SandboxError(reply.code, { detail: reply.detail, extensions: reply.extensions });
  }
}

/** What comes in is checked as far as it decides what is called; the rest is the block's own to check. */
export const blockAskSchema = z.object({
  workspace: z.string(),
  block: z.string(),
  method: z.enum([...blockMethods, ...stateMethods.map((name) => `state.${name}` as const)]),
  args: z.array(z.unknown()),
  clock: z.object({ offset: z.number(), standsAt: z.string().optional(), said: z.number() }),
});

/** The answer to an error of a block, as the asking side raises it again; undefined for what is no answer. */
export function replyToError(error: unknown): BlockReply | undefined {
  if (error instanceof ConnectionLostError) {
    const { message, beforeEffect, partial } = error;
    return { kind: 'lost', message, beforeEffect, ...(partial === undefined ? {} : { partial }) };
  }
  if (error instanceof SandboxError && error.code in problems)
    return { kind: 'refused', code: error.code, detail: error.detail, extensions: error.extensions };
  return undefined;
}
