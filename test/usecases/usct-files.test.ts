import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';

import { personasFileSchema } from '../../contracts/identity.js';
import type { JsonObject } from '../../contracts/json.js';
import { cohortSchema, savedIn, scenarioSchema, type Scenario } from '../../contracts/scenario.js';
import { useCaseSchema } from '../../contracts/use-case.js';
import { formFiles, namesIn, readYaml, tasksOf, usctFolder, workflows } from './use-case-files.js';

const manifest = useCaseSchema.parse(readYaml('use-case.yaml'));
const { personas } = personasFileSchema.parse(readYaml('personas.yaml'));
const scenarios = namesIn('scenarios').map((name) =>
  scenarioSchema.parse(readYaml(`scenarios/${name}.yaml`)),
);
/** `sandbox validate` looks at those that open a case of another use case, with its people and forms. */
const ownScenarios = scenarios.filter(({ steps }) =>
  steps.every((step) => step.do !== 'open' || step.useCase === undefined),
);
/** Tasks of shared parts whose form the workflow that performs them hands in. */
const formsHandedIn: Readonly<Record<string, string>> = {
  assistAfterRefusal: 'assisted-path',
  recordOutcome: 'grievance-answer',
};
const humanTasks = new Map(
  workflows()
    .flatMap((document) => tasksOf(document.do, '/do'))
    .flatMap(({ name, task }) =>
      'call' in task && task.call.startsWith('humanTask') ? [[name, task.with ?? {}] as const] : [],
    ),
);

const addFormats = addFormatsModule.default;

type Validator = (data: unknown) => string | undefined;
const validators = new Map<string, Validator>();

/** Compiled once: a scenario fills in the same form many times. */
function validator(form: string): Validator {
  const known = validators.get(form);
  if (known !== undefined) return known;
  const made = compiled(form);
  validators.set(form, made);
  return made;
}

function compiled(form: string): Validator {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allErrors: true,
    allowUnionTypes: true,
    keywords: ['ui'],
  });
  addFormats(ajv);
  const validate = ajv.compile(readYaml(formFiles().get(form) ?? `forms/${form}.yaml`));
  return (data) => (validate(data) ? undefined : ajv.errorsText(validate.errors));
}

/** Every text of a locale with its path, in the order of the file. */
const textsIn = (value: unknown, path = ''): [string, unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => textsIn(inner, `${path}/${key}`))
    : [[path, value]];

/** As a scenario is played: facts of saved cases stand where it names them. */
const withFacts = (input: unknown): unknown =>
  JSON.parse(JSON.stringify(input).replaceAll(/\{\{\w+\.functionalId\}\}/g, 'U0000000018'));

describe('the forms', () => {
  it('are valid JSON Schemas with a title, and each field has one', () => {
    for (const [form, file] of formFiles()) {
      const schema = readYaml(file);
      expect(schema['title']).toEqual(expect.any(String));
      expect(() => validator(form)).not.toThrow();
      for (const [field, property] of Object.entries((schema['properties'] ?? {}) as JsonObject)) {
        expect([form, field, (property as JsonObject)['title']]).toEqual([form, field, expect.any(String)]);
      }
    }
  });
});

describe('the scenarios', () => {
  it('bear the names of their files, and one of them is the demo', () => {
    expect(scenarios.map(({ name }) => name)).toEqual(namesIn('scenarios'));
    expect(scenarios.find(({ name }) => name === manifest.defaultScenario)?.demo).toBe(true);
  });

  it.each(ownScenarios.map((scenario): [string, Scenario] => [scenario.name, scenario]))(
    '%s plays personas who may do it, with data that the forms take',
    (_name, { steps }) => {
      for (const step of steps) {
        if (!('as' in step)) continue;
        const persona = personas.find(({ id }) => id === step.as);
        expect([step.say, persona?.id]).toEqual([step.say, step.as]);
        if (step.do === 'open') {
          const kind = manifest.cases[step.kind];
          expect(kind?.startedBy.some((role) => persona?.roles.includes(role))).toBe(true);
          expect([
            step.say,
            kind?.form === undefined ? undefined : validator(kind.form)(withFacts(step.input)),
          ]).toEqual([step.say, undefined]);
        }
        if (step.do === 'complete') {
          const task = humanTasks.get(step.task);
          expect([step.say, task === undefined]).toEqual([step.say, false]);
          const { form, role } = (task ?? {}) as { form: string; role: string };
          const named = form.includes('${') ? (formsHandedIn[step.task] ?? '') : form;
          expect([step.say, validator(named)(withFacts(step.data))]).toEqual([step.say, undefined]);
          if (step.refused === undefined && !role.includes('${')) expect(persona?.roles).toContain(role);
        }
      }
    },
  );

  it('name only cases that an earlier step opened', () => {
    for (const { steps } of ownScenarios) {
      const saved = new Set<string>();
      for (const step of steps) {
        if ('case' in step && step.case !== undefined) {
          const name = savedIn(step.case);
          expect([step.say, saved.has(name)]).toEqual([step.say, true]);
          if (typeof step.case !== 'string') expect(Object.keys(manifest.cases)).toContain(step.case.kind);
        }
        if (step.do === 'open') saved.add(step.save);
      }
    }
  });
});

