import type { Clock } from '../../contracts/clock.js';
import type { Json, JsonObject } from '../../contracts/json.js';
import type { ContractOperation } from '../../mocks/kit/operation-table.js';
import { buildRequest } from './build-request.js';
import type { CallbackReceiver, Received } from './callback-receiver.js';
import type { Contract, Flaw } from './contract.js';
import type { Fixtures } from './fixtures.js';
import { missingFrom } from './holds.js';
import type { CheckResult, Outcome, RuleSource, Violation } from './report.js';
import { SkipCheck, StopCheck } from './skip-check.js';
import type { Answer, CallParts, CheckContext, Expected, Suite } from './suite.js';
import type { Transport, WireAnswer, WireRequest } from './wire.js';

export interface SessionDeps {
  readonly suite: Suite;
  readonly contract: Contract;
  readonly fixtures: Fixtures;
  readonly send: Transport;
  /** The same candidate, as another tenant has it. */
  readonly sendOther?: Transport;
  readonly credentials: Readonly<Record<string, string>>;
  readonly receiver?: CallbackReceiver;
  readonly readOnly: boolean;
  /** Up to that many characters of `[a-z0-9]`, different each time. */
  readonly random: (length: number) => string;
  readonly uuid: () => string;
  readonly realClock: Clock;
  /** How far off `soon` is: enough for a candidate to be told before. */
  readonly soonMs: number;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly redact: <T extends WireRequest | WireAnswer>(message: T) => T;
  /** How long a candidate may take for what it does after its answer. */
  readonly patienceMs: number;
}

export interface CheckDefinition {
  readonly id: string;
  readonly title: string;
  readonly operations: readonly string[];
  /** Where its rules come from, unless they are about one operation. */
  readonly section?: string;
  readonly run: (probe: Probe) => Promise<void>;
}

/** A check's context with what only contract checks need. */
export interface Probe extends CheckContext {
  /** Sends any request, right or wrong; nothing about its answer is checked but that it comes and is no 5xx. */
  send(request: WireRequest, about?: ContractOperation): Promise<WireAnswer>;
  build(operation: ContractOperation, parts: CallParts): WireRequest;
  flaws(operation: ContractOperation, answer: WireAnswer): void;
  refuses(answer: WireAnswer): boolean;
  sample(operation: ContractOperation): Promise<CallParts>;
}

export interface Session {
  run(check: CheckDefinition): Promise<CheckResult>;
  /** Operations that answered at least once. */
  readonly answered: ReadonlySet<string>;
  readonly requests: () => number;
}

const MOST_VIOLATIONS = 10;
const PAUSE_MS = 50;

