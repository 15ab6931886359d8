import type { Case } from '../../contracts/case.js';
import { SandboxError } from '../../contracts/problems.js';
import type { CaseReference, Scenario, ScenarioStep } from '../../contracts/scenario.js';
import type { UseCaseManifest } from '../../contracts/use-case.js';
import { ApiRefusal, type ApiClient } from '../api-client.js';
import { checkCase, checkExchanges, checkLedger, checkMessages } from './expectations.js';
import { withFacts } from './facts.js';
import { changeRights } from './change-rights.js';
import { createScenarioCases, type ScenarioCases } from './scenario-cases.js';

export interface PlayOptions {
  readonly scenario: Scenario;
  readonly manifest: UseCaseManifest;
  /** The API as that persona (by user name) sees it. */
  readonly as: (persona: string) => ApiClient;
  /** The persona that looks on and moves the clock. */
  readonly trainer: string;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
  /** Told before each step. */
  readonly onStep: (step: ScenarioStep, index: number) => void;
  /** Makes the keys of a repeated play different from those of the first. */
  readonly occasion: string;
  /** Told of expectations that a real system does not let anybody look at; without it they fail. */
  readonly unchecked?: ((step: ScenarioStep, why: string) => void) | undefined;
}

/** How long a step waits for a task to appear, in milliseconds of real time. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 40;

/** Plays a scenario through the API. GSB-CLI-001 naming the step that did not end as it says. */
export async function playScenario(options: PlayOptions): Promise<ReadonlyMap<string, Case>> {
  const { scenario } = options;
  const trainer = options.as(options.trainer);
  const cases = createScenarioCases(trainer);
  if (scenario.clock !== undefined) await moveClockTo(trainer, scenario.clock);
  for (const [index, step] of scenario.steps.entries()) {
    options.onStep(step, index);
    try {
      await playStep(options, cases, step, index);
    } catch (error) {
      throw new SandboxError('GSB-CLI-001', {
        detail: `${scenario.name}, step ${index + 1} ("${step.say}"): ${error instanceof Error ? error.message : String(error)}`,
        cause: error,
      });
    }
  }
  return cases.all();
}

async function playStep(
  options: PlayOptions,
  cases: ScenarioCases,
  step: ScenarioStep,
  index: number,
): Promise<void> {
  const trainer = options.as(options.trainer);
  switch (step.do) {
    case 'open': {
      const key = `${options.occasion}:${options.scenario.name}:${index}`;
      const input = await withFacts(step.input, cases);
      const body = { useCase: step.useCase ?? options.manifest.id, kind: step.kind, input, key };
      const opened = await options.as(step.as).post<{ case: Case }>('/cases', body);
      cases.save(step.save, opened.case);
      return;
    }
    case 'complete':
      await completeTask(options, cases, step);
      return;
    case 'publish': {
      const { id } = await cases.find(step.case);
      await options
        .as(step.as)
        .post(`/cases/${id}/events`, { type: `org.govstack.case.${step.event}`, data: step.data });
      return;
    }
    case 'advance':
      await trainer.post('/clock', 'by' in step ? { by: step.by } : { next: 'timer' });
      return;
    case 'fault': {
      const { say: _say, do: _do, block, ...fault } = step;
      await trainer.post(`/blocks/${block}/faults`, fault);
      return;
    }
    case 'clear-faults': {
      const { blocks } = await trainer.get<{ blocks: { id: string }[] }>('/blocks');
      for (const { id } of blocks) await trainer.delete(`/blocks/${id}/faults`);
      return;
    }
    case 'revoke-right':
    case 'grant-right':
      await changeRights(trainer, options.manifest, step);
      return;
    case 'resume': {
      const { runs } = await cases.look(step.case);
      for (const run of runs.filter(({ status }) => status === 'faulted'))
        await options.as(step.as).post(`/runs/${run.id}/resume`);
      return;
    }
    case 'wait-for':
      await until(
        options,
        step.seconds * 1000,
        `${describe(step.case)} ${step.state ?? step.task ?? 'in trouble'}`,
        async () => {
          const found = await cases.tryLook(step.case);
          if (found === undefined) return false;
          if (step.state !== undefined) {
            const reached =
              found.case.state === step.state || found.case.history.some(({ state }) => state === step.state);
            if (!reached && found.case.trouble !== undefined)
              throw new Error(`the case is in trouble: ${found.case.trouble}`);
            return reached;
          }
          if (step.task !== undefined) return (await cases.openTask(found.case, step.task)) !== undefined;
          return found.case.trouble !== undefined;
        },
      );
      return;
    case 'expect':
      checkCase((await cases.look(step.case)).case, step);
      return;
    case 'expect-ledger':
      await orUnchecked(options, step, async () =>
        checkLedger(trainer, step.case === undefined ? undefined : (await cases.look(step.case)).case, step),
      );
      return;
    case 'expect-exchanges':
      await checkExchanges(trainer, options.manifest, (await cases.look(step.case)).runs, step);
      return;
    case 'expect-messages':
      // Receipts travel for a moment: a message is awaited, its absence is looked at once.
      await orUnchecked(options, step, () =>
        until(options, 15_000, step.say, () =>
          checkMessages(trainer, step).then(
            () => true,
            (error: unknown) => lastChance(error),
          ),
        ),
      );
      return;
  }
}

