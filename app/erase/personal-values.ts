import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';

/** What tells a person apart from all others, and what only does so together with that. */
export interface PersonalValues {
  /** Identifiers, full name, telephone, e-mail, account: erased wherever they stand. */
  readonly strong: ReadonlySet<string>;
  /** Parts of the name, date of birth and the like, which others may share: erased beside a strong value. */
  readonly weak: ReadonlySet<string>;
  readonly person: string;
}

const IDENTIFIER =
  /(individual|functional|national|foundational|beneficiary)_?id$|^identityProviderId$|payeeIdentity$/i;
const STRONG = /^(full_?)?name$|phone|mobile|msisdn|e-?mail|account|financialAddress|iban/i;
const WEAK = /name|birth|address|contact/i;
const NEVER = new Set(['persona', 'locale', 'person', 'applicationName', 'serviceName', 'roleName']);
/** Shorter ones stand in too much that has nothing to do with the person. */
const SHORTEST = 4;

/** Collects from documents that are about the person, one after the other: each may bring further identifiers. */
export function createCollector(person: string): {
  readonly values: PersonalValues;
  /** True when it brought an identifier that was not known. */
  add(about: JsonObject): boolean;
} {
  const strong = new Set<string>();
  const weak = new Set<string>();
  const addMember = (key: string, value: Json | undefined): boolean => {
    if (isJsonObject(value)) return addAll(value);
    if (typeof value !== 'string' || value.length < SHORTEST || NEVER.has(key) || value === person)
      return false;
    if (IDENTIFIER.test(key) || STRONG.test(key)) {
      if (strong.has(value)) return false;
      strong.add(value);
      return true;
    }
    if (WEAK.test(key)) weak.add(value);
    return false;
  };
  const addAll = (node: JsonObject): boolean =>
    Object.entries(node)
      .map(([key, value]) => addMember(key, value))
      .some(Boolean);
  return { values: { strong, weak, person }, add: addAll };
}

const ERASED = 'erased';

/** Whether a strong value stands anywhere in it, also inside longer texts. */
export function mentions(value: object | Json, { strong }: PersonalValues): boolean {
  const text = JSON.stringify(value);
  for (const one of strong) if (text.includes(asInJson(one))) return true;
  return false;
}

/** Names the person itself, in a member of its own or one below `content` or `data`. */
export function isAbout(doc: JsonObject, values: PersonalValues): boolean {
  const names = (node: Json | undefined): boolean =>
    isJsonObject(node) &&
    Object.values(node).some(
      (value) => typeof value === 'string' && (value === values.person || values.strong.has(value)),
    );
  const id = typeof doc['_id'] === 'string' ? doc['_id'] : '';
  const parts = id.split('/').slice(1);
  return (
    parts.some((part) => part === values.person || values.strong.has(part)) ||
    names(doc) ||
    names(doc['content']) ||
    names(doc['data'])
  );
}

/** The same without the person: others' data stay. */
export function scrubbed(node: Json, values: PersonalValues, beside = false): Json {
  if (typeof node === 'string') return scrubbedText(node, values, beside);
  if (Array.isArray(node)) return (node as readonly Json[]).map((one) => scrubbed(one, values));
  if (!isJsonObject(node)) return node;
  const near =
    beside || Object.values(node).some((value) => typeof value === 'string' && values.strong.has(value));
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      scrubbedText(key, values, false),
      scrubbed(value ?? null, values, near),
    ]),
  );
}

function scrubbedText(text: string, { strong, weak }: PersonalValues, beside: boolean): string {
  if (beside && weak.has(text)) return ERASED;
  let clean = text;
  const inside = [...strong].some((one) => text.includes(one));
  if (!inside) return text;
  // Longest first: one may be part of another.
  for (const one of [...strong, ...weak].sort((a, b) => b.length - a.length))
    clean = clean.replaceAll(one, ERASED);
  return clean;
}

function asInJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