export function createSession(deps: SessionDeps): Session {
  const { suite, contract, fixtures, receiver } = deps;
  const answered = new Set<string>();
  const succeeded = new Set<string>();
  const strangers = new Map<string, string>();
  let sent = 0;
  let places = 0;

  /** What the candidate answers where there is certainly nothing. */
  async function strangerOf(method: WireRequest['method']): Promise<string> {
    const known = strangers.get(method);
    if (known !== undefined) return known;
    const target = '/no-such-place-anywhere';
    const answer = await deps.send({ method, target, headers: deps.credentials });
    sent += 1;
    const print = fingerprint(answer, target);
    strangers.set(method, print);
    return print;
  }

  async function isNotOffered(
    operation: ContractOperation,
    request: WireRequest,
    answer: WireAnswer,
  ): Promise<boolean> {
    if (succeeded.has(operation.operationId)) return false;
    const responses = operation.operation.responses as JsonObject | undefined;
    const declared = responses?.[String(answer.status)] !== undefined;
    if (answer.status === 501 || (answer.status === 405 && !declared)) return true;
    if (answer.status !== 404) return false;
    return fingerprint(answer, request.target) === (await strangerOf(request.method));
  }

  function createProbe(check: CheckDefinition, violations: Violation[], send: Transport): Probe {
    let last: { request: WireRequest; answer?: WireAnswer } | undefined;
    let about: string | undefined;

    function note(rule: string, message: string, stop = false): void {
      const exchange = last && {
        request: deps.redact(last.request),
        ...(last.answer === undefined ? {} : { answer: deps.redact(last.answer) }),
      };
      const source = sourceOf(about ?? check.operations[0]);
      if (violations.length < MOST_VIOLATIONS)
        violations.push({ rule, source, message, ...(exchange === undefined ? {} : { exchange }) });
      if (stop) throw new StopCheck();
    }

    function sourceOf(operationId: string | undefined): RuleSource {
      const { name: specification, version } = suite.specification;
      if (operationId === undefined)
        return { specification, version, section: check.section ?? 'all operations' };
      const { method, template } = contract.operation(operationId);
      return { specification, version, section: `${method} ${template} (${operationId})` };
    }

    const noteAll = (flaws: readonly Flaw[]): void => {
      for (const { rule, message } of flaws) note(rule, message);
    };

    const probe: Probe = {
      fixtures,
      unique: (prefix, length) =>
        length === undefined
          ? `${prefix}${deps.random(8)}`
          : `${prefix}${deps.random(length - prefix.length)}`,
      digits: (length) => Array.from(deps.random(length), (sign) => String(sign.charCodeAt(0) % 10)).join(''),
      uuid: deps.uuid,
      soon: () => new Date(deps.realClock.now().getTime() + deps.soonMs).toISOString(),
      build: (operation, parts) =>
        buildRequest(operation, parts, { ...suite.headers?.(fixtures), ...deps.credentials }),
      async send(request, operation) {
        about = operation?.operationId;
        last = { request };
        sent += 1;
        const answer = await send(request);
        last = { request, answer };
        if (answer.status >= 500 && answer.status !== 501)
          note('a request never makes the block fail', `it answered ${answer.status}`);
        return answer;
      },
      flaws(operation, answer) {
        about = operation.operationId;
        noteAll(contract.flaws(operation, answer));
      },
      refuses: (answer) => refuses(suite, readAnswer(answer)),
      async sample(operation) {
        const make = suite.samples[operation.operationId];
        if (make === undefined) throw new Error(`the suite has no sample of ${operation.operationId}`);
        return make(probe);
      },
      async call(operationId, parts = {}, expected = 'success') {
        const operation = contract.operation(operationId);
        if (deps.readOnly && operation.method !== 'GET')
          throw new SkipCheck('read-only', `${operationId} writes`);
        about = operationId;
        const request = probe.build(operation, parts);
        last = { request };
        sent += 1;
        const answer = await send(request);
        last = { request, answer };
        const read = readAnswer(answer);
        const fits = meets(suite, read, expected);
        if (!fits && (await isNotOffered(operation, request, answer)))
          throw new SkipCheck(
            'not-offered',
            `${operation.method} ${operation.template} answers ${answer.status}`,
          );
        answered.add(operationId);
        if (fits && expected === 'success') succeeded.add(operationId);
        noteAll(contract.flaws(operation, answer));
        if (!fits)
          note(
            expected === 'refused' ? 'what cannot be done is refused' : 'what is asked rightly is done',
            `it answered ${answer.status}${shortBody(answer)}, expected ${wordsOf(expected)}`,
            true,
          );
        return read;
      },
      expect(holds, rule, found) {
        if (!holds) note(rule, found);
      },
      holds(actual, expected, rule) {
        const missing = missingFrom(actual, expected);
        if (missing !== undefined) note(rule, missing);
      },
      callbackUrl() {
        if (receiver === undefined)
          throw new SkipCheck(
            'no-callback-url',
            'the candidate cannot reach this machine; give --callback-url',
          );
        places += 1;
        return `${receiver.url}/c/${places}${deps.random(4)}`;
      },
      async callback(url, webhook, matches = () => true) {
        if (receiver === undefined) throw new SkipCheck('no-callback-url', 'there is no place for callbacks');
        const path = new URL(url).pathname.slice(new URL(receiver.url).pathname.replace(/\/$/, '').length);
        const fits = (callback: Received): boolean => {
          const body = parsed(callback.body);
          return callback.path.split('?')[0] === path && isObject(body) && matches(body);
        };
        const found = await receiver.waitFor(fits);
        if (found === undefined) {
          const others = receiver.received().filter((one) => one.path.startsWith(path)).length;
          note(
            'the result arrives as a callback',
            `none came within ${deps.patienceMs} ms${others > 0 ? ` (${others} others did)` : ''}`,
            true,
          );
          throw new StopCheck();
        }
        if (webhook !== undefined) noteAll(contract.callbackFlaws(webhook, parsed(found.body) ?? null));
        return found;
      },
      async until(ask, done) {
        const tries = Math.max(1, Math.ceil(deps.patienceMs / PAUSE_MS));
        let answer = await ask();
        for (let made = 1; made < tries && !done(answer); made += 1) {
          await deps.pause(PAUSE_MS);
          answer = await ask();
        }
        return answer;
      },
      otherTenant() {
        if (deps.sendOther === undefined)
          throw new SkipCheck('no-second-tenant', 'give --other-url, where the candidate has another tenant');
        return createProbe(check, violations, deps.sendOther);
      },
      skip(reason) {
        throw new SkipCheck('needs-another', reason);
      },
    };
    return probe;
  }

  async function outcomeOf(check: CheckDefinition): Promise<Outcome> {
    const violations: Violation[] = [];
    try {
      await check.run(createProbe(check, violations, deps.send));
    } catch (error) {
      if (error instanceof SkipCheck && violations.length === 0)
        return { kind: 'skipped', reason: error.reason, detail: error.message };
      if (!(error instanceof StopCheck) && !(error instanceof SkipCheck)) {
        const message = error instanceof Error ? error.message : String(error);
        violations.push({
          rule: 'a request gets an answer',
          source: { ...sourceless(suite), section: check.section ?? check.id },
          message,
        });
      }
    }
    return violations.length === 0 ? { kind: 'passed' } : { kind: 'failed', violations };
  }

  return {
    answered,
    requests: () => sent,
    async run(check) {
      const before = sent;
      const outcome = await outcomeOf(check);
      const { id, title, operations } = check;
      return { id, title, operations, outcome, requests: sent - before };
    },
  };
}