describe('the rest of the use case', () => {
  it('has personas of every role, four citizens with a person and an ID among them', () => {
    const roles = new Set(personas.flatMap((persona) => persona.roles));
    for (const role of [
      'citizen',
      'case-officer',
      'enrollment-officer',
      'payments-maker',
      'payments-checker',
      'trainer',
    ] as const) {
      expect(roles).toContain(role);
    }
    const citizens = personas.filter((persona) => persona.roles.includes('citizen'));
    expect(
      citizens.filter(({ person, individualId }) => person !== undefined && individualId !== undefined),
    ).toHaveLength(4);
    expect(personas.filter((persona) => persona.roles.includes('case-officer'))).toHaveLength(2);
  });

  it('reads the outcome of every state in which a line of the census may rest', () => {
    const plan = cohortSchema.parse(readYaml('cohort.yaml'));
    const machine = manifest.cases[plan.intake.opened]?.states;
    const known = new Set([machine?.initial, ...(machine?.transitions.map(({ to }) => to) ?? [])]);
    for (const state of plan.settledStates) {
      expect(known).toContain(state);
      if (state !== 'enrolled' && state !== 'in-payment')
        expect(Object.keys(plan.outcomes.byState)).toContain(state);
    }
    for (const { task } of [...plan.answers, ...plan.payment.answers])
      expect([...humanTasks.keys()]).toContain(task);
  });

  it('has exactly the languages that its manifest names', () => {
    expect([...manifest.locales].sort()).toEqual(namesIn('locales'));
  });

  // A draft may lack some: what is missing shows in English.
  it.each(manifest.locales.filter((locale) => manifest.drafts?.includes(locale) !== true))(
    'has the texts in %s for all steps, actors, kinds, states, forms and sentences',
    (locale) => {
      const texts = readYaml(`locales/${locale}.yaml`);
      // The order counts as well: translators and reviewers read the files side by side.
      const english = textsIn(readYaml('locales/en.yaml')).map(([key]) => key);
      // Words of forms stand in English in the forms themselves.
      expect(textsIn(texts).flatMap(([key]) => (english.includes(key) ? [key] : []))).toEqual(english);
      expect(Object.keys(texts['steps'] as JsonObject)).toEqual(manifest.steps.map(({ id }) => id));
      expect(Object.keys(texts['actors'] as JsonObject)).toEqual(manifest.actors.map(({ id }) => id));
      expect(Object.keys(texts['cases'] as JsonObject)).toEqual(Object.keys(manifest.cases));
      expect(Object.keys(texts['forms'] as JsonObject).sort()).toEqual(namesIn('forms'));
      for (const [kind, { states }] of Object.entries(manifest.cases)) {
        const named = Object.keys((texts['states'] as Record<string, JsonObject>)[kind] ?? {});
        expect([kind, new Set(named)]).toEqual([
          kind,
          new Set([states.initial, ...states.transitions.map(({ to }) => to)]),
        ]);
      }
    },
  );

  it('says in its README how the formula goes, with the figures of the workflow', () => {
    const readme = readFileSync(new URL('README.md', usctFolder), 'utf8');
    for (const figure of ['62', '54', '48', '44', '40', '38', 'refrigerator', 'cattle'])
      expect(readme).toContain(figure);
  });
});
