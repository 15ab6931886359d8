import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createUseCase } from '../../cli/commands/new.js';
import { validate } from '../../cli/commands/validate.js';
import type { Diagnostic } from '../../contracts/diagnostic.js';

let folder: string;
let out: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'validate-'));
  out = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out.push(String(text));
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    out.push(String(text));
    return true;
  });
  process.exitCode = 0;
});
afterEach(async () => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  await rm(folder, { recursive: true, force: true });
});

const head = "document: { dsl: '1.0.3', namespace: a, name: b, version: '1.0.0' }\n";

async function given(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

async function asked(path: string): Promise<{ valid: boolean; diagnostics: Diagnostic[] }> {
  out.length = 0;
  await validate(path, { json: true });
  return JSON.parse(out.join('')) as { valid: boolean; diagnostics: Diagnostic[] };
}

describe('sandbox validate', () => {
  it('shows place, line, caret, why and fix, and counts', async () => {
    const path = await given(
      'w.yaml',
      `${head}do:\n  - a: { call: openapi, with: { document: { endpoint: x }, operation_id: y } }\n`,
    );
    await validate(path, {});
    expect(process.exitCode).toBe(1);
    const lines = out.join('').split('\n');
    const at = lines.findIndex((line) => line.includes('[unknown-property]'));
    expect(lines[at]).toBe(
      `${path}:3:60  error  There is no property "operation_id" here  [unknown-property]`,
    );
    expect(lines[at + 1]).toContain('3 |   - a: { call: openapi');
    // The caret stands right under the word.
    expect(lines[at + 2]!.indexOf('^')).toBe(lines[at + 1]!.indexOf('operation_id'));
    expect(lines[at + 3]).toMatch(/^ {2}why {2}/);
    expect(lines[at + 4]).toBe('  fix  Correct or remove it (did you mean `operationId`?).');
    expect(lines.at(-2)).toBe('2 errors, 0 warnings.');
  });

  it('keeps the caret in place in a long line, and control characters out of the terminal', async () => {
    const path = await given(
      'w.yaml',
      `${head}do: [ { a: { set: { x: "${'é'.repeat(300)}\u001b[31m" }, unknown: 1 } } ]\n`,
    );
    await validate(path, {});
    const lines = out.join('').split('\n');
    const caret = lines.findIndex((line) => /^\s+\|\s*\^$/.test(line));
    expect(lines[caret]!.indexOf('^')).toBe(lines[caret - 1]!.indexOf('unknown'));
    expect(out.join('')).not.toContain('\u001b[31m');
  });

  it('ends with 0 and says so when all is well, and with 0 for warnings alone', async () => {
    await validate(await given('w.yaml', `${head}do:\n  - a: { set: { b: 1 } }\n`), {});
    expect(out.join('')).toMatch(/w\.yaml: valid\.\n$/);
    expect(process.exitCode).toBe(0);
    out.length = 0;
    await validate(
      await given('v.yaml', `${head}use: { secrets: [s] }\ndo:\n  - a: { set: { b: 1 } }\n`),
      {},
    );
    expect(out.join('')).toContain('0 errors, 1 warning.');
    expect(process.exitCode).toBe(0);
  });

  it('answers as JSON', async () => {
    const path = await given('w.yaml', 'a: [\n');
    const { valid, diagnostics } = await asked(path);
    expect(valid).toBe(false);
    expect(diagnostics[0]).toMatchObject({ severity: 'error', code: 'yaml-syntax', file: path, path: '' });
    expect(process.exitCode).toBe(1);
  });

  it('ends with 2 when there is nothing to read', async () => {
    await validate(join(folder, 'not-there.yaml'), {});
    expect(out.join('')).toContain('There is no file or folder');
    expect(process.exitCode).toBe(2);
  });

  it('reads a whole folder, and the files that a document of it refers to', async () => {
    await createUseCase('market-permit', { dir: folder });
    const useCase = join(folder, 'market-permit');
    expect(await asked(useCase)).toMatchObject({
      valid: true,
      diagnostics: [],
      reuse: { shared: 0, percent: 0 },
    });
    await given('market-permit/schemas/request.yaml', 'type: object\nrequired: [about]\n');
    const document = (file: string): string =>
      `document: { dsl: '1.0.3', namespace: market-permit, name: other, version: '1.0.0' }
input: { schema: { resource: { endpoint: ${file} } } }
do:
  - a: { set: { b: 1 } }
`;
    const path = await given('market-permit/workflows/other.yaml', document('schemas/request.yaml'));
    expect(await asked(path)).toEqual({ valid: true, diagnostics: [] });
    await writeFile(path, document('schemas/requets.yaml'));
    const { diagnostics } = await asked(useCase);
    expect(diagnostics.map(({ code }) => code).sort()).toEqual(['resource-missing', 'unused-part']);
    expect(diagnostics.find(({ code }) => code === 'resource-missing')).toMatchObject({
      file: path,
      line: 2,
      fix: expect.stringContaining('schemas/request.yaml'),
    });
  });

  it('reads the parts that use cases share, each by itself', async () => {
    const part = (name: string, rest: string): string =>
      `document: { dsl: '1.0.3', namespace: shared, name: ${name}, version: '1.0.0' }\n${rest}`;
    const contract =
      'input: { schema: { document: { type: object } } }\noutput: { schema: { document: { type: object } } }\n';
    await given('shared/one/workflow.yaml', part('one', `${contract}do:\n  - a: { set: { b: 1 } }\n`));
    expect(await asked(join(folder, 'shared'))).toEqual({ valid: true, diagnostics: [] });
    await given(
      'shared/two/workflow.yaml',
      part(
        'twice',
        `input: { schema: { document: { type: object } } }
do:
  - help: { run: { workflow: { namespace: shared, name: on, version: '1.0.0', input: {} } } }
  - ask: { call: 'humanTask:1.0.0@default', with: { title: T, role: citizen, form: answer } }
`,
      ),
    );
    await given('shared/two/forms/answers.yaml', 'type: nothing\n');
    await given('shared/three/locales/en.yaml', 'narration: {}\n');
    const { valid, diagnostics } = await asked(join(folder, 'shared'));
    expect(valid).toBe(false);
    const where = (name: string): string => join(folder, 'shared', name);
    expect(diagnostics.map(({ code, file }) => `${code} ${file}`).sort()).toEqual(
      [
        `bad-json-schema ${where('two/forms/answers.yaml')}`,
        `missing-file ${where('three/workflow.yaml')}`,
        `missing-property ${where('two/workflow.yaml')}`,
        `unknown-part ${where('two/workflow.yaml')}`,
        `unknown-part ${where('two/workflow.yaml')}`,
        `wrong-id ${where('two/workflow.yaml')}`,
      ].sort(),
    );
  });

  it('says what a folder lacks', async () => {
    const { diagnostics } = await asked(folder);
    expect(diagnostics.map(({ what }) => what)).toEqual([
      'The file personas.yaml is missing',
      'The file use-case.yaml is missing',
    ]);
  });
});
