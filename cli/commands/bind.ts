import { readConfig } from '../../app/config.js';
import type { ContractDiff } from '../../contracts/contract-diff.js';
import type { JsonObject } from '../../contracts/json.js';
import { problems, SandboxError, type ProblemCode } from '../../contracts/problems.js';
import { createAccess } from '../access.js';
import { ApiRefusal, createApiClient, type ApiClient } from '../api-client.js';
import { diffLines } from '../bind/diff-lines.js';

export interface BindOptions {
  readonly real?: string;
  readonly spy?: string;
  readonly mock?: boolean;
  readonly operation?: string;
  readonly service?: string;
  readonly secret?: string;
  readonly auth?: string;
  readonly header?: readonly string[];
  readonly secretHeader?: readonly string[];
  readonly renameHeader?: readonly string[];
  readonly removeHeader?: readonly string[];
  readonly rewrite?: readonly string[];
  readonly dialect?: string;
  readonly timeout?: string;
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly document?: string;
  readonly check?: boolean;
  readonly force?: boolean;
  readonly reset?: boolean;
  readonly list?: boolean;
  readonly url?: string;
  readonly json?: boolean;
}

interface View {
  readonly service?: string;
  readonly operationId?: string;
  readonly binding: JsonObject;
  readonly unclearSince?: string;
}

/** `sandbox bind`: shows, compares and switches what stands behind a block of a running sandbox. */
export async function bind(block: string, options: BindOptions): Promise<void> {
  const wish = bindingOf(options);
  const at = {
    ...(options.service === undefined ? {} : { service: options.service }),
    ...(options.operation === undefined ? {} : { operationId: options.operation }),
  };
  const path = `/blocks/${encodeURIComponent(block)}/binding`;
  await asked(options, async (api) => {
    if (options.reset === true) {
      await api.delete(`${path}?${new URLSearchParams(at).toString()}`);
      say(options, { removed: at }, [`${block}: that binding is gone.`]);
    } else if (wish === undefined) {
      const answer = await api.get<{ bindings: readonly View[] }>(path);
      say(
        options,
        answer,
        answer.bindings.map((view) => viewLine(block, view)),
      );
    } else if (options.check === true) {
      const diff = await api.post<ContractDiff>(`${path}/check`, { ...at, ...wish, ...documentOf(options) });
      say(options, diff, diffLines(diff));
      if (diff.verdict === 'breaking' || !diff.reachable) process.exitCode = 1;
    } else {
      await api.put(path, {
        ...at,
        ...wish,
        ...documentOf(options),
        ...(options.force === true ? { force: true } : {}),
      });
      say(options, { block, ...at, binding: wish }, [viewLine(block, { ...at, binding: wish })]);
    }
  });
}

/** The binding that is wished for; undefined: only to list. GSB-REQ-001 for contradictions. */
function bindingOf(options: BindOptions): JsonObject | undefined {
  const { real, spy, mock, list, reset } = options;
  const wishes = [real !== undefined, spy !== undefined, mock === true, list === true, reset === true];
  if (wishes.filter(Boolean).length > 1)
    throw wrong('Give one of --real, --spy, --mock, --reset, --list, not several.');
  if (mock === true) return { kind: 'mock' };
  const baseUrl = real ?? spy;
  if (baseUrl === undefined) return undefined;
  const { auth, secret } = options;
  if ((auth === undefined) !== (secret === undefined))
    throw wrong(
      '--auth and --secret belong together: how to prove, and which secret of the workspace proves it.',
    );
  const { ca, certificate, key, dialect } = options;
  const tls = { ...(ca && { ca }), ...(certificate && { certificate }), ...(key && { key }) };
  const rewrite = Object.entries(pairs('--rewrite', options.rewrite, '='));
  return {
    kind: real === undefined ? 'spy' : 'real',
    baseUrl,
    ...(options.timeout === undefined ? {} : { timeoutMs: milliseconds(options.timeout) }),
    ...some('headers', pairs('--header', options.header, ':')),
    ...some('secretHeaders', pairs('--secret-header', options.secretHeader, ':')),
    ...some('renameHeaders', pairs('--rename-header', options.renameHeader, '=')),
    ...(options.removeHeader?.length ? { removeHeaders: options.removeHeader } : {}),
    ...(auth === undefined || secret === undefined ? {} : { auth: { scheme: auth, secret } }),
    ...some('tls', tls),
    ...(rewrite.length === 0 ? {} : { rewrite: rewrite.map(([from, to]) => ({ from, to })) }),
    ...(dialect === undefined ? {} : { dialect }),
  };
}

function some(name: string, members: Readonly<Record<string, string>>): JsonObject {
  return Object.keys(members).length === 0 ? {} : { [name]: members };
}

function documentOf({ document }: BindOptions): JsonObject {
  return document === undefined ? {} : { document };
}

function pairs(option: string, given: readonly string[] = [], separator: string): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf(separator);
      if (at < 1)
        throw wrong(`${option} ${text}: write it as name${separator === ':' ? ': ' : separator}value.`);
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}

function milliseconds(text: string): number {
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  if (amount === undefined) throw wrong(`--timeout ${text}: write it as 500ms, 5s or 2m.`);
  return Math.round(Number(amount) * (unit === 'ms' ? 1 : unit === 's' ? 1000 : 60_000));
}

function viewLine(block: string, { service, operationId, binding, unclearSince }: View): string {
  const { kind, baseUrl, auth, secretHeaders, tls } = binding as Readonly<Record<string, unknown>>;
  const place = `${service ?? block}${operationId === undefined ? '' : `#${operationId}`}`;
  const proof = [auth, secretHeaders, tls].some((one) => one !== undefined) ? ', with secrets' : '';
  const doubt =
    unclearSince === undefined
      ? ''
      : `; the outcome of a write is unclear since ${unclearSince}: the mock stands back`;
  return `${place}: ${String(kind)}${typeof baseUrl === 'string' ? ` ${baseUrl}${proof}` : ''}${doubt}`;
}

function say({ json }: BindOptions, data: object, lines: readonly string[]): void {
  process.stdout.write(json === true ? `${JSON.stringify(data)}\n` : `${lines.join('\n')}\n`);
}

function wrong(detail: string): SandboxError {
  return new SandboxError('GSB-REQ-001', { detail });
}

/** With SANDBOX_TOKEN as whoever that is, else as the first trainer, who may bind without secrets. */
async function asked(options: BindOptions, ask: (api: ApiClient) => Promise<void>): Promise<void> {
  const { publicUrl, keycloakUrl } = readConfig(process.env);
  const origin = (options.url ?? publicUrl).replace(/\/+$/, '');
  const token = process.env['SANDBOX_TOKEN'];
  try {
    if (token !== undefined && token !== '') {
      await ask(createApiClient(`${origin}/api/v1`, () => Promise.resolve(token)));
      return;
    }
    await ask(createAccess({ origin, realmOrigin: keycloakUrl }).as(await trainerAt(origin)));
  } catch (error) {
    if (error instanceof SandboxError) throw error;
    if (error instanceof ApiRefusal && error.code in problems)
      throw new SandboxError(error.code as ProblemCode, { detail: error.message, cause: error });
    throw new SandboxError('GSB-CFG-007', {
      detail: `No sandbox answers at ${origin}. Start one with sandbox up, or name another address with --url.`,
      cause: error,
    });
  }
}

async function trainerAt(origin: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/personas`);
  const { personas } = (await response.json()) as {
    personas: readonly { readonly id: string; readonly roles: readonly string[] }[];
  };
  return personas.find(({ roles }) => roles.includes('trainer'))?.id ?? 'trainer';
}
