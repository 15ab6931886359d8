import type { Json } from '../../../contracts/json.js';
import { deleteAt, getAt, setAt } from './access.js';
import { compare } from './order.js';
import { charge, type Run } from './run.js';

export type Path = readonly Json[];

export function getPath(run: Run, value: Json, path: Path): Json {
  return path.reduce<Json>((current, key) => getAt(run, current, key), value);
}

/** A copy of `value` in which the place at `path` holds `member`. */
export function setPath(run: Run, value: Json, path: Path, member: Json, from = 0): Json {
  const key = path[from];
  if (key === undefined) return member;
  charge(run, 1);
  return setAt(run, value, key, setPath(run, getAt(run, value, key), path, member, from + 1));
}

/** A copy of `value` without the places at `paths`; the last ones go first, so that indices stay right. */
export function deletePaths(run: Run, value: Json, paths: readonly Path[]): Json {
  const ordered = paths.slice().sort((left, right) => compare(run, left, right));
  return ordered.reduceRight<Json>((current, path) => deletePath(run, current, path, 0), value);
}

function deletePath(run: Run, value: Json, path: Path, from: number): Json {
  const key = path[from];
  if (key === undefined) return null;
  charge(run, 1);
  if (from === path.length - 1) return deleteAt(run, value, key);
  const child = getAt(run, value, key);
  return child === null ? value : setAt(run, value, key, deletePath(run, child, path, from + 1));
}
