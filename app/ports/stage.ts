import type { Case } from '../../contracts/case.js';
import type { Clock } from '../../contracts/clock.js';
import { caseIdSchema, taskIdSchema, type WorkspaceId } from '../../contracts/ids.js';
import type { Principal } from '../../contracts/identity.js';
import { SandboxError } from '../../contracts/problems.js';
import {
  scenarioSchema,
  type CaseReference,
  type Scenario,
  type ScenarioStep,
} from '../../contracts/scenario.js';
import type { ApiPorts } from '../../orchestrator/http/api-ports.js';
import type { StagePorts } from '../../orchestrator/http/ports/stage-ports.js';
import { assertMayComplete } from '../../orchestrator/tasks/may-complete.js';
import type { Countries } from '../countries.js';
import { personaPrincipals } from '../persona-principals.js';
import type { UseCaseCatalog } from '../use-case-catalog.js';

export interface StageDeps {
  readonly catalog: Pick<UseCaseCatalog, 'useCases'>;
  readonly countries: Pick<Countries, 'useCase'>;
  /** Asked for when it is used: it knows this part itself. */
  readonly ports: () => Pick<ApiPorts, 'cases' | 'tasks' | 'clock'>;
  readonly realClock: Clock;
  readonly pause: (milliseconds: number) => Promise<void>;
}

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 40;

/** One play: the workspace, the scenario, and the cases by the names that the scenario gave them. */
interface Play {
  readonly workspace: WorkspaceId;
  readonly useCase: string;
  readonly scenario: Scenario;
  readonly saved: Map<string, string>;
}

/** Lets the personas of a use case act by themselves, as the scenario says: what an audience then watches is a real case. */
export function createStage(deps: StageDeps): StagePorts {
  const { catalog, ports } = deps;

  function persona(id: string): Principal {
    const found = personaPrincipals(catalog.useCases).find(({ username }) => username === id);
    if (found === undefined) throw new SandboxError('GSB-REQ-002', { detail: `There is no persona ${id}.` });
    return found;
  }
  const onlooker = (): Principal => {
    const found = personaPrincipals(catalog.useCases).find(({ roles }) => roles.includes('trainer'));
    return found ?? persona('trainer');
  };

  async function find(play: Play, reference: CaseReference): Promise<Case | undefined> {
    const { workspace, saved } = play;
    if (typeof reference === 'string') {
      const id = saved.get(reference);
      if (id === undefined) throw new Error(`no earlier step saved a case as "${reference}"`);
      return ports().cases.get(workspace, caseIdSchema.parse(id));
    }
    const parent = await find(play, reference.openedBy);
    if (parent === undefined) return undefined;
    const { cases } = await ports().cases.list(workspace, { kind: reference.kind, limit: 500 });
    return cases.find(
      ({ openedBy, useCase }) => openedBy === parent.id && useCase === (reference.useCase ?? parent.useCase),
    );
  }

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = deps.realClock.now().getTime() + PATIENCE_MS;
    while (!(await holds())) {
      if (deps.realClock.now().getTime() > end) throw new Error(`waited ${PATIENCE_MS / 1000} s for ${what}`);
      await deps.pause(LOOK_EVERY_MS);
    }
  }

  /** The key is the same at each play, so a case that is there is found and not opened again. */
  async function open(play: Play, step: ScenarioStep & { do: 'open' }, index: number): Promise<void> {
    const opened = await ports().cases.open({
      workspace: play.workspace,
      useCase: step.useCase ?? play.useCase,
      kind: step.kind,
      input: step.input,
      actor: persona(step.as),
      key: `stage:${play.scenario.name}:${index}`,
    });
    play.saved.set(step.save, opened.case.id);
  }

  async function complete(play: Play, step: ScenarioStep & { do: 'complete' }): Promise<void> {
    let over = false;
    let pending: string | undefined;
    await until(`the task ${step.task}`, async () => {
      const of = await find(play, step.case);
      if (of === undefined) return false;
      const tasks = await ports().tasks.list(play.workspace, onlooker(), { caseId: of.id });
      const named = tasks.filter(({ name }) => name === step.task);
      pending = named.find(({ state }) => state === 'open' || state === 'claimed')?.id;
      // Somebody in the audience was faster.
      over = pending === undefined && named.some(({ state }) => state === 'completed');
      if (pending === undefined && !over && of.trouble !== undefined)
        throw new Error(`the case is in trouble: ${of.trouble}`);
      return pending !== undefined || over;
    });
    if (pending === undefined) return;
    await ports().tasks.complete(play.workspace, taskIdSchema.parse(pending), persona(step.as), step.data);
  }

  async function act(play: Play, step: ScenarioStep, index: number): Promise<void> {
    switch (step.do) {
      case 'open':
        await open(play, step, index);
        return;
      case 'complete':
        await complete(play, step);
        return;
      case 'advance': {
        const move =
          'by' in step ? ({ kind: 'by', duration: step.by } as const) : ({ kind: 'next-timer' } as const);
        await ports().clock.change(play.workspace, move, onlooker());
        return;
      }
      case 'wait-for':
        await until(step.say, async () => {
          const of = await find(play, step.case);
          if (of === undefined) return false;
          if (step.state !== undefined) return of.history.some(({ state }) => state === step.state);
          if (step.trouble !== undefined) return of.trouble !== undefined;
          const tasks = await ports().tasks.list(play.workspace, onlooker(), { caseId: of.id });
          return tasks.some(({ name, state }) => name === step.task && state !== 'cancelled');
        });
        return;
      case 'expect':
      case 'expect-ledger':
      case 'expect-exchanges':
      case 'expect-messages':
        return;
      case 'publish':
      case 'fault':
      case 'clear-faults':
      case 'revoke-right':
      case 'grant-right':
      case 'resume':
        throw new Error(`a stage plays no "${step.do}"`);
    }
  }

  return {
    act: async (workspace, id, data) => {
      const task = await ports().tasks.get(workspace, id);
      const refusals: unknown[] = [];
      for (const one of personaPrincipals(catalog.useCases)) {
        try {
          assertMayComplete(task, one);
        } catch (error) {
          refusals.push(error);
          continue;
        }
        return ports().tasks.complete(workspace, id, one, data);
      }
      // Over, or claimed: that is why, whoever asks.
      const over = refusals.find((error) => error instanceof SandboxError && error.code === 'GSB-REQ-003');
      if (over instanceof SandboxError) throw over;
      throw new SandboxError('GSB-AUT-002', {
        detail: `"${task.title}" is for somebody who is no persona of this sandbox, and nobody else may do it.`,
      });
    },
    play: async (workspace, { useCase, scenario: name, from, to }) => {
      const scenario = scenarioOf(
        (await deps.countries.useCase(workspace, useCase)).scenarios[name],
        useCase,
        name,
      );
      const play: Play = { workspace, useCase, scenario, saved: new Map() };
      for (const [index, step] of scenario.steps.slice(0, to).entries()) {
        if (index < from && step.do !== 'open') continue;
        try {
          await act(play, step, index);
        } catch (error) {
          throw new SandboxError('GSB-REQ-003', {
            detail: `Step ${index + 1} of ${name} ("${step.say}") could not be played: ${error instanceof Error ? error.message : String(error)}`,
            cause: error,
          });
        }
      }
      return Object.fromEntries(play.saved);
    },
  };
}

function scenarioOf(found: unknown, useCase: string, name: string): Scenario {
  const parsed = scenarioSchema.safeParse(found);
  if (!parsed.success)
    throw new SandboxError('GSB-REQ-002', { detail: `The use case ${useCase} has no scenario ${name}.` });
  return parsed.data;
}
