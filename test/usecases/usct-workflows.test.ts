import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { loadJq, type Jq } from 'jq-wasm';
import { parse } from 'yaml';

import { useCaseSchema } from '../../contracts/use-case.js';
import { compile } from '../../orchestrator/expressions/compiled/compile.js';
import {
  expressionsOf,
  formFiles,
  namesIn,
  narrationOf,
  ownWorkflows,
  readYaml,
  tasksOf,
  workflows,
} from './use-case-files.js';

const documents = workflows();
const every = documents.flatMap((document) =>
  tasksOf(document.do, '/do').map((found) => ({ workflow: document.document.name, ...found })),
);
const manifest = useCaseSchema.parse(readYaml('use-case.yaml'));

const addFormats = addFormatsModule.default;
/** The published schema is not ours to copy: name its file to have the documents checked against it as well. */
const publishedSchema = process.env['WORKFLOW_SCHEMA'] ?? '';

describe('the workflow documents of the cash transfer', () => {
  (existsSync(publishedSchema) ? it : it.skip)(
    'are valid against the published schema of the language',
    () => {
      const ajv = new Ajv2020({ strict: false, allErrors: false });
      addFormats(ajv);
      ajv.addFormat('uri-template', true);
      const validate = ajv.compile(parse(readFileSync(publishedSchema, 'utf8')) as object);
      const invalid = documents.flatMap((document) => {
        const valid: boolean = validate(document);
        return valid ? [] : [[document.document.name, validate.errors]];
      });
      expect(invalid).toEqual([]);
    },
  );

  it('lie in files that bear their names, in the namespace of the use case', () => {
    const own = ownWorkflows();
    expect(own.map(({ document }) => document.name)).toEqual(namesIn('workflows'));
    expect(new Set(own.map(({ document }) => document.namespace))).toEqual(new Set([manifest.id]));
  });

  it('jump only to siblings', () => {
    const directives = new Set(['continue', 'exit', 'end']);
    const lost = every.flatMap(({ workflow, pointer, task, siblings }) => {
      const targets =
        'switch' in task ? task.switch.flatMap((entry) => Object.values(entry).map(({ then }) => then)) : [];
      return [...targets, task.then ?? 'continue']
        .filter((target) => !directives.has(target) && !siblings.includes(target))
        .map((target) => `${workflow} ${pointer} -> ${target}`);
    });
    expect(lost).toEqual([]);
  });

  it('assess a change of circumstances by the very formula of the application', () => {
    const formula = (workflow: string): unknown => {
      const found = every.find((task) => task.workflow === workflow && task.name === 'assess')?.task;
      return found !== undefined && 'set' in found ? found.set : undefined;
    };
    expect(formula('application')).toEqual(expect.stringContaining('$regions'));
    expect(formula('change-of-circumstances')).toBe(formula('application'));
  });

  it('have unique task names within each document, so that a scenario can name a human task', () => {
    for (const document of documents) {
      const names = tasksOf(document.do, '/do')
        .filter(({ task }) => 'call' in task)
        .map(({ name }) => name);
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  it('call only services of the manifest, with operations that some access right covers', () => {
    const calls = every.flatMap(({ workflow, name, task }) => {
      if (!('call' in task) || task.call !== 'openapi') return [];
      const { document, operationId } = task.with as { document: { endpoint: string }; operationId: string };
      // A part is told which registry it calls.
      if (document.endpoint.includes('${')) return [];
      const service =
        manifest.services[/^govstack:\/\/([a-z-]+)\/openapi\.json$/.exec(document.endpoint)?.[1] ?? ''];
      const right = service?.access.find(
        ({ client, operations }) => client === manifest.client && (operations?.includes(operationId) ?? true),
      );
      return [{ call: `${workflow} ${name}`, covered: right !== undefined }];
    });
    expect(calls.length).toBeGreaterThan(15);
    expect(calls.filter(({ covered }) => !covered)).toEqual([]);
  });

  it('name the fields they need wherever they read a registry under consent', () => {
    const reads = every.flatMap(({ name, task }) => {
      if (!('call' in task) || task.call !== 'openapi') return [];
      const { document, operationId, parameters } = task.with as {
        document: { endpoint: string };
        operationId: string;
        parameters: Record<string, unknown>;
      };
      const alias = document.endpoint.split('/')[2] ?? '';
      const underConsent =
        manifest.services[alias]?.access.some(({ basis }) => basis.kind === 'consent') ?? false;
      return underConsent && operationId === 'read' ? [{ name, fields: parameters['X-Sandbox-Fields'] }] : [];
    });
    const handedIn = every.flatMap(({ name, task }) =>
      'run' in task && task.run.workflow.name === 'verify'
        ? (task.run.workflow.input as { registries: { fields: string[] }[] }).registries.map(
            ({ fields }) => ({
              name,
              fields: fields.join(','),
            }),
          )
        : [],
    );
    expect(handedIn).toHaveLength(4);
    expect(
      [...reads, ...handedIn].filter(({ fields }) => typeof fields !== 'string' || fields.includes('*')),
    ).toEqual([]);
  });

  it('move cases only to states of the manifest, and open only its kinds', () => {
    const states = new Set(
      Object.values(manifest.cases).flatMap(({ states: machine }) => [
        machine.initial,
        ...machine.final,
        ...machine.transitions.map(({ to }) => to),
      ]),
    );
    for (const { task } of every) {
      if (!('call' in task)) continue;
      const state = task.with?.['state'];
      if (task.call.startsWith('moveCase') && typeof state === 'string' && !state.startsWith('$')) {
        expect(states).toContain(state);
      }
      const kind = task.with?.['kind'];
      if (task.call.startsWith('openCase') && typeof kind === 'string' && !kind.startsWith('$')) {
        expect(Object.keys(manifest.cases)).toContain(kind);
      }
    }
  });

  it('use forms that exist, and every form is used by a task or a case', () => {
    const used = every.flatMap(({ task }) => {
      if ('call' in task && task.call.startsWith('humanTask')) return [task.with?.['form'] as string];
      return 'run' in task && task.run.workflow.name === 'assist'
        ? [(task.run.workflow.input as { form: string }).form]
        : [];
    });
    const opening = Object.values(manifest.cases).flatMap(({ form }) => form ?? []);
    const named = [...new Set([...used, ...opening])].filter((form) => !form.includes('${'));
    expect(named.sort()).toEqual([...formFiles().keys()].sort());
  });

  it('narrate with sentences that exist, and no sentence is left over', () => {
    const used = every.flatMap(({ task }) => {
      const key = task.metadata?.sandbox?.narration;
      const own =
        typeof key === 'string' ? [key.includes('${') ? (/"([^"]+)"/.exec(key)?.[1] ?? '') : key] : [];
      const input = 'run' in task ? JSON.stringify(task.run.workflow.input) : '';
      return [...own, ...[...input.matchAll(/"narration":"([^"]+)"/g)].map((match) => match[1] ?? '')];
    });
    const sentences = Object.entries(narrationOf('en')).flatMap(([group, texts]) =>
      Object.keys(texts).map((key) => `${group}.${key}`),
    );
    expect([...new Set(used)].sort()).toEqual(sentences.sort());
  });

  it('name steps of the manifest', () => {
    const steps = manifest.steps.map(({ id }) => id);
    const unknown = every.flatMap(({ workflow, name, task }) => {
      const step = task.metadata?.sandbox?.step;
      return step === undefined || steps.includes(step) ? [] : [`${workflow} ${name}`];
    });
    expect(unknown).toEqual([]);
  });
});

describe('the expressions of the cash transfer', () => {
  let jq: Jq;
  beforeAll(async () => {
    jq = await loadJq();
  });

  it('all compile', () => {
    const given = ['context', 'input', 'output', 'task', 'workflow', 'runtime', 'secrets', 'authorization'];
    const broken = every.flatMap((found) =>
      expressionsOf(found).flatMap(({ pointer, program, variables }) => {
        const bound = [...given, ...variables, 'error'].map((name) => `null as $${name}`).join(' | ');
        const { exitCode, stderr } = jq.raw(null, `${bound} | if false then (${program}\n) else empty end`);
        return exitCode === 0 ? [] : [`${found.workflow} ${pointer}: ${stderr}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('all run compiled: the fallback is too slow for thousands of beneficiaries', () => {
    const slow = every.flatMap((found) =>
      expressionsOf(found).flatMap(({ pointer, program }) =>
        compile(program) === undefined ? [`${found.workflow} ${pointer}`] : [],
      ),
    );
    expect(slow).toEqual([]);
  });
});
