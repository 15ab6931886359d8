import type { CallbackView } from '../../contracts/callbacks.js';
import { createTrainer, type TrainerOptions } from '../trainer.js';

export interface CallbackOptions extends TrainerOptions {
  readonly block?: string;
  readonly state?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

interface One {
  readonly callback: CallbackView;
}

/** `sandbox callbacks list`: what the blocks sent, newest first, and how it went. */
export async function listCallbacks(options: CallbackOptions): Promise<void> {
  const { block, state, limit } = options;
  const query = new URLSearchParams({
    ...(block === undefined ? {} : { block }),
    ...(state === undefined ? {} : { state }),
    ...(limit === undefined ? {} : { limit: String(limit) }),
  }).toString();
  const { api } = await createTrainer(options);
  const answer = await api.get<{ readonly callbacks: readonly CallbackView[] }>(`/callbacks?${query}`);
  const lines = answer.callbacks.map(lineOf);
  say(options, answer, lines.length > 0 ? lines : ['No block has called anybody back.']);
}

/** `sandbox callbacks show`: one of them, with its attempts and its body. */
export async function showCallback(id: string, options: CallbackOptions): Promise<void> {
  const { api } = await createTrainer(options);
  const answer = await api.get<One>(pathOf(id));
  const { callback } = answer;
  say(options, answer, [
    lineOf(callback),
    `${callback.method} ${callback.url}`,
    ...callback.attempts.map(({ at, status, failure }) => `${at}  ${String(status ?? failure ?? '')}`),
    ...(callback.nextAttempt === undefined ? [] : [`next: ${callback.nextAttempt}`]),
    JSON.stringify(callback.body, undefined, 2),
  ]);
}

/** `sandbox callbacks replay`: delivers one once more, with the same id and body. */
export async function replayCallback(id: string, options: CallbackOptions): Promise<void> {
  const { api } = await createTrainer(options);
  const answer = await api.post<One>(`${pathOf(id)}/replay`);
  say(options, answer, [`${id} is delivered once more.`]);
}

function pathOf(id: string): string {
  return `/callbacks/${encodeURIComponent(id)}`;
}

function lineOf({ id, block, operationId, state, sentAt, attempts }: CallbackView): string {
  const last = attempts.at(-1);
  const how = last === undefined ? '' : `, last ${String(last.status ?? last.failure)}`;
  return `${sentAt}  ${block} ${operationId}  ${state}  ${attempts.length} attempts${how}  ${id}`;
}

function say({ json }: CallbackOptions, data: object, lines: readonly string[]): void {
  process.stdout.write(json === true ? `${JSON.stringify(data)}\n` : `${lines.join('\n')}\n`);
}
