import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { loadUseCases, readSharedParts, readTree } from '../../../app/read-use-cases.js';
import { createValidator } from '../../../app/validation/validation.js';
import { scaffold } from '../../../cli/new/scaffold.js';
import type { Diagnostic } from '../../../contracts/diagnostic.js';

const validator = await createValidator();
const ours = (await loadUseCases()).map(({ manifest }) => manifest);
const shared = await readSharedParts(fileURLToPath(new URL('../../../usecases', import.meta.url)));
const whole = await scaffold('permit', 'Permit');
const WORKFLOW = 'workflows/request.yaml';
const SCENARIO = 'scenarios/first-request.yaml';

type Edit = readonly [file: string, from: string, to: string];

/** What is said about the new use case after some edits. An empty `from` stands for the whole file. */
function after(...edits: readonly Edit[]): readonly Diagnostic[] {
  const files = new Map(whole);
  for (const [file, from, to] of edits) {
    const text = files.get(file) ?? '';
    if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
    if (from === '' && to === '') files.delete(file);
    else files.set(file, from === '' ? to : text.replace(from, to));
  }
  return validator.useCase('permit', files).diagnostics;
}

const told = (...edits: readonly Edit[]): string[] =>
  after(...edits).map(
    ({ severity, code, file, path }) => `${severity} ${code} ${file.replace('permit/', '')} ${path}`,
  );

