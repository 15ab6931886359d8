import { createHash } from 'node:crypto';
import type { Document } from '../../../contracts/documents.js';
import type { JsonObject } from '../../../contracts/json.js';
import { CONFIGURATION, type ConfigurationDoc } from '../configuration/changes.js';
import type { ScopedCollection, StateScope } from '../../kit/state.js';

/** A kind of event in a room, with the JSON Schema that its events must fit. */
export interface EventType extends Document {
  readonly room: string;
  readonly eventType: string;
  readonly schema: JsonObject;
  /** Of the event that was published last; they count from 1 within a type. */
  readonly lastSequence: number;
}

export interface PublishedEvent extends Document {
  readonly id: string;
  readonly sequence: number;
  /** Member path of the application that published it. */
  readonly publisher: string;
  readonly eventType: string;
  readonly event: JsonObject;
  /** Instant of the workspace clock. */
  readonly at: string;
}

export interface Subscription extends Document {
  readonly id: string;
  /** Member path of the application that subscribed: one subscription for each type. */
  readonly subscriber: string;
  readonly eventType: string;
  readonly delivery: 'PUSH' | 'PULL';
  /** TTL in seconds of the workspace clock; FIFO: acknowledged in order only. */
  readonly options: { readonly TTL: number; readonly FIFO: boolean };
  /** Where events are posted. The published document has no place for it: an addition of this mock. */
  readonly callbackUrl?: string;
  /** Where the older dialect wants events to go; kept and shown, nothing more. */
  readonly destination?: { readonly dstServiceCode: string; readonly dstOperationId: string };
  /** All up to this sequence are dealt with, and these further ones. */
  readonly from: number;
  readonly acknowledged: readonly number[];
}

export interface PubSubState {
  readonly configuration: ScopedCollection<ConfigurationDoc>;
  readonly types: ScopedCollection<EventType>;
  readonly events: ScopedCollection<PublishedEvent>;
  readonly subscriptions: ScopedCollection<Subscription>;
}

/** Short names, as effects use them. */
export const TYPES = 'event-types';
export const EVENTS = 'events';
export const SUBSCRIPTIONS = 'subscriptions';

export function openPubSubState(scope: StateScope): PubSubState {
  return {
    configuration: scope.collection<ConfigurationDoc>(CONFIGURATION),
    types: scope.collection<EventType>(TYPES, ['room']),
    events: scope.collection<PublishedEvent>(EVENTS, ['id']),
    subscriptions: scope.collection<Subscription>(SUBSCRIPTIONS, ['subscriber']),
  };
}

/** Names may hold anything; ids of documents may not. */
export function typeId(room: string, eventType: string): string {
  return short(`${room} ${eventType}`);
}

export function subscriptionId(room: string, eventType: string, subscriber: string): string {
  return `${typeId(room, eventType)}/${short(subscriber)}`;
}

/** Ids in the order of sequences. */
export function eventDocumentId(type: string, sequence: number): string {
  return `${type}/${String(sequence).padStart(12, '0')}`;
}

/** A UUID that is the same for the same text (version 8: made of a hash). */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
