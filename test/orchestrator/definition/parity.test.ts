import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { parse } from 'yaml';
import type { Diagnostic } from '../../../contracts/diagnostic.js';
import { differences } from '../../../orchestrator/definition/schema/parity.js';
import { workflowJsonSchema } from '../../../orchestrator/definition/schema/json-schema.js';
import { callSamples } from './documents/of-calls.js';
import { taskSamples } from './documents/of-tasks.js';
import { topSamples } from './documents/of-tops.js';
import { diagnose, errorsIn } from './lint-bench.js';

const KIT = fileURLToPath(new URL('../../../../shared/reference/ctk/', import.meta.url));
const usct = new URL('../../../usecases/usct/workflows/', import.meta.url);

type Verdict = (value: unknown) => string | undefined;

function validatorOf(schema: object): Verdict {
  const ajv = new Ajv2020({ strict: false });
  addFormatsModule.default(ajv);
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? undefined : ajv.errorsText(validate.errors));
}

const own = [...topSamples, ...taskSamples, ...callSamples].map(({ name, text }) => ({ name, text }));
const committed = readdirSync(usct).map((name) => ({
  name,
  text: readFileSync(new URL(name, usct), 'utf8'),
}));

/** The documents of the conformance kit's features. */
function kitDocuments(): { name: string; text: string }[] {
  return readdirSync(KIT)
    .filter((name) => name.endsWith('.feature'))
    .flatMap((name) =>
      [...readFileSync(KIT + name, 'utf8').matchAll(/definition:\s*\n\s*"""yaml\n([\s\S]*?)\n\s*"""/g)].map(
        ([, block = ''], index) => {
          const indent = /^ */.exec(block)?.[0].length ?? 0;
          const text = block.split('\n').map((line) => line.slice(indent));
          return { name: `${name} ${index + 1}`, text: text.join('\n') };
        },
      ),
    );
}

/** The specification gives names and files a meaning that no schema can check. */
const beyondShape: ReadonlySet<string> = new Set([
  'unknown-name',
  'unknown-function',
  'unknown-target',
  'secrets-out-of-place',
  'bad-cron',
  'resource-missing',
  'refused-task',
]);

const isDifference = (kind: 'stricter' | 'laxer', { code, path }: Diagnostic): boolean =>
  differences.some((one) => one.kind === kind && one.code === code && one.at.test(path));

const withKit = existsSync(`${KIT}workflow-schema.yaml`) ? describe : describe.skip;

withKit('the published JSON Schema of the language', () => {
  const published = existsSync(`${KIT}workflow-schema.yaml`)
    ? validatorOf(parse(readFileSync(`${KIT}workflow-schema.yaml`, 'utf8')) as object)
    : () => undefined;
  const documents = existsSync(KIT) ? [...own, ...committed, ...kitDocuments()] : [];

  it('is held against all of them', () => {
    expect(documents.length).toBeGreaterThan(240);
    expect(documents.filter(({ name }) => name.includes('.feature'))).toHaveLength(21);
  });

  it.each(documents.map(({ name, text }) => [name, text]))('agrees on: %s', (_name, text) => {
    const found = diagnose(text);
    const errors = errorsIn(found).filter(({ code }) => !beyondShape.has(code));
    const theirs = published(parse(text));
    if (theirs === undefined) expect(errors.filter((one) => !isDifference('stricter', one))).toEqual([]);
    else if (errors.length === 0 && !found.some(({ code }) => code === 'refused-task'))
      expect({ theirs, known: found.some((one) => isDifference('laxer', one)) }).toEqual({
        theirs,
        known: true,
      });
  });

  it('shows every difference of the table', () => {
    const shown = new Set(
      documents.flatMap(({ text }) =>
        diagnose(text).flatMap((one) =>
          differences.filter(({ code, at }) => code === one.code && at.test(one.path)),
        ),
      ),
    );
    expect(differences.filter((one) => !shown.has(one))).toEqual([]);
  });
});

describe('the JSON Schema for editors', () => {
  const schema = workflowJsonSchema('https://sandbox.example/api/v1/schema/workflow.json');
  const editors = validatorOf(schema);

  it.each([...own, ...committed].map(({ name, text }) => [name, text]))(
    'takes what validation takes: %s',
    (_name, text) => {
      const errors = errorsIn(diagnose(text)).filter(
        ({ code }) => code === 'refused-task' || !beyondShape.has(code),
      );
      if (errors.length === 0) expect(editors(parse(text))).toBeUndefined();
    },
  );

  it('refuses most of what validation refuses, and knows metadata.sandbox', () => {
    const refused = own.filter(({ text }) =>
      errorsIn(diagnose(text)).some(({ code }) => !beyondShape.has(code)),
    );
    const missed = refused.filter(({ text }) => editors(parse(text)) === undefined).map(({ name }) => name);
    expect(missed).toEqual([]);
    expect(JSON.stringify(schema)).toContain('"narration"');
    expect(JSON.stringify(schema)).toContain('"description"');
  });
});
