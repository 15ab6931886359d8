import type { LineCounter } from 'yaml';
import { documentLimits, excessesOf, type Excess, type Limits } from './limits.js';
import { parseYaml, type ParsedYaml, type YamlMistake } from './parse-yaml.js';
import { placeAt, placeOf } from './places.js';
import { createReport, type Report } from './report.js';

/** A YAML file as it was read: its value, and where to report what is wrong with it. */
export interface Source {
  readonly file: string;
  /** Undefined when the file could not be read; the report then says why. */
  readonly value: unknown;
  readonly report: Report;
}

/**
 * Reads YAML 1.2, merge keys included. Never throws: broken, oversized or treacherous text becomes diagnostics, all that
 * the parser finds at once.
 */
export function readSource(text: string, file: string, limits: Limits = documentLimits): Source {
  let parsed: ParsedYaml | undefined;
  const report = createReport(file, (path, aim) =>
    parsed === undefined ? { line: 1, column: 1 } : placeOf(parsed, path, aim),
  );
  const unread: Source = { file, value: undefined, report };
  if (text.length > limits.characters) {
    report.add('too-large', [], {
      reason: `${text.length} characters, and ${limits.characters} are allowed`,
    });
    return unread;
  }
  try {
    const result = parseYaml(text, limits);
    if ('tooDeep' in result) {
      report.addAt('too-deep', placeAt(result.lines, result.tooDeep), { limit: String(limits.depth) });
      return unread;
    }
    if ('tooManyAliases' in result) {
      const reason = `it has more than ${limits.aliases} aliases`;
      report.addAt('too-large', placeAt(result.lines, result.tooManyAliases), { reason });
      return unread;
    }
    parsed = result;
    for (const mistake of result.mistakes) reportMistake(report, mistake, result.lines, text);
    if (result.mistakes.length > 0) return unread;
    // What aliases stand for is counted right below, with a message of our own.
    const value: unknown = result.document.toJS({ maxAliasCount: -1 });
    const excesses = excessesOf(value, limits);
    for (const excess of excesses) reportExcess(report, excess, limits);
    return excesses.length > 0 ? unread : { file, value, report };
  } catch (error) {
    report.add('yaml-syntax', [], { reason: error instanceof Error ? error.message : String(error) });
    return unread;
  }
}

function reportMistake(
  report: Report,
  { code, reason, offset }: YamlMistake,
  lines: LineCounter,
  text: string,
): void {
  const place = placeAt(lines, offset);
  if (code === 'DUPLICATE_KEY')
    report.addAt('duplicate-key', place, {
      name: /^[^\s:#]+/.exec(text.slice(offset, offset + 80))?.[0] ?? '',
    });
  else if (code === 'TAB_AS_INDENT') report.addAt('tab-indentation', place);
  else report.addAt('yaml-syntax', place, { reason });
}

function reportExcess(report: Report, excess: Excess, limits: Limits): void {
  switch (excess.kind) {
    case 'too-large':
      report.add('too-large', [], { reason: `its aliases stand for more than ${limits.values} values` });
      return;
    case 'too-deep':
      report.add('too-deep', excess.path.slice(0, 20), { limit: String(limits.depth) });
      return;
    case 'no-json-value':
      report.add('no-json-value', excess.path, { value: excess.value });
      return;
    case 'reserved-key':
      report.add('reserved-key', excess.path, { name: '__proto__' }, 'key');
  }
}
