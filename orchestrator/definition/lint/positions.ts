import type { Path } from '../source/path.js';
import { entriesOf, extensionsOf, isMapping, tasksOf, type TaskSite } from './walk.js';

/** A place that may hold runtime expressions. OWS DSL 1.0.3, Runtime Expressions. */
export interface Position {
  readonly path: Path;
  readonly value: unknown;
  /** `bare`: the text is jq, with `${}` or without. `template`: only texts that are wholly `${ ... }` are evaluated. */
  readonly mode: 'bare' | 'template';
  /** Whether `$secrets` holds anything here. */
  readonly secrets: boolean;
  /** Beyond those that are known everywhere. */
  readonly variables: readonly string[];
}

interface At {
  readonly path: Path;
  readonly variables: readonly string[];
  readonly secrets?: boolean;
}

/** Every place of a document that may hold expressions. */
export function* positionsOf(document: unknown): Generator<Position> {
  if (!isMapping(document)) return;
  const top: At = { path: [], variables: [] };
  yield* flowOf(document, top);
  yield* timeoutOf(document['timeout'], at(top, 'timeout'));
  const { schedule, use } = document;
  if (isMapping(schedule)) {
    yield* template(schedule['every'], at(top, 'schedule', 'every'));
    yield* template(schedule['after'], at(top, 'schedule', 'after'));
    yield* consumption(schedule['on'], at(top, 'schedule', 'on'));
  }
  if (isMapping(use)) yield* declarations(use, document);
  for (const { path, extension } of extensionsOf(document))
    yield* bare(extension['when'], { path: [...path, 'when'], variables: [] });
  for (const site of tasksOf(document)) yield* ofTask(site);
}

function* declarations(
  use: Readonly<Record<string, unknown>>,
  document: Readonly<Record<string, unknown>>,
): Generator<Position> {
  const under = (...steps: readonly string[]): At => ({ path: ['use', ...steps], variables: [] });
  for (const [name, policy] of entriesOf(use['authentications']))
    yield* template(policy, { ...under('authentications', name), secrets: true });
  for (const [name, error] of entriesOf(use['errors'])) yield* template(error, under('errors', name));
  for (const [name, limit] of entriesOf(use['timeouts'])) yield* timeoutOf(limit, under('timeouts', name));
  // A policy is shared by catches that may name the error as they like.
  const names = [...tasksOf(document)].flatMap(({ task }) =>
    isMapping(task['catch']) ? [errorName(task['catch'])] : [],
  );
  for (const [name, policy] of entriesOf(use['retries']))
    yield* retryOf(policy, { ...under('retries', name), variables: ['error', ...names] });
}

function* ofTask({ path, task, variables }: TaskSite): Generator<Position> {
  const here: At = { path, variables };
  yield* bare(task['if'], at(here, 'if'));
  yield* flowOf(task, here);
  yield* timeoutOf(task['timeout'], at(here, 'timeout'));
  if ('call' in task) yield* template(task['with'], { ...at(here, 'with'), secrets: true });
  if ('set' in task) yield* bareOrTemplate(task['set'], at(here, 'set'));
  if ('wait' in task) yield* template(task['wait'], at(here, 'wait'));
  yield* ofKind(task, here);
  const metadata = task['metadata'];
  const unclear =
    isMapping(metadata) && isMapping(metadata['sandbox']) ? metadata['sandbox']['unclear'] : undefined;
  if (!isMapping(unclear)) return;
  const place = at(here, 'metadata', 'sandbox', 'unclear');
  yield* bare(unclear['found'], at(place, 'found'));
  yield* bare(unclear['as'], at(place, 'as'));
  if (isMapping(unclear['ask']))
    yield* template(unclear['ask']['parameters'], at(place, 'ask', 'parameters'));
}

