import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const persona = (id: string, role: string, more = ''): string =>
  `  - { id: ${id}, name: ${id}, title: Test, story: Test., roles: [${role}], locale: en${more} }`;

const kind = (name: string, prefix: string): string => `  ${name}:
    title: ${name}
    workflow: ${name}
    startedBy: [citizen, trainer]
    numberPrefix: ${prefix}
    states: { initial: open, final: [closed], transitions: [{ from: [open], to: closed }] }`;

export interface Workflow {
  readonly tasks: string;
  /** Lines beside `do`, such as a schedule. */
  readonly more?: string;
}

/** Writes a use case of so many workflows, each with a kind of case of its own, into a folder of its own. */
export async function writeSmallUseCase(workflows: Readonly<Record<string, Workflow>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'use-cases-'));
  const names = Object.keys(workflows);
  const files: Record<string, string> = {
    'use-case.yaml': `id: small
reference: TEST-1
version: 1.0.0
title: Small
summary: For tests.
sdgs: [1]
actors: [{ id: citizen, title: Citizen, description: Anybody }]
steps: [{ id: only, title: Only, blocks: [], workflows: [${names.join(', ')}] }]
client: SANDBOX/GOV/TEST/SMALL
services:
  events:
    title: The room of the tests
    provider: SANDBOX/GOV/TEST/ROOM
    code: pubsub
    block: information-mediator
    fixed: { instanceId: SANDBOX, memberClass: GOV, memberCode: TEST, applicationCode: ROOM }
    access: [{ client: SANDBOX/GOV/TEST/SMALL, basis: { kind: not-personal } }]
cases:
${names.map((name, index) => kind(name, `T${index}`)).join('\n')}
defaultScenario: none
locales: [en]
`,
    'personas.yaml': `personas:
${persona('cora', 'citizen', ', person: person-cora')}
${persona('carl', 'citizen', ', person: person-carl')}
${persona('olga', 'case-officer')}
${persona('tara', 'trainer')}
${persona('dora', 'developer')}
${persona('adam', 'administrator')}
${persona('tom', 'trainer')}
${persona('wanda', 'trainer', ', workspace: bbbbbbbbbbbbbbbbbbbb')}
`,
    'forms/check.yaml': `type: object
required: [decision]
additionalProperties: false
properties:
  decision: { enum: [approve, refuse] }
  note: { type: string, maxLength: 200 }
`,
  };
  for (const [name, { tasks, more = '' }] of Object.entries(workflows)) {
    files[`workflows/${name}.yaml`] =
      `document: { dsl: 1.0.3, namespace: small, name: ${name}, version: 1.0.0 }\n${more}do:\n${tasks}\n`;
  }
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, 'small', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}

export const humanTask = (name: string, more: string): string => `  - ${name}:
      call: humanTask:1.0.0@default
      with: { title: Check it, role: case-officer, form: check, ${more} }`;

export const listen = (name: string, type: string): string =>
  `  - ${name}: { listen: { to: { one: { with: { type: ${type} } } } } }`;
