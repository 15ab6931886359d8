import type { BlockResponse } from '../../contracts/block.js';
import { malformations, type Malformation } from '../../contracts/faults.js';
import { isJsonObject, type Json } from '../../contracts/json.js';
import { chosen } from './chance.js';

/**
 * Spoils an answer as broken systems do: JSON that breaks off, a member of another type than the contract says, or a
 * page of HTML where JSON was promised. `lots` (from 0 up to 1) choose the way, when `how` does not, and the place.
 */
export function malform(
  answer: BlockResponse,
  how: Malformation | undefined,
  lots: readonly [number, number],
): BlockResponse {
  const way = how ?? chosen(malformations, lots[0]) ?? 'cut-json';
  switch (way) {
    case 'cut-json':
      return cut(answer, lots[1]);
    case 'wrong-type':
      return { ...answer, body: wrongType(answer.body ?? null, lots[1]), headers: asJson(answer) };
    case 'wrong-content-type':
      return {
        ...answer,
        headers: { ...answer.headers, 'content-type': 'text/html; charset=utf-8' },
        body: '<!doctype html><title>Training: a page where JSON was promised</title>',
      };
  }
}

function asJson({ headers }: BlockResponse): BlockResponse['headers'] {
  return { 'content-type': 'application/json', ...headers };
}

/** Never at the very end, so that it is no JSON any more. */
function cut(answer: BlockResponse, lot: number): BlockResponse {
  const text = JSON.stringify(answer.body ?? {});
  const most = isJsonObject(answer.body) || Array.isArray(answer.body) ? text.length - 1 : 1;
  const body = isJsonObject(answer.body) || Array.isArray(answer.body) ? text : `{${text}`;
  return {
    ...answer,
    headers: asJson(answer),
    unparsed: true,
    body: body.slice(0, Math.max(1, Math.floor(lot * most))),
  };
}

/** One member of the body, chosen by lot, turned into another type; the whole body when it has no members. */
function wrongType(body: Json, lot: number): Json {
  if (Array.isArray(body)) {
    const items = body as readonly Json[];
    if (items.length === 0) return { items: [] };
    const at = Math.floor(lot * items.length);
    return items.map((item, index) => (index === at ? wrongType(item, lot) : item));
  }
  if (!isJsonObject(body)) return turned(body);
  const names = Object.keys(body);
  const name = chosen(names, lot);
  if (name === undefined) return [];
  return { ...body, [name]: turned(body[name] ?? null) };
}

function turned(value: Json): Json {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return { value };
  if (typeof value === 'boolean') return value ? ['yes'] : ['no'];
  if (value === null) return { nothing: true };
  return 'not what the contract says';
}
