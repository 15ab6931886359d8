import type { z } from 'zod';
import { valueAt, type Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { listed, nearest, suggestion } from '../source/suggest.js';
import { kindOfValue, knownProperties, quoted, type Mistake } from './shape.js';

/** Turns what zod found about a value into diagnostics that teach. */
export function explainIssues(
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  report: Report,
  under: Path = [],
): void {
  for (const issue of issues) explain(issue, value, report, under);
}

function explain(issue: z.core.$ZodIssue, value: unknown, report: Report, under: Path): void {
  const inner = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const path = [...under, ...inner];
  const found = valueAt(value, inner);
  switch (issue.code) {
    case 'invalid_type':
      if (found === undefined && inner.length > 0) {
        report.add('missing-property', path.slice(0, -1), { name: String(inner.at(-1)) });
        return;
      }
      report.add('wrong-type', path, {
        expected: typeNames[issue.expected] ?? issue.expected,
        found: kindOfValue(found),
      });
      return;
    case 'unrecognized_keys': {
      const known = knownProperties(issue.message);
      for (const name of issue.keys) {
        const suggested = nearest(name, known);
        report.add(
          'unknown-property',
          [...path, name],
          {
            name,
            known: known.join(', '),
            suggestion: suggested === undefined ? '' : ` (did you mean \`${suggested}\`?)`,
          },
          'key',
        );
      }
      return;
    }
    case 'invalid_value': {
      if (found === undefined) {
        report.add('missing-property', path.slice(0, -1), { name: String(inner.at(-1)) });
        return;
      }
      const known = issue.values.map(String);
      report.add('wrong-value', path, {
        found: kindOfValue(found),
        known: known.join(', '),
        suggestion: typeof found === 'string' ? suggestion(found, known) : '',
      });
      return;
    }
    case 'invalid_format':
      report.add('wrong-format', path, { found: quoted(String(found)), expected: formOf(issue) });
      return;
    case 'too_small':
    case 'too_big':
      report.add('wrong-size', path, sizeOf(issue, found));
      return;
    case 'invalid_union':
      explainUnion(issue, value, report, under);
      return;
    case 'custom':
      explainMistake(issue, path, report);
      return;
    default:
      report.add('wrong-type', path, { expected: issue.message, found: kindOfValue(found) });
  }
}

/**
 * None of several forms fits: the form is told that was probably meant, which is the one with the right words in the
 * places that decide (`do: open`, `kind: consent`). Where no form has such a word, all of them are offered.
 */
function explainUnion(
  issue: z.core.$ZodIssue & { code: 'invalid_union' },
  value: unknown,
  report: Report,
  under: Path,
): void {
  const inner = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const found = valueAt(value, inner);
  const wrongWord = (one: z.core.$ZodIssue): boolean => one.code === 'invalid_value' && one.path.length === 1;
  const meant = issue.errors
    .filter((issues) => !issues.some(wrongWord))
    .sort((one, other) => one.length - other.length);
  const words = issue.errors.flatMap((issues) => issues.filter(wrongWord));
  const [first] = words;
  if (meant[0] !== undefined) explainIssues(meant[0], found, report, [...under, ...inner]);
  else if (first?.code === 'invalid_value') {
    const values = words.flatMap((one) => (one.code === 'invalid_value' ? one.values : []));
    explainIssues([{ ...first, values: [...new Set(values)] }], found, report, [...under, ...inner]);
  } else {
    // zod puts the place at the key that decides, and says which of its values are known.
    const known = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    if (found === undefined)
      report.add('missing-property', [...under, ...inner.slice(0, -1)], { name: String(inner.at(-1)) });
    else
      report.add('wrong-value', [...under, ...inner], {
        found: kindOfValue(found),
        known: known.length === 0 ? 'those of another form' : known.join(', '),
        suggestion: typeof found === 'string' ? suggestion(found, known) : '',
      });
  }
}

/** Where the schema says nothing of its own, zod's words would not fit into the sentence. */
function formOf(issue: z.core.$ZodIssue & { code: 'invalid_format' }): string {
  if (!issue.message.startsWith('Invalid')) return issue.message;
  return issue.pattern === undefined ? `of the form ${issue.format}` : `a text that fits ${issue.pattern}`;
}

function explainMistake(issue: z.core.$ZodIssue & { code: 'custom' }, path: Path, report: Report): void {
  const mistake = (issue.params as { readonly mistake?: Mistake } | undefined)?.mistake;
  if (mistake === undefined) {
    report.add('wrong-size', path, { relation: 'incomplete', expected: issue.message });
    return;
  }
  const { names, known, ...values } = mistake.values;
  if (mistake.diagnostic !== 'not-a-choice' || names === undefined || known === undefined) {
    report.add(mistake.diagnostic, path, mistake.values);
    return;
  }
  const options = known.split(' ');
  const meant = names.split(' ').flatMap((name) => nearest(name, options) ?? []);
  report.add('not-a-choice', path, {
    ...values,
    suggestion: meant.length === 0 ? '' : ` (did you mean ${listed(meant.map((name) => `"${name}"`))}?)`,
  });
}

function sizeOf(
  issue: z.core.$ZodIssue & { code: 'too_small' | 'too_big' },
  found: unknown,
): { relation: string; expected: string } {
  const [relation, bound] =
    issue.code === 'too_small'
      ? (['at least', String(issue.minimum)] as const)
      : (['at most', String(issue.maximum)] as const);
  if (typeof found === 'number')
    return { relation: `the number ${found}`, expected: `a value of ${relation} ${bound}` };
  const what = typeof found === 'string' ? 'characters' : 'entries';
  const now = issue.code === 'too_small' ? 'too short' : 'too long';
  return {
    relation: found === '' || (Array.isArray(found) && found.length === 0) ? 'empty' : now,
    expected: `${relation} ${bound} ${what}`,
  };
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};
