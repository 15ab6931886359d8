import { paint } from '../paint.js';
import type { Exchange } from '../../contracts/exchange.js';
import { isJsonObject, type JsonObject } from '../../contracts/json.js';
import type { RunEvent } from '../../contracts/run-event.js';
import type { WorkspaceEvent } from '../../contracts/workspace-event.js';
import { readEvents } from './server-sent-events.js';

/**
 * Tells in the terminal what happens, as it happens: each step's sentence, which block is called and how long it
 * took; waits and tasks are seen waiting. A view of the event log, like the console.
 */
export interface Narrator {
  /** Reads the stream until it is aborted. */
  follow(stream: ReadableStream<Uint8Array>): Promise<void>;
  readonly figures: Figures;
}

export interface Figures {
  steps: number;
  exchanges: number;
  refused: number;
  tasks: number;
  readonly blocks: Set<string>;
}

interface StreamMessage {
  readonly stream: string;
  readonly event: JsonObject;
}

export function createNarrator(options: {
  /** Sentences by narration key, in the reader's language. */
  readonly sentences: Readonly<Record<string, string>>;
  readonly write: (line: string) => void;
}): Narrator {
  const figures: Figures = { steps: 0, exchanges: 0, refused: 0, tasks: 0, blocks: new Set() };
  const calls = new Map<string, Exchange[]>();
  const started = new Map<string, number>();
  const { write } = options;

  const onExchange = (exchange: Exchange): void => {
    figures.exchanges += 1;
    figures.blocks.add(exchange.block);
    if (exchange.outcome === 'refused') figures.refused += 1;
    if (exchange.origin === undefined) return;
    const key = `${exchange.origin.runId}${exchange.origin.taskKey}`;
    calls.set(key, [...(calls.get(key) ?? []), exchange]);
    if (exchange.outcome !== 'answered')
      write(paint('yellow', `      ! ${exchange.block} ${exchange.outcome}: ${exchange.refusal ?? ''}`));
  };

  const onRunEvent = (run: string, event: RunEvent): void => {
    // What a repeated run took over was told when it happened.
    if (event.copiedFrom !== undefined) return;
    switch (event.type) {
      case 'task.started':
        started.set(`${run}${event.key}`, Date.parse(event.at));
        if (event.kind === 'wait')
          write(paint('blue', `      … ${sentenceOf(event)} (the clock of the workspace decides)`));
        return;
      case 'task.completed': {
        if (event.narration === undefined) return;
        figures.steps += 1;
        const key = `${run}${event.key}`;
        const begun = started.get(key);
        const took =
          begun === undefined || event.target?.startsWith('humanTask') === true
            ? ''
            : ` ${Math.max(0, Date.parse(event.at) - begun)} ms`;
        const called = (calls.get(key) ?? []).map(
          ({ block, operationId }) => `${block}${operationId === undefined ? '' : `.${operationId}`}`,
        );
        calls.delete(key);
        const through = called.length === 0 ? '' : paint('cyan', `  [${called.join(', ')}]`);
        write(`      ${paint('green', '✓')} ${sentenceOf(event)}${through}${paint('gray', took)}`);
        return;
      }
      case 'task.retried':
        write(paint('yellow', `      ↻ tried again, attempt ${event.attempt + 1}`));
        return;
      case 'run.faulted':
        write(paint('red', `      ✗ the run is parked: ${event.error.detail ?? event.error.title}`));
        return;
      case 'case.moved':
        write(paint('magenta', `        → ${event.state}`));
        return;
      default:
    }
  };

  const onWorkspaceEvent = (event: WorkspaceEvent): void => {
    switch (event.type) {
      case 'human-task.opened':
        figures.tasks += 1;
        write(paint('blue', `      ☐ waiting for ${event.role}: ${event.name}`));
        return;
      case 'human-task.completed':
        write(paint('blue', `      ☑ done by ${event.by ?? event.role}: ${event.name}`));
        return;
      case 'clock.moved':
        write(
          paint(
            'bold',
            `      ⏱ the clock moves from ${event.from.slice(0, 10)} to ${event.to.slice(0, 10)}`,
          ),
        );
        return;
      default:
    }
  };

  const sentenceOf = (event: { name: string; narration?: string }): string =>
    (event.narration === undefined ? undefined : options.sentences[event.narration]) ?? event.name;

  return {
    figures,
    follow: async (stream) => {
      for await (const { data } of readEvents(stream)) {
        const message = JSON.parse(data) as StreamMessage;
        const { event } = message;
        if (message.stream === 'exchanges') onExchange(event as unknown as Exchange);
        else if (message.stream.startsWith('run/'))
          onRunEvent(message.stream.slice(4), event as unknown as RunEvent);
        else if (message.stream === 'log') onWorkspaceEvent(event as unknown as WorkspaceEvent);
      }
    },
  };
}

/** Flattens `narration: {application: {prepare: …}}` and `narration: {'application.prepare': …}` alike. */
export function sentencesIn(locale: JsonObject | undefined): Readonly<Record<string, string>> {
  const sentences: Record<string, string> = {};
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') sentences[path] = value;
    else if (isJsonObject(value))
      for (const [key, member] of Object.entries(value)) walk(member, path === '' ? key : `${path}.${key}`);
  };
  walk(locale?.['narration'], '');
  return sentences;
}
