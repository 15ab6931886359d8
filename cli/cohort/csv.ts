import { SandboxError } from '../../contracts/problems.js';
import { censusColumns, type CensusColumn, type CensusRow } from './household.js';

/** RFC 4180 with a header, UTF-8, `\n` or `\r\n`. */
export function writeCsv(rows: readonly CensusRow[]): string {
  const lines = rows.map((row) => censusColumns.map((column) => quoted(row[column])).join(','));
  return `${[censusColumns.join(','), ...lines].join('\n')}\n`;
}

export interface NumberedRow {
  /** Line of the file where the row begins; the header is line 1. */
  readonly line: number;
  readonly row: CensusRow;
}

/** Raises GSB-REQ-001 for a missing column, or a row with more or fewer fields than the header; names the line. */
export function readCsv(text: string): NumberedRow[] {
  const [header, ...records] = splitRecords(text.replace(/^\uFEFF/, ''));
  const names = header?.fields.map((name) => name.trim()) ?? [];
  const missing = censusColumns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new SandboxError('GSB-REQ-001', {
      detail: `The header (line 1) lacks the columns ${missing.join(', ')}.`,
    });
  }
  return records.map(({ line, fields }) => {
    if (fields.length !== names.length) {
      throw new SandboxError('GSB-REQ-001', {
        detail: `Line ${line} has ${fields.length} fields, the header has ${names.length}.`,
      });
    }
    const valueOf = (column: CensusColumn): string => fields[names.indexOf(column)] ?? '';
    return {
      line,
      row: Object.fromEntries(
        censusColumns.map((column) => [column, valueOf(column)]),
      ) as unknown as CensusRow,
    };
  });
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

function splitRecords(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let fields: string[] = [];
  let field = '';
  let inQuotes = false;
  let line = 1;
  let begins = 1;
  const endRecord = (): void => {
    // An empty line, such as the last one, is no record.
    if (fields.length > 0 || field !== '') records.push({ line: begins, fields: [...fields, field] });
    [fields, field] = [[], ''];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '\n') line += 1;
    if (inQuotes) {
      if (sign !== '"') field += sign;
      else if (text.charAt(at + 1) === '"') [field, at] = [`${field}"`, at + 1];
      else inQuotes = false;
    } else if (sign === '"') inQuotes = true;
    else if (sign === ',') [fields, field] = [[...fields, field], ''];
    else if (sign === '\n') {
      endRecord();
      begins = line;
    } else if (sign !== '\r') field += sign;
  }
  endRecord();
  return records;
}
