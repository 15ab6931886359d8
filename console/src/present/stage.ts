import type { Api } from '../api/client.js';
import type { CountriesAnswer } from '../api/types.js';
import type { PresentationPlan } from '../../../contracts/presentation.js';
import type { SnapshotView, WorkspaceView } from '../../../contracts/workspace.js';
import { talkOf } from '../model/talk.js';

/**
 * The stage is a workspace of its own: whatever goes wrong on it, nobody's work is lost. Each chapter begins at a
 * snapshot that was taken when the stage was prepared.
 */
export interface Stage {
  /** Whether each chapter has its snapshot. */
  ready(): Promise<boolean>;
  /** Plays the whole scenario once, with a snapshot before each chapter, and goes back to the first. */
  prepare(onChapter: (index: number) => void): Promise<void>;
  restore(chapter: string): Promise<void>;
  /** The cases by the names that the scenario gave them. */
  play(from: number, to: number): Promise<Readonly<Record<string, string>>>;
}

const TITLE = 'Presentation:';

function stageTitle(useCase: string): string {
  return `${TITLE} ${useCase}`;
}

/** The stage that this person prepared before in the country where they are, or a new one: where its tree begins. */
export async function openStage(api: Api, useCase: string): Promise<string> {
  const { workspaces } = await api.get<{ workspaces: readonly WorkspaceView[] }>('/api/v1/workspaces');
  const { current: country } = await api.get<CountriesAnswer>('/api/v1/countries');
  const title = stageTitle(useCase);
  const known = workspaces.find((one) => one.title === title && one.country === country);
  if (known !== undefined) return known.url;
  const made = await api.post<{ workspace: WorkspaceView }>('/api/v1/workspaces', { title, country });
  return made.workspace.url;
}

export async function isStage(api: Api, workspace: string, useCase: string): Promise<boolean> {
  const found = await api.get<{ workspace: WorkspaceView }>(`/api/v1/workspaces/${workspace}`);
  return found.workspace.title === stageTitle(useCase);
}

export function createStage(api: Api, workspace: string, useCase: string, plan: PresentationPlan): Stage {
  const path = `/api/v1/workspaces/${workspace}`;
  const { chapters, slides } = talkOf(plan);
  const snapshots = async (): Promise<readonly string[]> =>
    (await api.get<{ snapshots: readonly SnapshotView[] }>(`${path}/snapshots`)).snapshots.map(
      ({ name }) => name,
    );
  const play: Stage['play'] = async (from, to) =>
    (
      await api.post<{ cases: Readonly<Record<string, string>> }>(
        `/api/v1/use-cases/${useCase}/scenarios/${plan.scenario}/play`,
        { from, to },
      )
    ).cases;
  const restore: Stage['restore'] = async (chapter) => {
    await api.post(`${path}/snapshots/${chapter}/restore`);
  };
  return {
    ready: async () => {
      const there = await snapshots();
      return chapters.every(({ id }) => there.includes(id));
    },
    prepare: async (onChapter) => {
      for (const name of await snapshots()) await api.delete(`${path}/snapshots/${name}`);
      await api.post(`${path}/reset`);
      for (const [index, { id, from }] of chapters.entries()) {
        onChapter(index);
        await api.post(`${path}/snapshots`, { name: id });
        const end = chapters[index + 1]?.from ?? slides.at(-1)?.to ?? from;
        await play(from, end);
      }
      const [first] = chapters;
      if (first !== undefined) await restore(first.id);
    },
    restore,
    play,
  };
}
