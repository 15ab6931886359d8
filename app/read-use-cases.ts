import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFile } from './project-file.js';
import { loadUseCase, type UseCase } from '../orchestrator/definition/load-use-case.js';

/** Reads every use case under a folder: each subfolder with a manifest is one. */
export async function readUseCases(folder: string): Promise<readonly UseCase[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const useCases: UseCase[] = [];
  for (const entry of entries
    .filter((candidate) => candidate.isDirectory())
    .sort((a, b) => a.name.localeCompare(b.name))) {
    const files = await readTree(join(folder, entry.name));
    if (files.has('use-case.yaml')) useCases.push(loadUseCase(entry.name, files));
  }
  return useCases;
}

/** The use cases of this project. */
export function loadUseCases(): Promise<readonly UseCase[]> {
  return readUseCases(fileURLToPath(projectFile('usecases/')));
}

/** One use case from its folder; undefined when the folder has no manifest, or is gone. */
export async function readUseCaseIfThere(folder: string): Promise<UseCase | undefined> {
  const files = await readTree(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map<string, string>();
    throw error;
  });
  return files.has('use-case.yaml') ? loadUseCase(basename(folder), files) : undefined;
}

/** The texts of a use case's folder by their path inside it. */
export async function readTree(root: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const texts = entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|json|md)$/.test(entry.name))
    .map(async (entry): Promise<[string, string]> => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1).replaceAll('\\', '/'), await readFile(path, 'utf8')];
    });
  return new Map(await Promise.all(texts));
}
