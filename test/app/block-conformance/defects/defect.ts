import type { BlockId, BlockRequest, BlockResponse } from '../../../../contracts/block.js';
import { DEFAULT_WORKSPACE } from '../../../../contracts/ids.js';
import { isJsonObject, type Json, type JsonObject } from '../../../../contracts/json.js';
import type { Twist } from '../candidate.js';

/** A deliberately wrong copy of a block. */
export interface Defect {
  readonly block: BlockId;
  /** What is wrong, as a phrase. */
  readonly name: string;
  /** Start of the id of a check that sees it. */
  readonly seenBy: string;
  readonly dialect?: 'older';
  /** For what never comes: nobody waits long for it. */
  readonly patienceMs?: number;
  readonly twist: Twist;
}

export const defectOf =
  (block: BlockId) =>
  (name: string, seenBy: string, twist: Twist): Defect => ({ block, name, seenBy, twist });

type Where = (request: BlockRequest) => boolean;

/** Such as `on('PUT /data/*')`: stars stand for anything. */
export function on(pattern: string): Where {
  const [method = '', path = ''] = pattern.split(' ');
  const [route = '', query] = path.split('?');
  const source = route.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  const regex = new RegExp(`^${source}/?$`);
  const [name = '', value = ''] = (query ?? '').split('=');
  return (request) =>
    (method === '*' || request.method === method) &&
    regex.test(request.path) &&
    (query === undefined || request.query[name] === value);
}

/** Every answer there is changed. */
export function answers(
  pattern: string,
  change: (answer: BlockResponse, request: BlockRequest) => BlockResponse,
): Twist {
  const where = on(pattern);
  return {
    handle: (right) => async (workspace, request) => {
      const answer = await right(workspace, request);
      return where(request) ? change(answer, request) : answer;
    },
  };
}

/** Every request there is changed before the block sees it. */
export function requests(pattern: string, change: (request: BlockRequest) => BlockRequest): Twist {
  const where = on(pattern);
  return {
    handle: (right) => (workspace, request) => right(workspace, where(request) ? change(request) : request),
  };
}

/** Requests there are handled by something else. */
export function instead(
  pattern: string,
  handle: (
    right: (request: BlockRequest) => Promise<BlockResponse>,
    request: BlockRequest,
  ) => Promise<BlockResponse>,
): Twist {
  const where = on(pattern);
  return {
    handle: (right) => (workspace, request) =>
      where(request) ? handle((given) => right(workspace, given), request) : right(workspace, request),
  };
}

/** Answers with success and does nothing. */
export const forgets = (pattern: string, answer: BlockResponse): Twist =>
  instead(pattern, () => Promise.resolve(answer));

/** Nobody is kept apart from anybody. */
export const oneTenantForAll: Twist = {
  handle: (right) => (_workspace, request) => right(DEFAULT_WORKSPACE, request),
};

export const withoutHeader = (pattern: string, name: string): Twist =>
  requests(pattern, (request) => ({
    ...request,
    headers: Object.fromEntries(
      Object.entries(request.headers).filter(([own]) => own.toLowerCase() !== name),
    ),
  }));

export const withoutQuery = (pattern: string, ...names: readonly string[]): Twist =>
  requests(pattern, (request) => ({
    ...request,
    query: Object.fromEntries(
      Object.entries(request.query).filter(
        ([name]) =>
          !names.some((one) => name === one || (one.endsWith('*') && name.startsWith(one.slice(0, -1)))),
      ),
    ),
  }));

/** A refusal is turned into a success. */
export const accepts = (pattern: string, body: Json, status = 200): Twist =>
  answers(pattern, (answer) => (answer.status >= 400 ? json(status, body) : answer));

export function json(status: number, body?: Json): BlockResponse {
  return {
    status,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  };
}

/** Every member of that name, however deep, becomes something else; undefined takes it away. */
export function changed(
  value: Json | undefined,
  name: string,
  change: (value: Json) => Json | undefined,
): Json | undefined {
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item) => changed(item, name, change) as Json);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [
    key,
    key === name && member !== undefined ? change(member) : changed(member, name, change),
  ]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined) as [string, Json][]);
}

/** Answers in which every member of that name is another. */
export const bodies = (pattern: string, name: string, change: (value: Json) => Json | undefined): Twist =>
  answers(pattern, (answer) => {
    const body = changed(answer.body, name, change);
    const { body: _before, ...rest } = answer;
    return body === undefined ? rest : { ...rest, body };
  });

export const bodyOf = ({ body }: { readonly body?: Json }): JsonObject => (isJsonObject(body) ? body : {});

/** The first answer to a request is kept and given again. */
export function remembers(pattern: string): Twist {
  const kept = new Map<string, BlockResponse>();
  return instead(pattern, async (right, request) => {
    const key = JSON.stringify([request.method, request.path, request.query, request.body]);
    const known = kept.get(key);
    if (known) return known;
    const answer = await right(request);
    if (answer.status < 300) kept.set(key, answer);
    return answer;
  });
}

/** A refusal as our blocks give it where the specification leaves its shape open. */
export const refusal = (status: number): BlockResponse => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: 'https://example.org/no', title: 'No', status, detail: 'No.', code: 'NO', fix: 'None.' },
});

/** A twist that begins with the first request there. */
export function after(pattern: string, twist: Twist): Twist {
  const where = on(pattern);
  return {
    handle: (right) => {
      const wrong = twist.handle?.(right) ?? right;
      let begun = false;
      return (workspace, request) => {
        begun ||= where(request);
        return (begun ? wrong : right)(workspace, request);
      };
    },
  };
}
