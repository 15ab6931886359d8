import { builtins } from '../../orchestrator/expressions/builtins/table.js';
import { formats } from '../../orchestrator/expressions/compiled/formats.js';
import { pathCalls } from '../../orchestrator/expressions/compiled/path-calls.js';
import {
  DEEPEST,
  LONGEST_ARRAY,
  LONGEST_TEXT,
  MOST_VALUES,
} from '../../orchestrator/expressions/compiled/size.js';
import { STEPS } from '../../orchestrator/expressions/evaluator.js';
import { createReference } from '../../orchestrator/expressions/reference/reference.js';
import { outward } from '../../orchestrator/expressions/reference/refusals.js';
import { code, page, table } from './markdown.js';

const ALL_FORMATS = ['text', 'json', 'uri', 'urid', 'csv', 'tsv', 'html', 'sh', 'base64', 'base64d'];

/** What does the reading and what stands in for the machine, checked by the tests of `orchestrator/expressions`. */
const machine: readonly (readonly [string, string])[] = [
  ['`now`', 'the instant at which the task began, on the clock of the workspace'],
  ['`localtime`, `strflocaltime`', 'UTC'],
  ['`env`, `$ENV`', 'empty'],
  ['`debug`, `stderr`', 'hand their input on; nothing is printed'],
  ['`input_line_number`, `input`, `inputs`, `halt`, `import` and other ways out', 'refused'],
  ['`range`', 'at most a million values at once where jq itself runs it'],
];

const syntax: readonly (readonly [string, 'compiled' | 'jq'])[] = [
  ['paths: `.a`, `.["a"]`, `.[0]`, `.[-1]`, `.[1:3]`, `.[]`, `..`, each with `?`', 'compiled'],
  ['literals, `"\\(…)"`, `[…]`, `{…}`, `{a, $b, "c\\(1)": 2, (f): 3}`', 'compiled'],
  ['`|`, `,`, `//`, `and`, `or`, `not`, comparison, `+ - * / %`, unary `-`', 'compiled'],
  ['`if … elif … else … end`, `try … catch …`, `… as $x | …`', 'compiled'],
  ['`reduce`, `foreach` with one output for each update', 'compiled'],
  ['`def f: …;`, `def f(g; $x): …;`, recursion', 'compiled'],
  ['`=`, `|=`, `+=`, `-=`, `*=`, `/=`, `%=`, `//=`', 'compiled'],
  ['destructuring: `. as {a: $x, b: [$y]}`, `?//`', 'jq'],
  ['`label`, `break`, `$__loc__`, numbers that JavaScript spells otherwise (`1.0`, `1e1000`)', 'jq'],
];

const number = (value: number): string => value.toLocaleString('en');

/** What of jq is compiled, what runs on jq itself, and what is refused. */
export async function expressionsPage(): Promise<string> {
  const reference = await createReference();
  const known = (reference.evaluateAll('builtins', null, {})[0] ?? []) as readonly string[];
  const all = [...new Set([...known, ...builtins.keys(), ...pathCalls])]
    .filter((name) => !name.startsWith('_') && !name.startsWith('__'))
    .sort((one, other) => (one < other ? -1 : 1));
  const compiled = new Set<string>([...builtins.keys(), ...pathCalls]);
  const refused = (name: string): boolean => outward.has(name.replace(/\/\d+$/, ''));
  const list = (names: readonly string[]): string => names.map(code).join(', ');
  return page('Expressions', '`orchestrator/expressions`', [
    'Expressions are jq 1.8. The common part is compiled to closures, once for each text; whatever is not, or meets data for which the compiled form cannot promise what jq answers, runs on jq itself (WebAssembly, about 0.75 ms for each call) on a thread of its own, which is ended after five seconds. A property test compares 20,000 random programs with jq at each run of the tests and prints how often each construct was compared. All expressions of our own use cases are compiled.',
    `Bounds of compiled expressions: ${number(STEPS)} steps; ${number(LONGEST_TEXT)} characters in one text, ${number(LONGEST_ARRAY)} elements in one array; a result of ${number(MOST_VALUES)} values and ${number(DEEPEST)} levels. What passes them fails with the standard error ${code('expression')}, as does every error of jq. The detail names the expression, shortened, and the cause.`,
    '## Syntax',
    table(['Construct', 'Runs'], syntax),
    '## Builtins',
    `Compiled: ${list(all.filter((name) => compiled.has(name)))}.`,
    `On jq itself: ${list(all.filter((name) => !compiled.has(name) && !refused(name)))}.`,
    `Refused, because a workflow is closed to the outside: ${list([...outward].sort())}.`,
    `Formats compiled: ${list(Object.keys(formats).map((name) => `@${name}`))}; on jq itself: ${list(
      ALL_FORMATS.filter((name) => !(name in formats)).map((name) => `@${name}`),
    )}.`,
    '## The machine',
    table(['What', 'Gives'], machine),
  ]);
}