describe('the lint of a use case', () => {
  it('has nothing to say about a new one', () => {
    expect(told()).toEqual([]);
  });

  it.each(ours)(
    'has no errors and no warnings for $id, but for texts that a draft lacks',
    async (manifest) => {
      const { id, drafts = [] } = manifest;
      const folder = fileURLToPath(new URL(`../../../usecases/${id}`, import.meta.url));
      const found = validator.useCase(id, await readTree(folder), shared).diagnostics;
      const lacking = (what: string): boolean =>
        drafts.some((draft) => what.startsWith(`The language ${draft} has no text for`));
      expect(found.filter(({ code, what }) => code !== 'missing-text' || !lacking(what))).toEqual([]);
    },
  );

  it('leaves what a scenario does with the cases of another use case to those who play it', () => {
    const elsewhere = `  - { say: Ada pays., as: ada, do: open, useCase: tax, kind: bill, save: bill, input: {} }
  - { say: Bob looks., as: bob, do: complete, task: look, case: bill, data: {} }
  - { say: It goes on there., do: wait-for, case: { openedBy: request, kind: visit, useCase: tax }, state: over }
  - { say: Ada asks here too., as: ada, do: open, kind: request, save: second, input: { about: x, phone: '+15550101' } }
`;
    expect(told([SCENARIO, 'steps:\n', `steps:\n${elsewhere}`])).toEqual([]);
  });

  it.each<[string, Edit[], string[]]>([
    [
      'an operation that the block does not have',
      [[WORKFLOW, 'operationId: sendSingleSms', 'operationId: sendSingelSms']],
      [`error unknown-operation ${WORKFLOW} /do/1/confirm/try/0/sendConfirmation/with/operationId`],
    ],
    [
      'a service that the manifest does not have',
      [[WORKFLOW, 'govstack://messaging/', 'govstack://mesaging/']],
      [`error unknown-part ${WORKFLOW} /do/1/confirm/try/0/sendConfirmation/with/document/endpoint`],
    ],
    [
      'an operation that is not granted',
      [['use-case.yaml', '[sendSingleSms]', '[sendBatchSms]']],
      [`warning access-not-granted ${WORKFLOW} /do/1/confirm/try/0/sendConfirmation/with/operationId`],
    ],
    [
      'a call without its body',
      [[WORKFLOW, 'body:', 'X-Body:']],
      [`error missing-parameter ${WORKFLOW} /do/1/confirm/try/0/sendConfirmation/with/parameters`],
    ],
    [
      'a parameter that the operation does not have',
      [[WORKFLOW, '                body:', '                bodi: 1\n                body:']],
      [`error unknown-parameter ${WORKFLOW} /do/1/confirm/try/0/sendConfirmation/with/parameters/bodi`],
    ],
    [
      'a call past the mediator',
      [
        [
          WORKFLOW,
          '  - startReview:',
          "  - out: { call: http, with: { method: get, endpoint: 'https://a.example/x' } }\n  - startReview:",
        ],
      ],
      [`warning outbound-call ${WORKFLOW} /do/2/out/with/endpoint`],
    ],
    [
      'a role that nobody plays',
      [
        [WORKFLOW, 'role: case-officer', 'role: payments-maker'],
        [SCENARIO, "as: 'permit-officer'", 'as: nobody'],
      ],
      [
        `error unknown-part ${SCENARIO} /steps/4/as`,
        `error role-without-persona ${WORKFLOW} /do/3/decide/with/role`,
      ],
    ],
    [
      'a role that does not exist',
      [[WORKFLOW, 'role: case-officer', 'role: case-oficer']],
      [
        `error scenario-step ${SCENARIO} /steps/4/as`,
        `error unknown-part ${WORKFLOW} /do/3/decide/with/role`,
      ],
    ],
    [
      'a form that does not exist',
      [[WORKFLOW, 'form: decision', 'form: decisions']],
      ['warning unused-part forms/decision.yaml ', `error unknown-part ${WORKFLOW} /do/3/decide/with/form`],
    ],
    [
      'a form that is no schema',
      [['forms/decision.yaml', 'type: string, enum', 'type: text, enum']],
      ['error bad-json-schema forms/decision.yaml '],
    ],
    [
      'data that nearly has the name of a field',
      [[WORKFLOW, 'data: { about:', 'data: { raeson: late, about:']],
      [`warning form-data ${WORKFLOW} /do/3/decide/with/data/raeson`],
    ],
    [
      'data that a field cannot begin with',
      [[WORKFLOW, 'data: { about:', 'data: { reason: 7, about:']],
      [`warning form-data ${WORKFLOW} /do/3/decide/with/data/reason`],
    ],
    [
      'a sentence that a language lacks',
      [['locales/fr.yaml', '    grant: La demande est accordée.\n', '']],
      [`warning missing-text ${WORKFLOW} /do/5/grant/metadata/sandbox/narration`],
    ],
    [
      'a sentence that nobody tells',
      [['locales/en.yaml', '    grant:', '    granted: Done.\n    grant:']],
      ['warning unused-text locales/en.yaml /narration/request/granted'],
    ],
    [
      'a title that a language lacks',
      [['locales/fr.yaml', '  decision: Décider de la demande\n', '']],
      ['warning missing-text forms/decision.yaml '],
    ],
    [
      'what a language calls no scenario and no workflow, which say it in English themselves',
      [
        ['locales/fr.yaml', '  first-request: Une demande est accordée\n', ''],
        ['locales/fr.yaml', "\nworkflows:\n  request: 'Permit'\n", ''],
      ],
      [`warning missing-text ${SCENARIO} /title`, `warning missing-text ${WORKFLOW} /document/title`],
    ],
    [
      'a name that no picture of a workflow shows',
      [['locales/fr.yaml', 'scenarios:', 'names: { decide: Décider, decied: Décider }\n\nscenarios:']],
      ['warning unused-text locales/fr.yaml /names/decied'],
    ],
    [
      'a language without a file',
      [['use-case.yaml', '[en, fr]', '[en, fr, ar]']],
      ['error missing-file use-case.yaml /locales/2'],
    ],
    [
      'a draft of a language that it does not have',
      [['use-case.yaml', 'locales: [en, fr]', 'locales: [en, fr]\ndrafts: [fr, es]']],
      ['error unknown-part use-case.yaml /drafts/1'],
    ],
    [
      'a sentence that a draft lacks',
      [
        ['use-case.yaml', 'locales: [en, fr]', 'locales: [en, fr]\ndrafts: [fr]'],
        ['locales/fr.yaml', '    grant: La demande est accordée.\n', ''],
      ],
      [`warning missing-text ${WORKFLOW} /do/5/grant/metadata/sandbox/narration`],
    ],
    [
      'a file without a language',
      [['use-case.yaml', '[en, fr]', '[en]']],
      ['warning unused-part locales/fr.yaml '],
    ],
    [
      'a step that does not exist',
      [[WORKFLOW, 'step: request, narration: request.receive', 'step: requests, narration: request.receive']],
      [`error unknown-part ${WORKFLOW} /do/0/receive/metadata/sandbox/step`],
    ],
    [
      'a state that does not exist',
      [[WORKFLOW, '{ state: in-review }', '{ state: in-revue }']],
      [`error unknown-part ${WORKFLOW} /do/2/startReview/with/state`],
    ],
    [
      'a kind that does not exist',
      [
        [
          WORKFLOW,
          '  - startReview:',
          '  - open: { call: openCase:1.0.0@default, with: { kind: appeal, key: a } }\n  - startReview:',
        ],
      ],
      [`error unknown-part ${WORKFLOW} /do/2/open/with/kind`],
    ],
    [
      'workflows to run that do not exist',
      [
        [
          WORKFLOW,
          '  - startReview:',
          "  - one: { run: { workflow: { namespace: permit, name: later, version: latest } } }\n  - two: { run: { workflow: { namespace: usct, name: request, version: latest } } }\n  - three: { run: { workflow: { namespace: permit, name: request, version: '2.0.0' } } }\n  - startReview:",
        ],
      ],
      [
        `error unknown-part ${WORKFLOW} /do/2/one/run/workflow/name`,
        `error unknown-part ${WORKFLOW} /do/3/two/run/workflow/namespace`,
        `error unknown-part ${WORKFLOW} /do/4/three/run/workflow/version`,
      ],
    ],
    [
      'a workflow that nothing starts',
      [
        [
          'workflows/more.yaml',
          '',
          "document: { dsl: '1.0.3', namespace: permit, name: more, version: '1.0.0' }\ndo: [{ a: { set: { b: 1 } } }]\n",
        ],
      ],
      ['warning unused-part workflows/more.yaml /document/name'],
    ],
    [
      'the same workflow twice',
      [['workflows/zz.yaml', '', whole.get(WORKFLOW) ?? '']],
      ['error wrong-id workflows/zz.yaml /document/name'],
    ],
    [
      'names that do not agree',
      [
        ['use-case.yaml', "id: 'permit'", 'id: permits'],
        [WORKFLOW, "namespace: 'permit'", 'namespace: permits'],
      ],
      ['error wrong-id use-case.yaml /id', `error wrong-id ${WORKFLOW} /document/namespace`],
    ],
    [
      'a state that nothing leads to',
      [['use-case.yaml', '[granted, refused]', '[granted, refused, lost]']],
      ['error state-never-entered use-case.yaml /cases/request/states/final/2'],
    ],
    [
      'a manifest with a misspelt property',
      [['use-case.yaml', 'defaultScenario:', 'defaultScenarios:']],
      ['error missing-property use-case.yaml ', 'error unknown-property use-case.yaml /defaultScenarios'],
    ],
    [
      'a cohort that is none',
      [['cohort.yaml', '', 'seed: rows.csv\n']],
      ['error missing-property cohort.yaml '],
    ],
    [
      'a lawful basis of another kind',
      [['use-case.yaml', 'kind: public-task', 'kind: public-tasks']],
      ['error wrong-value use-case.yaml /services/messaging/access/0/basis/kind'],
    ],
    [
      'a default scenario that is not there',
      [['use-case.yaml', 'defaultScenario: first-request', 'defaultScenario: second']],
      ['error unknown-part use-case.yaml /defaultScenario'],
    ],
    ['no personas', [['personas.yaml', '', '']], ['error missing-file personas.yaml ']],
    [
      'a scenario that is none',
      [[SCENARIO, 'do: open', 'do: opens']],
      ['error wrong-value scenarios/first-request.yaml /steps/0/do'],
    ],
    [
      'a scenario with a kind that does not exist',
      [[SCENARIO, 'kind: request', 'kind: requests']],
      [`error unknown-part ${SCENARIO} /steps/0/kind`],
    ],
    [
      'a scenario with a case that nobody opened',
      [[SCENARIO, 'save: request', 'save: other']],
      [
        `error scenario-step ${SCENARIO} /steps/1/case`,
        `error scenario-step ${SCENARIO} /steps/3/case`,
        `error scenario-step ${SCENARIO} /steps/4/case`,
        `error scenario-step ${SCENARIO} /steps/5/case`,
        `error scenario-step ${SCENARIO} /steps/6/case`,
      ],
    ],
    [
      'a scenario with data that the form does not take',
      [
        [SCENARIO, "phone: '+15550190' }", 'phone: 5, colour: red }'],
        [SCENARIO, 'decision: grant,', 'decision: maybe,'],
      ],
      [
        `error scenario-step ${SCENARIO} /steps/0/input`,
        `error scenario-step ${SCENARIO} /steps/0/input/phone`,
        `error scenario-step ${SCENARIO} /steps/4/data/decision`,
      ],
    ],
    [
      'a scenario with a task, a state and a service that do not exist',
      [
        [SCENARIO, 'task: decide', 'task: descide'],
        [SCENARIO, 'state: granted\n  - say', 'state: grated\n  - say'],
        [SCENARIO, 'service: messaging', 'service: message'],
      ],
      [
        `error unknown-part ${SCENARIO} /steps/1/task`,
        `error unknown-part ${SCENARIO} /steps/3/service`,
        `error unknown-part ${SCENARIO} /steps/5/state`,
      ],
    ],
    [
      'a scenario in which the wrong people act',
      [
        [SCENARIO, "as: 'permit-citizen'", 'as: permit-officer'],
        [SCENARIO, "as: 'permit-officer'", 'as: permit-trainer'],
      ],
      [`error scenario-step ${SCENARIO} /steps/0/as`, `error scenario-step ${SCENARIO} /steps/4/as`],
    ],
    [
      'broken YAML in any file',
      [
        ['locales/en.yaml', 'training:', 'training: ['],
        [SCENARIO, 'name:', 'name: "'],
        ['forms/request.yaml', 'type: object', '- x'],
      ],
      [
        'error yaml-syntax forms/request.yaml ',
        'error yaml-syntax locales/en.yaml ',
        `error yaml-syntax ${SCENARIO} `,
      ],
    ],
  ])('finds %s', (_name, edits, expected) => {
    expect([...new Set(told(...edits))].sort()).toEqual(expect.arrayContaining([...expected].sort()));
    // Broken files may draw others along; nothing else does.
    if (!expected.some((one) => one.includes('yaml-syntax') || one.includes('missing-file')))
      expect([...new Set(told(...edits))].sort()).toEqual([...expected].sort());
  });

  it('names the operation that was probably meant', () => {
    const [found] = after([WORKFLOW, 'operationId: sendSingleSms', 'operationId: sendSingelSms']);
    expect(found?.fix).toBe('Use one that stands there (did you mean "sendSingleSms"?).');
    const line =
      (whole.get(WORKFLOW) ?? '').split('\n').findIndex((text) => text.includes('operationId:')) + 1;
    expect(found?.line).toBe(line);
  });

  it('is in order of file and place, whatever found it', () => {
    const found = after(
      ['use-case.yaml', 'defaultScenario: first-request', 'defaultScenario: second'],
      [WORKFLOW, 'role: case-officer', 'role: case-oficer'],
      [WORKFLOW, 'operationId: sendSingleSms', 'operationId: sendSingelSms'],
      [WORKFLOW, "when: '$error.status >= 500'", "when: '$eror.status >= 500'"],
    );
    const files = found.map(({ file }) => file);
    expect(files).toEqual([...files].sort((one, other) => one.localeCompare(other)));
    const lines = found.filter(({ file }) => file.endsWith(WORKFLOW)).map(({ line }) => line);
    expect(lines).toEqual([...lines].sort((one, other) => one - other));
    expect(lines).toHaveLength(3);
  });
});
