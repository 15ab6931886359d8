import type { BlockId } from '../../contracts/block.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { Received } from './callback-receiver.js';
import type { Fixtures } from './fixtures.js';

/** What is asked of a building block beyond its document: scenarios, and how to make a valid request for each operation. */
export interface Suite {
  readonly block: BlockId;
  readonly specification: { readonly name: string; readonly version: string };
  /** Sent with every request that does not say otherwise. */
  readonly headers?: (fixtures: Fixtures) => Readonly<Record<string, string>>;
  /** By operationId: a request that must succeed. It may prepare what it needs by calls of its own. */
  readonly samples: Readonly<Record<string, Sample>>;
  readonly scenarios: readonly Scenario[];
  /** By the part behind the block's name, such as `g2p` of `payments/g2p`. */
  readonly profiles: Readonly<Record<string, Profile>>;
  /** Whether an answer refuses: by its status, unless the specification refuses within a 200. */
  readonly refuses?: (answer: Answer) => boolean;
  /** Whether the limits and choices of our document are those of the specification; else a candidate owes none of them. */
  readonly limitsArePublished?: boolean;
  /** Operations that need not refuse what is not valid, with the reason. */
  readonly lenient?: Readonly<Record<string, string>>;
}

export interface Profile {
  readonly title: string;
  readonly operations: readonly string[];
}

export type Sample = (context: CheckContext) => CallParts | Promise<CallParts>;

export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly operations: readonly string[];
  /** Only for what this sandbox adds to the specification. */
  readonly extension?: boolean;
  readonly dialect?: 'published' | 'older' | 'both';
  readonly play: (context: CheckContext) => Promise<void>;
}

export interface CallParts {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

/** `success`: a declared status below 400 that refuses nothing. `any`: whatever the document declares. */
export type Expected = 'success' | 'refused' | 'any' | readonly number[];

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON; the text otherwise; undefined when there was none. */
  readonly body: Json | undefined;
}

export interface CheckContext {
  readonly fixtures: Fixtures;
  /** A new text that the candidate has not seen, of exactly `length` characters where one is given. */
  unique(prefix: string, length?: number): string;
  /** Digits that the candidate has not seen. */
  digits(length: number): string;
  uuid(): string;
  /** An instant that the candidate can reach in time, as ISO 8601. */
  soon(): string;
  /** Calls an operation; every answer is compared with the document. Ends the check when the status is another than expected. */
  call(operationId: string, parts?: CallParts, expected?: Expected): Promise<Answer>;
  /** Notes a violation about the last exchange when `holds` is false. */
  expect(holds: boolean, rule: string, found: string): void;
  /** Notes a violation unless `actual` holds everything that `expected` names. */
  holds(actual: Json | undefined, expected: Json, rule: string): void;
  /** A place for callbacks, known to nobody else. Skips the check where the candidate cannot reach one. */
  callbackUrl(): string;
  /** Waits for a callback; a violation when it does not come, and when it comes twice with the same body by the end of the run. */
  callback(
    url: string,
    webhook: string | undefined,
    matches?: (body: JsonObject) => boolean,
  ): Promise<Received>;
  /** Asks again until `done`, for what a candidate does after its answer. Returns the last answer. */
  until(ask: () => Promise<Answer>, done: (answer: Answer) => boolean): Promise<Answer>;
  /** The same candidate as another tenant sees it. Skips the check where there is none. */
  otherTenant(): CheckContext;
  skip(reason: string): never;
}
