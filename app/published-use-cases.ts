import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { SandboxError } from '../contracts/problems.js';
import { publishedUseCasesSchema, type PublishedUseCases } from '../contracts/published-use-case.js';
import { projectFile } from './project-file.js';

/** What the catalogue tells of the published use cases. GSB-DEF-003 names the place that is wrong. */
export async function readPublishedUseCases(): Promise<PublishedUseCases> {
  const parsed = publishedUseCasesSchema.safeParse(
    parse(await readFile(projectFile('usecases/published.yaml'), 'utf8')),
  );
  if (parsed.success) return parsed.data;
  throw new SandboxError('GSB-DEF-003', {
    detail: `usecases/published.yaml: ${z.prettifyError(parsed.error)}`,
  });
}
