import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type LineCounter } from 'yaml';
import type { ParsedYaml } from './parse-yaml.js';
import type { Path } from './path.js';

/** From 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Whether a diagnostic points at a property's name or at its value. */
export type Aim = 'key' | 'value';

export function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/**
 * The place of what stands at a path, or of the nearest thing above it. Aliases and merge keys are followed: a mistake
 * inside an anchored mapping is where the mapping is written.
 */
export function placeOf(parsed: ParsedYaml, path: Path, aim: Aim): Place {
  let node: unknown = parsed.document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const found = memberOf(parsed, node, step, 0);
    if (found === undefined) break;
    const last = index === path.length - 1;
    offset = (last && aim === 'key' ? found.key : (startOf(found.value) ?? found.key)) ?? offset;
    node = found.value;
  }
  return placeAt(parsed.lines, offset);
}

interface Member {
  /** Where its name begins. */
  readonly key: number | undefined;
  readonly value: unknown;
}

function memberOf(
  parsed: ParsedYaml,
  holder: unknown,
  step: string | number,
  hops: number,
): Member | undefined {
  const node = followed(parsed, holder);
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return item === undefined ? undefined : { key: startOf(item), value: isPair(item) ? item.value : item };
  }
  if (!isMap(node) || hops > 20) return undefined;
  for (const { key, value } of node.items) {
    if (textOfKey(key) === String(step)) return { key: startOf(key), value: value ?? key };
  }
  for (const { key, value } of node.items) {
    if (textOfKey(key) !== '<<') continue;
    const source = followed(parsed, value);
    for (const merged of isSeq(source) ? source.items : [source]) {
      const found = memberOf(parsed, merged, step, hops + 1);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function followed(parsed: ParsedYaml, node: unknown): unknown {
  let at = node;
  for (let hops = 0; isAlias(at) && hops < 20; hops += 1) at = parsed.targets.get(at);
  return at;
}

function textOfKey(key: unknown): string | undefined {
  // A merge key is a symbol of that name.
  if (isScalar(key)) return typeof key.value === 'symbol' ? key.value.description : String(key.value);
  return key === null ? '' : undefined;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
