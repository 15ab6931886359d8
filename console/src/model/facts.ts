import type { Json, JsonObject } from '../../../contracts/json.js';
import { isJsonObject } from './json.js';

export interface ProgrammeCard {
  readonly title: string | undefined;
  readonly number: string | undefined;
  /** What the QR code says. */
  readonly qr: string;
}

/** The card that a workflow put into the facts as `card: {qr, title, functionalId}`. */
export function cardIn(facts: JsonObject): ProgrammeCard | undefined {
  const card = facts['card'];
  if (!isJsonObject(card)) return undefined;
  const { qr, title, functionalId } = card;
  if (typeof qr !== 'string' || qr === '') return undefined;
  return {
    qr,
    title: typeof title === 'string' ? title : undefined,
    number: typeof functionalId === 'string' ? functionalId : undefined,
  };
}

export type FactKind = 'money' | 'figure' | 'text' | 'flag' | 'list' | 'nested';

/** How a fact is best shown. Amounts are those whose name says so, when the facts name a currency. */
export function kindOfFact(name: string, value: Json, facts: JsonObject): FactKind {
  if (typeof value === 'number') {
    return /amount|total/i.test(name) && typeof facts['currency'] === 'string' ? 'money' : 'figure';
  }
  if (typeof value === 'boolean') return 'flag';
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object') ? 'nested' : 'list';
  return isJsonObject(value) ? 'nested' : 'text';
}

/** Facts to list: not the card, which is shown as one, nor the currency, which stands with the amounts. */
export function listedFacts(facts: JsonObject): readonly (readonly [string, Json])[] {
  const amounts = Object.entries(facts).some(
    ([name, value]) => kindOfFact(name, value ?? null, facts) === 'money',
  );
  return Object.entries(facts).flatMap(([name, value]) =>
    value === undefined || name === 'card' || (name === 'currency' && amounts)
      ? []
      : [[name, value] as const],
  );
}
