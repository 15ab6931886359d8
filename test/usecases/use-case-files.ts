import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

import type { JsonObject } from '../../contracts/json.js';
import { partCallsOf } from '../../orchestrator/definition/attach-parts.js';
import type { Task, TaskList, WorkflowDocument } from '../../contracts/workflow.js';

/** Reads the use case as its files are, without the loader: these tests are about the data itself. */
export const usctFolder = new URL('../../usecases/usct/', import.meta.url);

export function readYaml(path: string): JsonObject {
  return parse(readFileSync(new URL(path, usctFolder), 'utf8'), { maxAliasCount: 1000 }) as JsonObject;
}

export function namesIn(folder: string, extension = '.yaml'): string[] {
  const place = new URL(`${folder}/`, usctFolder);
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .sort();
}

/** Its own documents, and those of the parts that they perform, directly or by another part. */
export function workflows(): WorkflowDocument[] {
  const documents = ownWorkflows();
  const read = new Set<string>();
  for (const document of documents) {
    for (const { name } of partCallsOf(document)) {
      if (!read.has(name))
        documents.push(readYaml(`../shared/${name}/workflow.yaml`) as unknown as WorkflowDocument);
      read.add(name);
    }
  }
  return documents;
}

/** The folders of the use case and of the parts that it performs, from its own. */
function folders(): readonly string[] {
  const parts = workflows().filter(({ document }) => document.namespace === 'shared');
  return ['', ...parts.map(({ document }) => `../shared/${document.name}/`)];
}

/** Where each form lies, by its name. */
export function formFiles(): ReadonlyMap<string, string> {
  return new Map(
    folders().flatMap((folder) =>
      namesIn(`${folder}forms`).map((name) => [name, `${folder}forms/${name}.yaml`] as const),
    ),
  );
}

/** Sentences of a language, those of the parts first. */
export function narrationOf(locale: string): Record<string, Record<string, string>> {
  const joint: Record<string, Record<string, string>> = {};
  for (const folder of folders().toReversed()) {
    const texts = readYaml(`${folder}locales/${locale}.yaml`)['narration'] as typeof joint;
    for (const [group, sentences] of Object.entries(texts)) joint[group] = { ...joint[group], ...sentences };
  }
  return joint;
}

export function ownWorkflows(): WorkflowDocument[] {
  return namesIn('workflows').map(
    (name) => readYaml(`workflows/${name}.yaml`) as unknown as WorkflowDocument,
  );
}

export interface FoundTask {
  readonly pointer: string;
  readonly name: string;
  readonly task: Task;
  readonly siblings: readonly string[];
  readonly variables: readonly string[];
}

/** Every task of a document with its place, its siblings and the variables that its expressions may use. */
export function tasksOf(list: TaskList, pointer: string, variables: readonly string[] = []): FoundTask[] {
  const siblings = list.map((entry) => Object.keys(entry)[0] ?? '');
  return list.flatMap((entry, index) =>
    Object.entries(entry).flatMap(([name, task]) => {
      const here = `${pointer}/${index}/${name}`;
      return [{ pointer: here, name, task, siblings, variables }, ...childTasks(task, here, variables)];
    }),
  );
}

function childTasks(task: Task, pointer: string, variables: readonly string[]): FoundTask[] {
  if ('for' in task) {
    const own = [...variables, task.for.each ?? 'item', task.for.at ?? 'index'];
    return tasksOf(task.do, `${pointer}/do`, own);
  }
  if ('do' in task) return tasksOf(task.do, `${pointer}/do`, variables);
  if ('fork' in task) return tasksOf(task.fork.branches, `${pointer}/fork/branches`, variables);
  if ('try' in task) {
    return [
      ...tasksOf(task.try, `${pointer}/try`, variables),
      ...tasksOf(task.catch.do ?? [], `${pointer}/catch/do`, [...variables, task.catch.as ?? 'error']),
    ];
  }
  return [];
}

export interface FoundExpression {
  readonly pointer: string;
  readonly program: string;
  readonly variables: readonly string[];
}

const bareKeys = new Set(['if', 'when', 'exceptWhen', 'while', 'from', 'as', 'in', 'found']);

/** Every runtime expression of a task itself (not of its children), by the rules of OWS DSL 1.0.3. */
export function expressionsOf(found: FoundTask): FoundExpression[] {
  const { pointer, variables } = found;
  const all: FoundExpression[] = [];
  const walk = (value: unknown, path: string, bare: boolean): void => {
    if (typeof value === 'string') {
      const text = value.trim();
      if (text.startsWith('${')) all.push({ pointer: path, program: text.slice(2, -1), variables });
      else if (bare) all.push({ pointer: path, program: text, variables });
    } else if (Array.isArray(value))
      value.forEach((item, index) => {
        walk(item, `${path}/${index}`, false);
      });
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const isCatchName = key === 'as' && path.endsWith('/catch');
        walk(inner, `${path}/${key}`, bareKeys.has(key) && !isCatchName);
      }
    }
  };
  for (const [key, value] of Object.entries(found.task as unknown as Record<string, unknown>)) {
    if (key === 'do' || key === 'try' || key === 'fork') continue;
    if (key === 'catch') {
      const clause = Object.entries(value as Record<string, unknown>).filter(
        ([name]) => name !== 'do' && name !== 'as',
      );
      walk(Object.fromEntries(clause), `${pointer}/catch`, false);
      continue;
    }
    walk(value, `${pointer}/${key}`, bareKeys.has(key));
  }
  return all;
}
