import type { Clock } from '../../contracts/clock.js';
import type { JsonObject } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import type { CallbackReceiver } from './callback-receiver.js';
import { contractChecks } from './contract-checks.js';
import { openContract, type Contract, type Dialect } from './contract.js';
import { noCredentials, redactor, type Credentials } from './credentials.js';
import type { Fixtures } from './fixtures.js';
import { shareOf, type CheckResult, type ConformanceReport, type Verdict } from './report.js';
import { createSession, type CheckDefinition, type Session } from './session.js';
import type { Scenario, Suite } from './suite.js';
import type { Transport } from './wire.js';

export interface ConformanceOptions {
  readonly suite: Suite;
  /** The block's OpenAPI document. */
  readonly document: JsonObject;
  readonly title: string;
  /** How the report names the candidate; its address. */
  readonly candidate: string;
  readonly send: Transport;
  readonly sendOther?: Transport;
  readonly fixtures: Fixtures;
  readonly dialect: Dialect;
  readonly readOnly: boolean;
  readonly extensions: boolean;
  /** Part behind the block's name in `payments/g2p`; everything when absent. */
  readonly profile?: string;
  readonly credentials?: Credentials;
  readonly receiver?: CallbackReceiver;
  readonly realClock: Clock;
  readonly random: (length: number) => string;
  readonly uuid: () => string;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly patienceMs: number;
  /** How far off the instants are that a candidate is to act at. */
  readonly soonMs: number;
  /** Only checks whose id this says yes to; the rest is not even counted. */
  readonly only?: (id: string) => boolean;
  /** Ends with the first check that fails. */
  readonly failFast?: boolean;
  /** Told of each check as it ends. */
  readonly onCheck?: (result: CheckResult) => void;
}

/**
 * Checks a candidate against a block's document and suite. Never throws for what a candidate does: that is in the
 * report. Raises GSB-REQ-002 for a profile that there is not.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { suite, realClock, credentials = noCredentials } = options;
  const startedAt = realClock.now().toISOString();
  const contract = openContract(
    options.document,
    options.dialect,
    options.extensions,
    suite.limitsArePublished ?? false,
  );
  const { operations, scenarios } = scopeOf(options, contract);
  const session = createSession({
    suite,
    contract,
    fixtures: options.fixtures,
    send: options.send,
    ...(options.sendOther === undefined ? {} : { sendOther: options.sendOther }),
    credentials: credentials.headers,
    ...(options.receiver === undefined ? {} : { receiver: options.receiver }),
    readOnly: options.readOnly,
    random: options.random,
    uuid: options.uuid,
    realClock,
    soonMs: options.soonMs,
    pause: options.pause,
    redact: redactor(credentials),
    patienceMs: options.patienceMs,
  });
  const checks = [
    ...contractChecks(
      suite,
      contract,
      contract.operations.filter(({ operationId }) => operations.has(operationId)),
      options.readOnly,
    ),
    ...scenarios.map(scenarioCheck),
  ].filter(({ id }) => options.only?.(id) ?? true);
  const detail = await unreachable(options);
  const results: CheckResult[] = [];
  if (detail === undefined) {
    const run = async (check: CheckDefinition): Promise<void> => {
      const result = await session.run(check);
      results.push(result);
      options.onCheck?.(result);
    };
    for (const check of checks) {
      if (options.failFast === true && results.some(({ outcome }) => outcome.kind === 'failed')) break;
      await run(check);
    }
    const { receiver } = options;
    if (receiver !== undefined && receiver.received().length > 0) await run(callbacksOnce(receiver));
  }
  return {
    block: suite.block,
    title: options.title,
    specification: suite.specification,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    dialect: options.dialect,
    readOnly: options.readOnly,
    extensions: options.extensions,
    candidate: options.candidate,
    startedAt,
    endedAt: realClock.now().toISOString(),
    ...figuresOf(results, operations, session, detail),
    requests: session.requests(),
    checks: results,
  };
}

function figuresOf(
  results: readonly CheckResult[],
  operations: ReadonlySet<string>,
  session: Session,
  detail: string | undefined,
): Pick<ConformanceReport, 'verdict' | 'detail' | 'index' | 'score'> {
  const ran = results.filter(({ outcome }) => outcome.kind !== 'skipped');
  const passed = ran.filter(({ outcome }) => outcome.kind === 'passed').length;
  const tested = [...operations].filter((id) => session.answered.has(id)).length;
  const verdict: Verdict = tested === 0 ? 'not-testable' : passed < ran.length ? 'violations' : 'passed';
  const why = detail ?? (tested === 0 ? 'the candidate offers none of these operations' : undefined);
  return {
    verdict,
    ...(why === undefined ? {} : { detail: why }),
    index: { operations: shareOf(tested, operations.size), checks: shareOf(ran.length, results.length) },
    score: shareOf(passed, ran.length),
  };
}

function scopeOf(
  { suite, profile, dialect, extensions }: ConformanceOptions,
  contract: Contract,
): { operations: ReadonlySet<string>; scenarios: readonly Scenario[] } {
  const offered = contract.operations.map(({ operationId }) => operationId);
  const known = profile === undefined ? undefined : suite.profiles[profile];
  if (profile !== undefined && known === undefined)
    throw new SandboxError('GSB-REQ-002', {
      detail: `${suite.block} has no profile ${profile}; there are: ${Object.keys(suite.profiles).join(', ')}`,
    });
  const wanted = known === undefined ? undefined : new Set(known.operations);
  const operations = new Set(offered.filter((id) => wanted === undefined || wanted.has(id)));
  // What a scenario only looks with may belong to the other dialect or be an extension.
  const scenarios = suite.scenarios.filter(
    (scenario) =>
      (extensions || scenario.extension !== true) &&
      [dialect, 'both'].includes(scenario.dialect ?? 'published') &&
      (wanted === undefined || scenario.operations.every((id) => wanted.has(id))),
  );
  return { operations, scenarios };
}

function scenarioCheck({ id, title, operations, play }: Scenario): CheckDefinition {
  return { id: `scenario/${id}`, title, operations, run: play };
}

/** Looked at last: a second delivery may be on its way long after the first. */
function callbacksOnce(receiver: CallbackReceiver): CheckDefinition {
  return {
    id: 'callbacks-once',
    title: 'No callback comes twice',
    operations: [],
    section: 'callbacks',
    run(probe) {
      const seen = new Map<string, number>();
      for (const { path, body } of receiver.received())
        seen.set(`${path} ${body}`, (seen.get(`${path} ${body}`) ?? 0) + 1);
      for (const [callback, times] of seen)
        probe.expect(
          times === 1,
          'a callback that was taken is not sent again',
          `${times} times: ${callback.slice(0, 200)}`,
        );
      return Promise.resolve();
    },
  };
}

/** One request before all others, so that a candidate that is not there is one sentence and not a hundred. */
async function unreachable({
  send,
  credentials = noCredentials,
}: ConformanceOptions): Promise<string | undefined> {
  try {
    await send({ method: 'GET', target: '/', headers: credentials.headers });
    return undefined;
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return `nobody answers: ${cause instanceof Error ? cause.message || cause.name : String(cause)}`;
  }
}