async function completeTask(
  options: PlayOptions,
  cases: ScenarioCases,
  step: Extract<ScenarioStep, { do: 'complete' }>,
): Promise<void> {
  let id: string | undefined;
  await until(options, PATIENCE_MS, `a task "${step.task}" of ${describe(step.case)}`, async () => {
    const found = await cases.tryLook(step.case);
    if (found === undefined) return false;
    id = (await cases.openTask(found.case, step.task))?.id;
    if (id === undefined && found.case.trouble !== undefined)
      throw new Error(`the case is in trouble: ${found.case.trouble}`);
    return id !== undefined;
  });
  const completion = options
    .as(step.as)
    .post(`/tasks/${String(id)}/complete`, { data: await withFacts(step.data, cases) });
  if (step.refused === undefined) {
    await completion;
    return;
  }
  const refusal = await completion.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (
    !(refusal instanceof ApiRefusal) ||
    (refusal.code !== step.refused && refusal.status !== step.refused)
  ) {
    throw new Error(
      `it was to be refused with ${step.refused}, but ${refusal instanceof Error ? refusal.message : 'it was accepted'}`,
    );
  }
}

async function until(
  options: PlayOptions,
  patience: number,
  what: string,
  holds: () => Promise<boolean>,
): Promise<void> {
  const end = options.now() + patience;
  while (!(await holds())) {
    if (options.now() > end) throw new Error(`waited ${patience / 1000} s for ${what}`);
    await options.pause(LOOK_EVERY_MS);
  }
}

/** A ledger and an inbox that lie in a real system are that system's: the API then answers with a conflict. */
async function orUnchecked(
  { unchecked }: PlayOptions,
  step: ScenarioStep,
  check: () => Promise<void>,
): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (unchecked === undefined || !(error instanceof ApiRefusal) || error.code !== 'GSB-REQ-003')
      throw error;
    unchecked(step, error.message);
  }
}

async function moveClockTo(trainer: ApiClient, instant: string): Promise<void> {
  const { now } = await trainer.get<{ now: string }>('/clock');
  if (now < instant) await trainer.post('/clock', { to: instant });
}

/** What is not yet so may still come; `until` decides when it is too late, and then tells the last reason. */
function lastChance(error: unknown): boolean {
  if (error instanceof Error && error.name === 'Unmet') return false;
  throw error;
}

function describe(reference: CaseReference): string {
  return typeof reference === 'string'
    ? reference
    : `the ${reference.kind} opened by ${describe(reference.openedBy)}`;
}
