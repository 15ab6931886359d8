import type { JournalEntry, JournalQuery } from '../../../contracts/request-journal.js';

/** Whether an entry, as it will be shown, is one that was asked for. */
export function matchesQuery(entry: JournalEntry, query: JournalQuery): boolean {
  return (
    entry.block === query.block &&
    (query.operation === undefined || entry.operationId === query.operation) &&
    (query.status === undefined || hasStatus(entry.status, query.status)) &&
    (query.rule === undefined ||
      entry.rule === query.rule ||
      entry.rule?.startsWith(`${query.rule}:`) === true) &&
    (query.since === undefined || entry.at >= query.since) &&
    (query.text === undefined || holdsText(entry, query.text.toLowerCase()))
  );
}

function hasStatus(status: number, wanted: string): boolean {
  return /^[1-5]xx$/i.test(wanted) ? String(status)[0] === wanted[0] : String(status) === wanted;
}

function holdsText(entry: JournalEntry, text: string): boolean {
  const { path, query, rule, client, origin, correlation, operationId, lost, request, response } = entry;
  const said = [path, query, rule, client, origin, correlation, operationId, lost];
  const places = [...said, request.body, response?.body];
  return places.some((place) => {
    if (place === undefined) return false;
    const words = typeof place === 'string' ? place : JSON.stringify(place);
    return words.toLowerCase().includes(text);
  });
}
