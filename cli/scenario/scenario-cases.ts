import type { Case } from '../../contracts/case.js';
import type { HumanTask } from '../../contracts/human-task.js';
import type { CaseReference } from '../../contracts/scenario.js';
import type { ApiClient, CaseAnswer, TasksAnswer } from '../api-client.js';

/** The cases that a scenario speaks of, by the names it gave them. */
export interface ScenarioCases {
  save(name: string, opened: Case): void;
  all(): ReadonlyMap<string, Case>;
  find(reference: CaseReference): Promise<Case>;
  /** The case as it stands now, with its runs. */
  look(reference: CaseReference): Promise<CaseAnswer>;
  tryLook(reference: CaseReference): Promise<CaseAnswer | undefined>;
  openTask(of: Case, name: string): Promise<HumanTask | undefined>;
}

export function createScenarioCases(trainer: ApiClient): ScenarioCases {
  const saved = new Map<string, Case>();
  const savedAs = (name: string): Case => {
    const found = saved.get(name);
    if (found === undefined) throw new Error(`no earlier step saved a case as "${name}"`);
    return found;
  };
  const tryFind = async (reference: CaseReference): Promise<Case | undefined> => {
    if (typeof reference === 'string') return savedAs(reference);
    const parent = await tryFind(reference.openedBy);
    if (parent === undefined) return undefined;
    const { cases } = await trainer.get<{ cases: readonly Case[] }>(
      `/cases?kind=${reference.kind}&limit=500`,
    );
    return cases.find(
      ({ openedBy, useCase }) => openedBy === parent.id && useCase === (reference.useCase ?? parent.useCase),
    );
  };
  const tryLook: ScenarioCases['tryLook'] = async (reference) => {
    const found = await tryFind(reference);
    return found === undefined ? undefined : trainer.get<CaseAnswer>(`/cases/${found.id}`);
  };
  const missing = (reference: CaseReference): Error =>
    new Error(`there is no case ${JSON.stringify(reference)} yet`);
  return {
    save: (name, opened) => void saved.set(name, opened),
    all: () => saved,
    find: async (reference) => {
      const found = await tryFind(reference);
      if (found === undefined) throw missing(reference);
      return found;
    },
    look: async (reference) => {
      const found = await tryLook(reference);
      if (found === undefined) throw missing(reference);
      return found;
    },
    tryLook,
    openTask: async (of, name) => {
      const { tasks } = await trainer.get<TasksAnswer>(`/tasks?case=${of.id}`);
      return tasks.find((task) => task.name === name && (task.state === 'open' || task.state === 'claimed'));
    },
  };
}
