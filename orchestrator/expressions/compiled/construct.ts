import type { Json } from '../../../contracts/json.js';
import { single, stream, type Emit, type Filter, type Frame, type Run } from './run.js';
import { failure } from './signals.js';
import { shown } from './text.js';
import { setKey, type Draft } from './values.js';

interface CompiledEntry {
  readonly key: Filter;
  readonly value: Filter;
}

/** Object construction: one object for each combination of keys and values, the first entry varying slowest. */
export function constructObject(entries: readonly CompiledEntry[]): Filter {
  const singles = entries.map(({ key, value }) =>
    key.one !== undefined && value.one !== undefined ? { key: key.one, value: value.one } : undefined,
  );
  if (singles.every((entry) => entry !== undefined)) {
    return single((input, frame) => {
      const draft: Draft = {};
      for (const { key, value } of singles) put(frame.run, draft, key(input, frame), value(input, frame));
      return draft;
    });
  }
  const build = (index: number, draft: Draft, input: Json, frame: Frame, emit: Emit): boolean => {
    const entry = entries[index];
    if (entry === undefined) return emit(draft);
    return entry.key.each(input, frame, (key) =>
      entry.value.each(input, frame, (value) => {
        const next = { ...draft };
        put(frame.run, next, key, value);
        return build(index + 1, next, input, frame, emit);
      }),
    );
  };
  return stream((input, frame, emit) => build(0, {}, input, frame, emit));
}

function put(run: Run, draft: Draft, key: Json, value: Json): void {
  if (typeof key !== 'string') throw failure(() => `Cannot use ${shown(run, key)} as object key`);
  setKey(run, draft, key, value);
}

/** An interpolated string. As in jq the last part is evaluated first and varies slowest. */
export function constructText(
  parts: readonly (string | Filter)[],
  write: (run: Run, value: Json) => string,
): Filter {
  const ones = parts.map((part) => (typeof part === 'string' ? part : part.one));
  if (ones.every((part) => part !== undefined)) {
    const backwards = ones.toReversed();
    return single((input, frame) => {
      let text = '';
      for (const part of backwards) {
        text = (typeof part === 'string' ? part : write(frame.run, part(input, frame))) + text;
      }
      return text;
    });
  }
  const build = (index: number, tail: string, input: Json, frame: Frame, emit: Emit): boolean => {
    const part = parts[index];
    if (part === undefined) return emit(tail);
    if (typeof part === 'string') return build(index - 1, part + tail, input, frame, emit);
    return part.each(input, frame, (value) =>
      build(index - 1, write(frame.run, value) + tail, input, frame, emit),
    );
  };
  return stream((input, frame, emit) => build(parts.length - 1, '', input, frame, emit));
}
