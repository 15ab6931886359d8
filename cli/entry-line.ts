import type { JournalSummary } from '../contracts/request-journal.js';
import { paint } from './paint.js';

/** One line for one request, with the line break: when, what, the answer, the rule, how long, and what was special. */
export function entryLine(entry: JournalSummary, json = false): string {
  if (json) return `${JSON.stringify(entry)}\n`;
  const { status, faults = [], lost, origin, client } = entry;
  const colour = status === 0 || status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green';
  return `${[
    paint('gray', entry.at.slice(11, 23)),
    String(entry.entry).padStart(5),
    paint(colour, status === 0 ? 'lost' : String(status)),
    entry.method.padEnd(6),
    `${entry.path}${searchOf(entry.query)}`,
    ...(entry.rule === undefined ? [] : [paint('cyan', entry.rule)]),
    paint('gray', `${entry.milliseconds} ms`),
    ...faults.map(({ kind }) => paint('yellow', `fault ${kind}`)),
    ...(lost === undefined ? [] : [paint('red', lost)]),
    ...(entry.answeredBy === 'mock' ? [] : [`by ${entry.answeredBy}`]),
    ...(client === undefined ? [] : [paint('gray', client)]),
    ...(origin === undefined ? [] : [paint('gray', origin.runId)]),
  ].join('  ')}\n`;
}

function searchOf(query: JournalSummary['query']): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, one]),
  );
  return pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.join('=')).join('&')}`;
}