function* ofKind(task: Readonly<Record<string, unknown>>, here: At): Generator<Position> {
  const { for: loop, listen, foreach, emit, raise, run } = task;
  if (isMapping(loop)) {
    yield* bareOrTemplate(loop['in'], at(here, 'for', 'in'));
    yield* bare(task['while'], named(at(here, 'while'), loop['each'] ?? 'item', loop['at'] ?? 'index'));
  }
  if (isMapping(listen)) yield* consumption(listen['to'], at(here, 'listen', 'to'));
  if (isMapping(foreach))
    yield* flowOf(foreach, named(at(here, 'foreach'), foreach['item'] ?? 'item', foreach['at'] ?? 'index'));
  if (isMapping(emit) && isMapping(emit['event']))
    yield* template(emit['event']['with'], at(here, 'emit', 'event', 'with'));
  if (isMapping(raise) && isMapping(raise['error']))
    yield* template(raise['error'], at(here, 'raise', 'error'));
  if (isMapping(run) && isMapping(run['workflow']))
    yield* template(run['workflow']['input'], at(here, 'run', 'workflow', 'input'));
  if (Array.isArray(task['switch'])) {
    for (const [index, entry] of task['switch'].entries())
      for (const [name, branch] of entriesOf(entry))
        if (isMapping(branch)) yield* bare(branch['when'], at(here, 'switch', index, name, 'when'));
  }
  if (isMapping(task['catch'])) yield* catchOf(task['catch'], at(here, 'catch'));
}

function* catchOf(clause: Readonly<Record<string, unknown>>, here: At): Generator<Position> {
  const inside = named(here, errorName(clause));
  yield* bare(clause['when'], at(inside, 'when'));
  yield* bare(clause['exceptWhen'], at(inside, 'exceptWhen'));
  if (isMapping(clause['errors'])) yield* template(clause['errors']['with'], at(here, 'errors', 'with'));
  yield* retryOf(clause['retry'], at(inside, 'retry'));
}

function* retryOf(policy: unknown, here: At): Generator<Position> {
  if (!isMapping(policy)) return;
  yield* bare(policy['when'], at(here, 'when'));
  yield* bare(policy['exceptWhen'], at(here, 'exceptWhen'));
  for (const part of ['delay', 'limit', 'jitter']) yield* template(policy[part], at(here, part));
}

function* consumption(strategy: unknown, here: At): Generator<Position> {
  if (!isMapping(strategy)) return;
  yield* filter(strategy['one'], at(here, 'one'));
  for (const kind of ['any', 'all']) {
    const filters = strategy[kind];
    if (!Array.isArray(filters)) continue;
    for (const [index, one] of filters.entries()) yield* filter(one, at(here, kind, index));
  }
  const { until } = strategy;
  if (typeof until === 'string') yield* bare(until, at(here, 'until'));
  else yield* consumption(until, at(here, 'until'));
}

function* filter(one: unknown, here: At): Generator<Position> {
  if (!isMapping(one)) return;
  yield* template(one['with'], at(here, 'with'));
  for (const [name, correlation] of entriesOf(one['correlate'])) {
    if (!isMapping(correlation)) continue;
    yield* bare(correlation['from'], at(here, 'correlate', name, 'from'));
    yield* template(correlation['expect'], at(here, 'correlate', name, 'expect'));
  }
}

function* flowOf(holder: Readonly<Record<string, unknown>>, here: At): Generator<Position> {
  const { input, output, export: exported } = holder;
  if (isMapping(input)) yield* bareOrTemplate(input['from'], { ...at(here, 'input', 'from'), secrets: true });
  if (isMapping(output)) yield* bareOrTemplate(output['as'], at(here, 'output', 'as'));
  if (isMapping(exported)) yield* bareOrTemplate(exported['as'], at(here, 'export', 'as'));
}

function* timeoutOf(timeout: unknown, here: At): Generator<Position> {
  if (isMapping(timeout)) yield* template(timeout['after'], at(here, 'after'));
}

function* bare(value: unknown, here: At): Generator<Position> {
  if (typeof value === 'string') yield position(value, here, 'bare');
}

function* bareOrTemplate(value: unknown, here: At): Generator<Position> {
  if (value !== undefined) yield position(value, here, typeof value === 'string' ? 'bare' : 'template');
}

function* template(value: unknown, here: At): Generator<Position> {
  if (value !== undefined) yield position(value, here, 'template');
}

const position = (
  value: unknown,
  { path, variables, secrets = false }: At,
  mode: Position['mode'],
): Position => ({
  path,
  value,
  mode,
  secrets,
  variables,
});

const at = (here: At, ...steps: Path): At => ({ ...here, path: [...here.path, ...steps] });

function named(here: At, ...names: readonly unknown[]): At {
  const texts = names.filter((name): name is string => typeof name === 'string');
  return { ...here, variables: [...here.variables, ...texts] };
}

function errorName(clause: Readonly<Record<string, unknown>>): string {
  return typeof clause['as'] === 'string' ? clause['as'] : 'error';
}
