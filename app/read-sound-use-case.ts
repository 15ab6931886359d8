import { basename, dirname } from 'node:path';
import { SandboxError } from '../contracts/problems.js';
import type { UseCase } from '../orchestrator/definition/load-use-case.js';
import { readSharedParts, readTree, readUseCaseIfThere } from './read-use-cases.js';
import { createValidator, type Validator } from './validation/validation.js';

/**
 * Reads a use case while people work on it. One in which `sandbox validate` finds an error is refused with GSB-DEF-001
 * and every place, though it could be loaded: its runs would only find out in the middle. Undefined without a manifest.
 */
export function createSoundReading(): (folder: string) => Promise<UseCase | undefined> {
  let validator: Promise<Validator> | undefined;
  return async (folder) => {
    const useCase = await readUseCaseIfThere(folder);
    if (useCase === undefined) return undefined;
    const id = basename(folder);
    const [files, shared] = await Promise.all([readTree(folder), readSharedParts(dirname(folder))]);
    const { diagnostics } = (await (validator ??= createValidator())).useCase(id, files, shared);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return useCase;
    throw new SandboxError('GSB-DEF-001', {
      detail: errors.map(({ file, line, column, what }) => `${file}:${line}:${column}: ${what}`).join('\n'),
    });
  };
}
