import type { MockSeeds } from '../../app/mock-seeds.js';
import { isJsonObject, type Json, type JsonObject } from '../../contracts/json.js';
import type { Scenario, Step } from './transcript.js';

/** Gives every literal of a suite another value, always the same one, of the same form: requests, expectations, seeds. */
export interface Renaming {
  scenario(scenario: Scenario): Scenario;
  seeds(seeds: MockSeeds): MockSeeds;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/;

/** `magic` are values with a meaning of their own, such as account numbers that decide an outcome. */
export function createRenaming(magic: readonly (string | RegExp)[]): Renaming {
  const stays = (text: string): boolean =>
    INSTANT.test(text) || magic.some((one) => (typeof one === 'string' ? one === text : one.test(text)));
  const text = (value: string): string => {
    if (stays(value)) return value;
    // Hexadecimal letters would not stay such.
    return UUID.test(value) ? shift(value, [DIGITS]) : shift(value, [LOWER, UPPER, DIGITS]);
  };
  const json = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    // Suites send the same number as a number, as text and in paths.
    if (typeof value === 'number') return Number(text(String(value)));
    if (Array.isArray(value)) return (value as readonly Json[]).map(json);
    return isJsonObject(value) ? members(value) : value;
  };
  const members = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [name, json(value ?? null)]));

  function step(endpoint: string, { path, body, ...rest }: Step): Step {
    const [route = '', ...query] = path.split('?');
    return {
      ...rest,
      path: [renamePath(endpoint, route, text), ...query.map((part) => renameQuery(part, text))].join('?'),
      ...(body === undefined ? {} : { body: json(body) }),
    };
  }

  return {
    scenario: (scenario) => ({
      ...scenario,
      steps: scenario.steps.map((one) => step(scenario.endpoint, one)),
      asserts: scenario.asserts.map((sentence) => renameSentence(sentence, text)),
    }),
    seeds: ({ seeds, services }) => ({
      seeds: members(seeds),
      services: services.map((service) => ({ ...service, ...renameService(service, text) })),
    }),
  };
}

type Rename = (text: string) => string;

/** Each character by a later one of its kind: lengths and patterns hold, and different texts stay different. */
function shift(text: string, alphabets: readonly string[]): string {
  return Array.from(text)
    .map((character) => {
      const alphabet = alphabets.find((one) => one.includes(character));
      if (alphabet === undefined) return character;
      // Leading zeros would change numbers: 0 stays.
      if (alphabet === DIGITS) return character === '0' ? '0' : String((Number(character) % 9) + 1);
      return alphabet[(alphabet.indexOf(character) + 1) % alphabet.length] ?? character;
    })
    .join('');
}

/** Only what fills the template's parameters. */
function renamePath(template: string, path: string, rename: Rename): string {
  const wanted = template.split('/');
  return path
    .split('/')
    .map((part, index) => {
      const pattern = wanted[index];
      const plain = decodeURIComponent(part);
      if (pattern?.startsWith('{') !== true || plain.startsWith('{')) return part;
      const tail = /\}(\.\{[^}]+\})$/.test(pattern) ? plain.slice(plain.lastIndexOf('.')) : '';
      return encodeURIComponent(rename(plain.slice(0, plain.length - tail.length)) + tail);
    })
    .join('/');
}

function renameQuery(query: string, rename: Rename): string {
  return query
    .split('&')
    .map((pair) => {
      const [name = '', value] = pair.split('=');
      return value === undefined ? name : `${name}=${encodeURIComponent(rename(decodeURIComponent(value)))}`;
    })
    .join('&');
}

/** The values that a sentence demands; the names of properties stay. */
function renameSentence(sentence: string, rename: Rename): string {
  return sentence
    .replace(
      /(equals|field should be) "([^"]*)"/,
      (_whole, verb: string, value: string) => `${verb} "${rename(value)}"`,
    )
    .replace(/filtered by "([^"]*)"/, (_whole, value: string) => `filtered by "${rename(value)}"`);
}

function renameService(
  { provider, code }: MockSeeds['services'][number],
  rename: Rename,
): { provider: string; code: string } {
  return { provider: provider.split('/').map(rename).join('/'), code: rename(code) };
}
