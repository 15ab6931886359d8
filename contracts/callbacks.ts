import type { BlockId, Method } from './block.js';
import type { Json } from './json.js';

/** Header in which a callback carries its signatures; see docs/explanations/callbacks.md for how to check it. */
export const CALLBACK_SIGNATURE_HEADER = 'x-sandbox-signature';

export const callbackStates = ['waiting', 'delivered', 'given-up', 'lost'] as const;
export type CallbackState = (typeof callbackStates)[number];

export interface CallbackAttempt {
  readonly at: string;
  /** Absent when the connection failed. */
  readonly status?: number;
  readonly failure?: string;
}

/** A callback of a building block, as people who operate the sandbox see it. */
export interface CallbackView {
  readonly id: string;
  readonly block: BlockId;
  readonly operationId: string;
  readonly method: Method;
  /** Without the token of a run's own address: it is a key. */
  readonly url: string;
  readonly state: CallbackState;
  /** Instant of real time at which the block sent it. */
  readonly sentAt: string;
  readonly attempts: readonly CallbackAttempt[];
  /** While it waits. */
  readonly nextAttempt?: string;
  /** How often somebody asked for another delivery. */
  readonly replays: number;
  /** Personal data: only where one callback is read, by those who operate the sandbox. */
  readonly body?: Json;
}

/** A key that callbacks are signed with: a new one is signed with at once, the one before a while longer. */
export interface CallbackKey {
  /** Count of the rotations, such as `k2`. */
  readonly id: string;
  /** The text that keys the HMAC, as it stands. */
  readonly secret: string;
  readonly state: 'current' | 'retiring';
  /** Of a retiring key: from then on nothing is signed with it. */
  readonly until?: string;
}
