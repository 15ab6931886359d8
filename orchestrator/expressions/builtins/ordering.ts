import type { Json } from '../../../contracts/json.js';
import { compare, groupKeyed, sortKeyed, type Keyed } from '../compiled/order.js';
import { collect, single, type Filter, type Frame, type Run } from '../compiled/run.js';
import { failure, vagueFailure } from '../compiled/signals.js';
import { shown } from '../compiled/text.js';
import { isArray } from '../compiled/values.js';
import { ofFilter, ofInput, type Builtin, type BuiltinGroup } from './builtin.js';

type Use = (run: Run, items: readonly Keyed[]) => Json;

/** Sorting, grouping and extremes; each by the value itself or by the outputs of a filter. */
export const orderingBuiltins: BuiltinGroup = {
  'sort/0': bySelf(sorted),
  'sort_by/1': byFilter(sorted),
  'group_by/1': byFilter(groupKeyed),
  'unique/0': bySelf(distinct),
  'unique_by/1': byFilter(distinct),
  'min/0': bySelf(least),
  'min_by/1': byFilter(least),
  'max/0': bySelf(greatest),
  'max_by/1': byFilter(greatest),
};

function sorted(run: Run, items: readonly Keyed[]): Json {
  return sortKeyed(run, items).map(({ value }) => value);
}

function distinct(run: Run, items: readonly Keyed[]): Json {
  return groupKeyed(run, items).map(([first]) => first ?? null);
}

/** The first of equals. */
function least(run: Run, items: readonly Keyed[]): Json {
  const found = items.reduce<Keyed | undefined>(
    (best, item) => (best === undefined || compare(run, item.key, best.key) < 0 ? item : best),
    undefined,
  );
  return found === undefined ? null : found.value;
}

/** The last of equals. */
function greatest(run: Run, items: readonly Keyed[]): Json {
  const found = items.reduce<Keyed | undefined>(
    (best, item) => (best === undefined || compare(run, item.key, best.key) >= 0 ? item : best),
    undefined,
  );
  return found === undefined ? null : found.value;
}

function bySelf(use: Use): Builtin {
  return ofInput((run, input) => {
    if (!isArray(input)) {
      throw use === sorted
        ? failure(() => `${shown(run, input)} cannot be sorted, as it is not an array`)
        : vagueFailure('only an array can be ordered');
    }
    return use(
      run,
      input.map((value) => ({ key: value, value })),
    );
  });
}

function byFilter(use: Use): Builtin {
  return ofFilter((key) =>
    single((input, frame) => {
      if (!isArray(input)) throw vagueFailure('only an array can be ordered');
      return use(
        frame.run,
        input.map((value) => ({ key: keyOf(key, value, frame), value })),
      );
    }),
  );
}

/** One output stands for itself: a list of one sorts like its element. */
function keyOf(key: Filter, value: Json, frame: Frame): Json {
  return key.one !== undefined ? key.one(value, frame) : collect(key, value, frame);
}
