import type {
  PublishedText,
  PublishedUseCase,
  PublishedUseCases,
} from '../../../contracts/published-use-case.js';
import type { UseCaseSummary } from '../api/types.js';
import type { Said } from './texts.js';

/**
 * The catalogue: every use case that runs here, and every published one that does not yet. What a running one uses follows
 * from its definitions; what a specified one would use, from the published facts.
 */
export interface CatalogueEntry {
  /** Stands in the address: the use case's id, or the published reference in lower case. */
  readonly key: string;
  readonly reference: string;
  /** Runs here; absent: specified only. */
  readonly running: UseCaseSummary | undefined;
  readonly published: PublishedUseCase | undefined;
  /** One of the published sectors; `other` for a service of one's own. */
  readonly sector: string;
  readonly goals: readonly number[];
  readonly steps: readonly CatalogueStep[];
}

export interface CatalogueStep {
  readonly id: string;
  readonly blocks: readonly string[];
  /** Generic workflows by id, as far as they were published. */
  readonly workflows: readonly string[];
}

export function catalogueOf(
  running: readonly UseCaseSummary[],
  published: PublishedUseCases,
): readonly CatalogueEntry[] {
  const publishedBy = new Map(published.useCases.map((one) => [one.reference, one]));
  const references = new Set(running.map(({ reference }) => reference));
  return [
    ...running.map((useCase): CatalogueEntry => {
      const found = publishedBy.get(useCase.reference);
      return {
        key: useCase.id,
        reference: useCase.reference,
        running: useCase,
        published: found,
        sector: found?.sector ?? 'other',
        goals: useCase.sdgs,
        steps: useCase.steps.map(({ id, blocks, workflows }, index) => ({
          id,
          // What runs the step's workflows is a building block too.
          blocks: [
            ...new Set([
              ...blocks,
              ...blocksCalledIn(useCase, id),
              ...(workflows.length > 0 ? ['workflow'] : []),
            ]),
          ],
          workflows: found?.steps[index]?.workflows ?? [],
        })),
      };
    }),
    ...published.useCases
      .filter(({ reference }) => !references.has(reference))
      .map((useCase): CatalogueEntry => ({
        key: useCase.reference.toLowerCase(),
        reference: useCase.reference,
        running: undefined,
        published: useCase,
        sector: useCase.sector,
        goals: useCase.goals,
        steps: useCase.steps.map(({ step, blocks, workflows }) => ({ id: step, blocks, workflows })),
      })),
  ];
}

/** Every call of a workflow goes through the information mediator, so a step that calls anything uses it too. */
function blocksCalledIn({ workflows }: UseCaseSummary, step: string): readonly string[] {
  const called = workflows
    .flatMap(({ calls }) => calls)
    .filter((call) => call.step === step)
    .map(({ block }) => block as string)
    // Banks and the mobile operator are no building block.
    .filter((block) => block !== 'financial-institution');
  return called.length === 0 ? [] : [...called, 'information-mediator'];
}

export interface ReuseRow {
  readonly block: string;
  /** In how many steps each entry uses it, in the order of the entries. */
  readonly steps: readonly number[];
  readonly useCases: number;
}

export interface Reuse {
  /** The most shared block first. */
  readonly rows: readonly ReuseRow[];
  /** How often a use case relies on a block. */
  readonly uses: number;
}

export function reuseOf(entries: readonly Pick<CatalogueEntry, 'steps'>[]): Reuse {
  const rows = blocksOfAll(entries)
    .map((block): ReuseRow => {
      const steps = entries.map((entry) => entry.steps.filter((one) => one.blocks.includes(block)).length);
      return { block, steps, useCases: steps.filter((count) => count > 0).length };
    })
    .sort((one, other) => other.useCases - one.useCases || one.block.localeCompare(other.block));
  return { rows, uses: rows.reduce((sum, { useCases }) => sum + useCases, 0) };
}

/** A published text in the reader's language, else in English. */
export function publishedSaid(text: PublishedText | undefined, language: string): Said {
  const own = (text as Readonly<Record<string, string>> | undefined)?.[language];
  return own === undefined ? { text: text?.en ?? '', lang: 'en' } : { text: own, lang: language };
}

export function blocksOf({ steps }: Pick<CatalogueEntry, 'steps'>): readonly string[] {
  return [...new Set(steps.flatMap(({ blocks }) => blocks))];
}

/** Every building block that any of them uses. */
export function blocksOfAll(entries: readonly Pick<CatalogueEntry, 'steps'>[]): readonly string[] {
  return [...new Set(entries.flatMap(blocksOf))];
}
