import type { Json } from '../../../contracts/json.js';
import { builtins } from '../../../orchestrator/expressions/builtins/table.js';

/** Seeded source of random programs and documents, so that a failure can be repeated. */
export interface Generator {
  program(): string;
  document(): Json;
}

const keys = ['a', 'b', 'c', '7', 'key', 'value', 'é'];
const strings = [
  ...['', 'a', 'b,c', 'A b', '12', '1.50', 'é😀', 'x-1', ' pad ', 'null', '{"a":1}', '\u0000', 'İß', '日本'],
  ...['2024-02-29T12:00:00Z', '%Y-%m-%d', '^[a-c]+$', '<&\'">', '\n\t\\'],
];
const numbers = [
  ...[0, 1, 2, -1, 3.5, 10, 0.25, -7, 86400, 1.7e9, 0.1, -0.5, 255, 1e-7, 5e-324],
  ...[1e17, 123456789012345680, 1e308, -1e308, 2 ** 53, 2 ** 31],
];
const plainCalls = [
  ...[
    'length',
    'keys',
    'keys_unsorted',
    'add',
    'any',
    'all',
    'sort',
    'unique',
    'min',
    'max',
    'reverse',
    'flatten',
    'first',
    'last',
    'type',
    'not',
  ],
  ...[
    'to_entries',
    'from_entries',
    'tostring',
    'tonumber',
    'tojson',
    'fromjson',
    'floor',
    'round',
    'abs',
    'trim',
    'ascii_upcase',
    'values',
    'numbers',
    'strings',
  ],
  ...['empty', '.[]', '..', 'recurse', 'error', 'todate', 'scalars', '@uri', '@json', 'explode'],
];
const filterCalls = [
  ...[
    'map',
    'select',
    'map_values',
    'with_entries',
    'sort_by',
    'group_by',
    'unique_by',
    'min_by',
    'max_by',
    'any',
    'all',
    'first',
    'last',
    'isempty',
    'add',
    'del',
    'path',
    'walk',
    'error',
    'IN',
    'INDEX',
  ],
];
const valueCalls = [
  'has',
  'contains',
  'inside',
  'in',
  'join',
  'split',
  'startswith',
  'endswith',
  'ltrimstr',
  'rtrimstr',
  'index',
  'rindex',
  'range',
  'nth',
  'flatten',
  'test',
  'getpath',
];
/** Every builtin that the fast path has, so that none goes untested. */
const anyCall = [...builtins.keys()].map((name) => {
  const [word = '', arity = '0'] = name.split('/');
  return { word, arity: Number(arity) };
});
const formats = ['text', 'json', 'html', 'uri', 'csv', 'tsv', 'sh'];
const operators = ['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'and', 'or', '//', ',', '|'];
const assignments = ['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='];

export function createGenerator(seed: number): Generator {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!;

  function document(depth = 3): Json {
    const kind = random(depth > 0 ? 9 : 5);
    if (kind === 0) return null;
    if (kind === 1) return random(2) === 0;
    if (kind <= 3) return random(3) === 0 ? pick(numbers) : pick(numbers.slice(0, 9));
    if (kind === 4) return pick(strings);
    const size = random(4);
    if (kind <= 6) return Array.from({ length: size }, () => document(depth - 1));
    return Object.fromEntries(Array.from({ length: size }, () => [pick(keys), document(depth - 1)]));
  }

  const literal = (): string => JSON.stringify(document(0));

  function path(depth: number): string {
    const steps = [
      '.a',
      '.b',
      '.c?',
      '.[0]',
      '.[-1]',
      '.[1:]',
      '.[:2]',
      '.[]',
      '.[]?',
      '.["key"]',
      '."é"',
      '.[7]',
    ];
    const first = pick(steps);
    const second = pick(steps);
    const joined = random(2) === 0 ? first : `${first}${second.startsWith('.[') ? second.slice(1) : second}`;
    return depth > 0 && random(6) === 0 ? `.[${program(depth - 1)}]` : joined;
  }

  const update = (): string =>
    pick([
      ...[
        '. + [$v]',
        '. + {a: $v}',
        '.a += [$v]',
        '.b = .a',
        '.a.b += 1',
        '.[0] += $v',
        '.c = $v',
        '.c.b = 2',
        '. + [.]',
        '.a |= [.]',
      ],
      ...[
        '($v | tostring) as $k | .[$k] = $v',
        'if $v then .a = $v else . end',
        '.[1] = $v | .[0] = .[1]',
        '.b = [.a, .c]',
        '. + $v',
      ],
    ]);

  function program(depth = 3): string {
    if (depth === 0) return pick([path(0), '.', literal(), literal(), '$v', pick(plainCalls)]);
    const inner = (): string => program(depth - 1);
    switch (random(21)) {
      case 0:
      case 1:
        return path(depth);
      case 2:
        return pick(plainCalls);
      case 3:
        return `${pick(filterCalls)}(${inner()})`;
      case 4:
        return `${pick(valueCalls)}(${random(3) === 0 ? inner() : literal()})`;
      case 5:
      case 6:
        return `(${inner()} ${pick(operators)} ${inner()})`;
      case 7:
        return `${inner()} | ${inner()}`;
      case 8:
        return `[${inner()}]`;
      case 9:
        return `{${pick(['a', '"b c"', `(${inner()})`, '"7"'])}: (${inner()}), ${pick(['b', '$v', 'c: 1', '"d\\(1)": 2'])}}`;
      case 10:
        return `(if ${inner()} then ${inner()}${random(2) === 0 ? ` else ${inner()}` : ''} end)`;
      case 11:
        return `(${inner()} as $v | ${inner()})`;
      case 12:
        return random(2) === 0
          ? `reduce (${inner()}) as $v (${literal()}; ${inner()})`
          : `reduce (${inner()}) as $v (${pick(['{}', '[]', 'null', '.'])}; ${update()}${random(2) === 0 ? ` | ${update()}` : ''})`;
      case 13:
        return `(${path(depth)} ${pick(assignments)} ${random(2) === 0 ? literal() : `(${inner()})`})`;
      case 14:
        return `"t\\(${inner()})u\\(${program(0)})"`;
      case 15:
        return `(try (${inner()}) catch ${pick(['.', '"bad"', inner()].map((text) => `(${text})`))})`;
      case 16:
      case 17: {
        const { word, arity } = pick(anyCall);
        if (arity === 0) return `(${inner()} | ${word})`;
        const args = Array.from({ length: arity }, () => (random(2) === 0 ? inner() : literal()));
        return `${word}(${args.join('; ')})`;
      }
      case 18:
        return random(2) === 0 ? `@${pick(formats)}` : `@${pick(formats)} "f\\(${inner()})"`;
      case 19:
        return pick([
          `.[${pick(['0', '1', '-1', '$v'])}:${pick(['2', '-1', '3.5'])}]`,
          `.["${pick(keys)}"]?`,
          `reduce .[]? as $v (0; . + 1)`,
          `(.a?, .b?)`,
          `paths`,
          `(.a // .b // false)`,
          `with_entries(.value |= ${inner()})`,
          `(if ${inner()} then 1 elif ${inner()} then 2 else 3 end)`,
          `(def f($p; g): $p + g; f(${literal()}; ${literal()}))`,
          `(try error(${inner()}) catch .)`,
          `limit(3; until(. > 3; . + 1))`,
          `[limit(3; .[]?)]`,
          `($v | .a?) as $v | ${inner()}`,
          `$ENV | ${inner()}`,
        ]);
      default:
        return pick([
          `(${inner()})?`,
          `limit(2; ${inner()})`,
          `-(${inner()})`,
          `[foreach (${inner()}) as $v (0; . + 1; [$v, .])]`,
          `(def f(g): g | g; f(${inner()}))`,
        ]);
    }
  }

  return { program: () => program(), document: () => document() };
}
