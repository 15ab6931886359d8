import { isCallbackFault } from '../../../contracts/faults.js';
import type { Persona } from '../../../contracts/identity.js';
import type { Json, JsonObject } from '../../../contracts/json.js';
import {
  savedIn,
  type CaseReference,
  type Scenario,
  type ScenarioStep,
} from '../../../contracts/scenario.js';
import type { UseCaseManifest } from '../../../contracts/use-case.js';
import type { Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { listed, suggestion } from '../source/suggest.js';
import { unknownOperation } from './calls.js';
import { known, statesOfKind } from './functions.js';
import { humanTasksOf, type HumanTaskSite } from './human-tasks.js';
import type { UseCasePorts } from './ports.js';
import { formsOf, type Part, type ReadFolder } from './read-folder.js';

interface Stage {
  readonly manifest: UseCaseManifest;
  readonly personas: readonly Persona[];
  readonly tasks: readonly HumanTaskSite[];
  readonly forms: ReadonlyMap<string, JsonObject>;
  readonly ports: UseCasePorts;
}

/**
 * Scenarios before they are played: personas, kinds, tasks, states and cases that exist, data that the forms take. What
 * is done with a case of another use case, by its personas, is found right or wrong when the scenario is played.
 */
export function lintScenarios(
  folder: ReadFolder,
  manifest: Part<UseCaseManifest>,
  personas: readonly Persona[],
  ports: UseCasePorts,
): void {
  const stage: Stage = {
    manifest: manifest.value,
    personas,
    tasks: humanTasksOf(folder),
    forms: new Map(formsOf(folder).map(({ name, value }) => [name, value])),
    ports,
  };
  for (const { name, value, report } of folder.scenarios) {
    if (value.name !== name)
      report.add('wrong-id', ['name'], {
        what: `The scenario in ${name}.yaml is named "${value.name}"`,
        name,
      });
    lintSteps(value, stage, report);
  }
}

function lintSteps({ steps }: Scenario, stage: Stage, report: Report): void {
  /** The saved cases by the name that the scenario gave them. */
  const saved = new Map<string, SavedCase>();
  const elsewhere = stepsElsewhere(steps, stage.manifest.id);
  /** Who acts in another use case may come here too: one person, several services. */
  const visitors = [...elsewhere].flatMap((step) => ('as' in step ? [step.as] : []));
  for (const [index, step] of steps.entries()) {
    const path: Path = ['steps', index];
    if (elsewhere.has(step)) {
      if (step.do === 'open') saved.set(step.save, { kind: step.kind, useCase: step.useCase });
      continue;
    }
    const kind =
      'case' in step && step.case !== undefined
        ? kindOfCase(step.case, saved, stage, path, report)
        : undefined;
    if ('as' in step)
      known(
        'persona',
        step.as,
        [...stage.personas.map(({ id }) => id), ...visitors],
        [...path, 'as'],
        report,
      );
    lintStep(step, kind, stage, path, report);
    if (step.do === 'open') saved.set(step.save, { kind: step.kind });
  }
}

interface SavedCase {
  readonly kind: string;
  /** Another use case than the scenario's own. */
  readonly useCase?: string | undefined;
}

/** The steps about a case of another use case. */
function stepsElsewhere(steps: readonly ScenarioStep[], own: string): ReadonlySet<ScenarioStep> {
  const saved = new Map<string, SavedCase>();
  return new Set(
    steps.filter((step) => {
      if (step.do === 'open') saved.set(step.save, { kind: step.kind, useCase: step.useCase });
      return isElsewhere(step, saved, own);
    }),
  );
}

function isElsewhere(step: ScenarioStep, saved: ReadonlyMap<string, SavedCase>, own: string): boolean {
  if (step.do === 'open') return (step.useCase ?? own) !== own;
  if (!('case' in step) || step.case === undefined) return false;
  return (useCaseOf(step.case, saved) ?? own) !== own;
}

/** The use case that a reference leads to; undefined for the scenario's own, if it says nothing else. */
function useCaseOf(reference: CaseReference, saved: ReadonlyMap<string, SavedCase>): string | undefined {
  if (typeof reference === 'string') return saved.get(reference)?.useCase;
  return reference.useCase ?? useCaseOf(reference.openedBy, saved);
}

function kindOfCase(
  reference: CaseReference,
  saved: ReadonlyMap<string, SavedCase>,
  { manifest }: Stage,
  path: Path,
  report: Report,
): string | undefined {
  const name = savedIn(reference);
  if (!saved.has(name))
    report.add('scenario-step', [...path, 'case'], {
      what: `No earlier step saves a case as "${name}"`,
      instead: `Open it first, with save: ${name}${suggestion(name, saved.keys())}.`,
    });
  if (typeof reference === 'string') return saved.get(name)?.kind;
  known('kind of case', reference.kind, Object.keys(manifest.cases), [...path, 'case', 'kind'], report);
  return reference.kind;
}

function lintStep(
  step: ScenarioStep,
  kind: string | undefined,
  stage: Stage,
  path: Path,
  report: Report,
): void {
  const { manifest, tasks, ports } = stage;
  const states = kind === undefined ? undefined : statesOfKind(manifest, kind);
  const inStates = (state: string | undefined, at: Path): void => {
    if (state !== undefined && states !== undefined)
      known(`state of ${kind ?? ''}`, state, states, at, report);
  };
  switch (step.do) {
    case 'open':
      lintOpen(step, stage, path, report);
      return;
    case 'complete':
      lintComplete(step, stage, path, report);
      return;
    case 'wait-for':
      inStates(step.state, [...path, 'state']);
      if (step.task !== undefined)
        known(
          'human task',
          step.task,
          tasks.map(({ name }) => name),
          [...path, 'task'],
          report,
        );
      return;
    case 'expect':
      inStates(step.state, [...path, 'state']);
      for (const [index, state] of (step.passed ?? []).entries()) inStates(state, [...path, 'passed', index]);
      return;
    case 'fault': {
      // Callbacks have names of their own.
      if (isCallbackFault(step.kind)) return;
      const operations = ports.operationsOf(step.block);
      if (step.operationId !== undefined && operations !== undefined && !operations.has(step.operationId))
        unknownOperation(step.block, step.operationId, operations.keys(), [...path, 'operationId'], report);
      return;
    }
    case 'revoke-right':
    case 'grant-right':
    case 'expect-exchanges':
      known('service', step.service, Object.keys(manifest.services), [...path, 'service'], report);
      return;
    case 'publish':
    case 'advance':
    case 'clear-faults':
    case 'resume':
    case 'expect-ledger':
    case 'expect-messages':
  }
}

function lintOpen(
  step: ScenarioStep & { do: 'open' },
  { manifest, personas, forms, ports }: Stage,
  path: Path,
  report: Report,
): void {
  known('kind of case', step.kind, Object.keys(manifest.cases), [...path, 'kind'], report);
  const kind = Object.hasOwn(manifest.cases, step.kind) ? manifest.cases[step.kind] : undefined;
  if (kind === undefined) return;
  const persona = personas.find(({ id }) => id === step.as);
  if (persona !== undefined && !kind.startedBy.some((role) => persona.roles.includes(role)))
    report.add('scenario-step', [...path, 'as'], {
      what: `${step.as} may not open cases of kind ${step.kind}`,
      instead: `Let somebody with one of these roles open it: ${listed(kind.startedBy)}.`,
    });
  const form = kind.form === undefined ? undefined : forms.get(kind.form);
  if (form !== undefined) lintAnswer(kind.form ?? '', form, step.input, [...path, 'input'], ports, report);
}

function lintComplete(
  step: ScenarioStep & { do: 'complete' },
  { tasks, personas, forms, ports }: Stage,
  path: Path,
  report: Report,
): void {
  known('human task', step.task, [...new Set(tasks.map(({ name }) => name))], [...path, 'task'], report);
  // A step that the server must refuse may be wrong on purpose.
  if (step.refused !== undefined) return;
  const named = tasks.filter(({ name }) => name === step.task);
  const [only] = named;
  if (only === undefined || named.length > 1) return;
  const { role, form } = only.args;
  const persona = personas.find(({ id }) => id === step.as);
  if (
    typeof role === 'string' &&
    !role.includes('${') &&
    persona !== undefined &&
    !persona.roles.some((one) => one === role)
  )
    report.add('scenario-step', [...path, 'as'], {
      what: `${step.as} may not do the task ${step.task}`,
      instead: `Let somebody with the role ${role} do it.`,
    });
  const schema = typeof form === 'string' ? forms.get(form) : undefined;
  if (schema !== undefined) lintAnswer(String(form), schema, step.data, [...path, 'data'], ports, report);
}

function lintAnswer(
  form: string,
  schema: JsonObject,
  data: Json,
  path: Path,
  ports: UseCasePorts,
  report: Report,
): void {
  for (const { pointer, message } of ports.violations(schema, data)) {
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    // `{{application.functionalId}}` becomes a fact of a saved case when it is played.
    if (JSON.stringify(follow(data, steps) ?? null).includes('{{')) continue;
    report.add('scenario-step', [...path, ...steps], {
      what: `The form ${form} does not take this: ${pointer === '' ? 'it' : pointer} ${message}`,
      instead: `Give what forms/${form}.yaml asks for.`,
    });
  }
}

function follow(data: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    data,
  );
}