function sourceless({
  specification: { name, version },
}: Suite): Pick<RuleSource, 'specification' | 'version'> {
  return { specification: name, version };
}

function readAnswer({ status, headers, body }: WireAnswer): Answer {
  return { status, headers, body: body === '' ? undefined : (parsed(body) ?? body) };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuses(suite: Suite, answer: Answer): boolean {
  return answer.status >= 400 || (suite.refuses?.(answer) ?? false);
}

function meets(suite: Suite, answer: Answer, expected: Expected): boolean {
  switch (expected) {
    case 'any':
      return true;
    case 'success':
      return answer.status >= 200 && answer.status < 400 && !refuses(suite, answer);
    case 'refused':
      return answer.status < 500 && refuses(suite, answer);
    default:
      return expected.includes(answer.status);
  }
}

function wordsOf(expected: Expected): string {
  if (expected === 'success') return 'success';
  if (expected === 'refused') return 'a refusal';
  return expected === 'any' ? 'any answer' : expected.join(' or ');
}

function shortBody({ body }: WireAnswer): string {
  const text = body.slice(0, 160).replaceAll(/\s+/g, ' ');
  return text === '' ? '' : ` with ${text}${body.length > 160 ? '…' : ''}`;
}

/**
 * An answer without what names the request: the same for every place that there is not. A problem document whose type
 * says what is wrong (RFC 9457 section 3.1.1) counts by that: its detail may go on to guess what was meant.
 */
function fingerprint({ status, headers, body }: WireAnswer, target: string): string {
  const path = target.split('?')[0] ?? target;
  const problem = parsed(body);
  if (isObject(problem) && typeof problem.type === 'string' && /^[a-z]+:\/\//.test(problem.type))
    return `${status} ${problem.type}`;
  const plain = body
    .replaceAll(target, '·')
    .replaceAll(path, '·')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '·')
    .replaceAll(/\d+/g, '0');
  return `${status} ${headers['content-type'] ?? ''} ${plain}`;
}
