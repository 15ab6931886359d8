import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFile } from './project-file.js';
import { loadUseCase, type UseCase } from '../orchestrator/definition/load-use-case.js';
import { createSharedParts, type SharedParts } from '../orchestrator/definition/shared-parts.js';
import { SHARED } from '../contracts/workflow.js';

/** Reads every use case under a folder: each subfolder with a manifest is one. */
export async function readUseCases(folder: string): Promise<readonly UseCase[]> {
  const [names, shared] = await Promise.all([foldersIn(folder), readSharedParts(folder)]);
  const useCases: UseCase[] = [];
  for (const name of names) {
    const files = await readTree(join(folder, name));
    if (files.has('use-case.yaml')) useCases.push(loadUseCase(name, files, shared));
  }
  return useCases;
}

/** The use cases of this project. */
export function loadUseCases(): Promise<readonly UseCase[]> {
  return readUseCases(projectUseCases());
}

/** One use case from its folder; undefined when the folder has no manifest, or is gone. */
export async function readUseCaseIfThere(folder: string): Promise<UseCase | undefined> {
  const files = (await readTreeIfThere(folder)) ?? new Map<string, string>();
  if (!files.has('use-case.yaml')) return undefined;
  return loadUseCase(basename(folder), files, await readSharedParts(dirname(folder)));
}

/** The parts that lie beside use cases, in `shared/`; those of this project where there is no such folder. */
export async function readSharedParts(folder: string): Promise<SharedParts> {
  const own = await partFolders(join(folder, SHARED));
  if (own !== undefined || folder === projectUseCases()) return createSharedParts(own ?? new Map());
  return createSharedParts((await partFolders(join(projectUseCases(), SHARED))) ?? new Map());
}

async function partFolders(
  root: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>> | undefined> {
  const names = await foldersIn(root).catch(orNothing(undefined));
  if (names === undefined) return undefined;
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, ReadonlyMap<string, string>]> => [
        name,
        await readTree(join(root, name)),
      ]),
    ),
  );
}

/** Where the use cases of this project are. */
export function projectUseCases(): string {
  return fileURLToPath(projectFile('usecases'));
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort((one, other) => one.localeCompare(other));
}

function orNothing<T>(nothing: T): (error: unknown) => T {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing;
    throw error;
  };
}

/** The same; undefined when there is no such folder. */
export function readTreeIfThere(root: string): Promise<ReadonlyMap<string, string> | undefined> {
  return readTree(root).catch(orNothing(undefined));
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
