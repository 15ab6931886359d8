import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { loadWorkflow, readUseCase } from '../../app/project.js';
import { SandboxError } from '../../contracts/problems.js';
import { loadScenario } from '../load-scenario.js';

/** `sandbox validate`: a workflow document, or a whole use case with its forms, texts and scenarios. */
export async function validate(file: string, options: { readonly json?: boolean }): Promise<void> {
  const path = resolve(file);
  const found = await stat(path).catch(() => undefined);
  if (found === undefined)
    throw new SandboxError('GSB-REQ-002', { detail: `There is no file or folder ${file}.` });
  const summary = found.isDirectory()
    ? await validateFolder(path)
    : validateDocument(await readFile(path, 'utf8'), basename(path));
  process.stdout.write(
    options.json === true ? `${JSON.stringify({ valid: true, summary })}\n` : `${summary}\n`,
  );
}

async function validateFolder(path: string): Promise<string> {
  const useCase = await readUseCase(path);
  for (const name of Object.keys(useCase.scenarios)) loadScenario(useCase, name);
  const { manifest, workflows, forms, scenarios, personas } = useCase;
  return `${manifest.title} (${manifest.reference}): valid. ${workflows.length} workflows, ${Object.keys(forms).length} forms, ${Object.keys(scenarios).length} scenarios, ${personas.length} personas.`;
}

function validateDocument(text: string, file: string): string {
  const { document, do: tasks } = loadWorkflow(text, file);
  return `${document.namespace}/${document.name} ${document.version}: valid, ${tasks.length} tasks at the top.`;
}
