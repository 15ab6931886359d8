import { isJsonObject, type Json } from '../../../contracts/json.js';
import { builtins } from '../../../orchestrator/expressions/builtins/table.js';
import { pathCalls } from '../../../orchestrator/expressions/compiled/path-calls.js';
import { parse } from '../../../orchestrator/expressions/syntax/parser.js';

/** How often each construct of the language, and each kind of data, was compared with jq. */
export interface Coverage {
  note(program: string, ...data: readonly Json[]): void;
  readonly counts: ReadonlyMap<string, number>;
  /** What was never compared. */
  missing(): readonly string[];
  table(): string;
}

const syntax = [
  ...['identity', 'literal', 'variable', 'text', 'format', 'index', 'index?', 'slice', 'iterate', 'iterate?'],
  ...['attempt', 'attempt catch', 'array', 'object', 'pipe', 'comma', 'alternative', 'negate', 'if', 'bind'],
  ...['reduce', 'foreach', 'call', 'define', 'logic and', 'logic or'],
  ...['+', '-', '*', '/', '%'].map((operator) => `arithmetic ${operator}`),
  ...['==', '!=', '<', '<=', '>', '>='].map((operator) => `comparison ${operator}`),
  ...['=', '|=', '+=', '-=', '*=', '//=', '/=', '%='].map((operator) => `assign ${operator}`),
];
const data = [
  ...['null', 'false', 'true', 'zero', 'whole', 'fraction', 'negative', 'huge', 'tiny'],
  ...[
    'empty text',
    'ASCII',
    'Latin',
    'beyond Latin',
    'astral',
    'NUL',
    'empty array',
    'array',
    'empty object',
  ],
  ...['object', 'numeric key', 'nested'],
];

export function createCoverage(): Coverage {
  const wanted = [
    ...syntax,
    ...[...builtins.keys(), ...pathCalls].map((name) => `builtin ${name}`),
    ...data.map((kind) => `data ${kind}`),
  ];
  const counts = new Map(wanted.map((name) => [name, 0]));
  const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);

  function visit(node: unknown): void {
    if (Array.isArray(node)) node.forEach(visit);
    if (node === null || typeof node !== 'object' || Array.isArray(node)) return;
    const { kind, operator, optional, handler, name, args } = node as Record<string, unknown>;
    if (typeof kind === 'string') {
      if (typeof operator === 'string') count(`${kind} ${operator}`);
      else count(`${kind}${optional === true ? '?' : ''}${handler === undefined ? '' : ' catch'}`);
      if (kind === 'call' && Array.isArray(args)) {
        const builtin = `builtin ${String(name)}/${args.length}`;
        if (counts.has(builtin)) count(builtin);
      }
      if (kind === 'literal') {
        note((node as { readonly value: Json }).value);
        return;
      }
    }
    Object.values(node).forEach(visit);
  }

  function note(value: Json, depth = 0): void {
    kindsOf(value, depth).forEach((kind) => count(`data ${kind}`));
    if (Array.isArray(value)) value.forEach((item: Json) => note(item, depth + 1));
    else if (isJsonObject(value)) Object.values(value).forEach((item) => note(item ?? null, depth + 1));
  }

  return {
    counts,
    note: (program, ...values) => {
      visit(parse(program));
      values.forEach((value) => note(value));
    },
    missing: () => wanted.filter((name) => counts.get(name) === 0),
    table: () =>
      [...counts]
        .map(([name, times]) => `${name.padEnd(26)}${String(times).padStart(7)}`)
        .reduce((lines, cell, at) => lines + cell + (at % 3 === 2 ? '\n' : '   '), ''),
  };
}

function kindsOf(value: Json, depth: number): readonly string[] {
  if (value === null) return ['null'];
  if (typeof value === 'boolean') return [String(value)];
  if (typeof value === 'number') return [numberKind(value)];
  if (typeof value === 'string') return [textKind(value)];
  const nested = depth > 1 ? ['nested'] : [];
  if (Array.isArray(value)) return [value.length === 0 ? 'empty array' : 'array', ...nested];
  const keys = Object.keys(value);
  const numeric = keys.some((key) => /^\d+$/.test(key)) ? ['numeric key'] : [];
  return [keys.length === 0 ? 'empty object' : 'object', ...numeric, ...nested];
}

function numberKind(value: number): string {
  if (value === 0) return 'zero';
  if (Math.abs(value) >= 1e15) return 'huge';
  if (Math.abs(value) < 1e-3) return 'tiny';
  if (value < 0) return 'negative';
  return Number.isInteger(value) ? 'whole' : 'fraction';
}

function textKind(value: string): string {
  if (value === '') return 'empty text';
  if (value.includes('\0')) return 'NUL';
  if (/[\ud800-\udbff]/.test(value)) return 'astral';
  if (/[^\0-\u024f]/.test(value)) return 'beyond Latin';
  return /[^\0-\u007f]/.test(value) ? 'Latin' : 'ASCII';
}
