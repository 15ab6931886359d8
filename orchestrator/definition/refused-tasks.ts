import type { Path } from './source/path.js';
import { isMapping, tasksOf } from './lint/walk.js';

/** Why something is refused, and what to do instead. */
export interface Refusal {
  readonly reason: string;
  readonly instead: string;
}

const data = 'A use case is data: nothing in it is run as a program.';
const agents = 'Agents and their tools are outside what this sandbox shows.';

/** What the language has and this sandbox does not run. Found when a document is validated, not when it runs. */
export const refusals: Readonly<Record<string, Readonly<Record<string, Refusal>>>> = {
  call: {
    asyncapi: {
      reason:
        'Message brokers are not reachable from here: events come and go through the API and the mediator.',
      instead: 'Use emit to publish, and listen to receive.',
    },
    grpc: {
      reason: 'Building blocks speak HTTP, described by OpenAPI.',
      instead: 'Use call: openapi with govstack://<service>/openapi.json.',
    },
    a2a: { reason: agents, instead: 'Let a person decide with call: humanTask:1.0.0@default.' },
    mcp: { reason: agents, instead: 'Use call: openapi for what the tool would do.' },
  },
  run: {
    shell: { reason: data, instead: 'Use an expression, or call a building block.' },
    script: { reason: data, instead: 'Use an expression in set, or call a building block.' },
    container: { reason: data, instead: 'Offer it as a building block and use call: openapi.' },
  },
};

export interface RefusedTask extends Refusal {
  /** Where the refused word stands. */
  readonly path: Path;
  /** The task that it stands in. */
  readonly task: Path;
  /** Such as `call: grpc`. */
  readonly kind: string;
}

/** Every refused task of a document, wherever it is nested. */
export function findRefused(document: unknown): readonly RefusedTask[] {
  return [...tasksOf(document)].flatMap(({ path, task }) => {
    const { call, run } = task;
    return [
      ...(typeof call === 'string' ? refused('call', call, [...path, 'call'], path) : []),
      ...(isMapping(run)
        ? Object.keys(run).flatMap((kind) => refused('run', kind, [...path, 'run', kind], path))
        : []),
    ];
  });
}

function refused(key: string, word: string, path: Path, task: Path): readonly RefusedTask[] {
  const ofKey = refusals[key] ?? {};
  const refusal = Object.hasOwn(ofKey, word) ? ofKey[word] : undefined;
  return refusal === undefined ? [] : [{ path, task, kind: `${key}: ${word}`, ...refusal }];
}
