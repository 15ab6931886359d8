import { useMemo } from 'react';
import type { PublishedUseCases } from '../../../contracts/published-use-case.js';
import { usePublishedUseCases, useUseCases } from '../api/queries.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { catalogueOf, publishedSaid, type CatalogueEntry } from '../model/catalogue.js';
import type { Said } from '../model/texts.js';
import { wordsOf } from '../model/words.js';

export interface Catalogue {
  /** Those that run here first; undefined until everything is there. */
  readonly entries: readonly CatalogueEntry[] | undefined;
  readonly published: PublishedUseCases | undefined;
  readonly error: Error | null;
  readonly again: () => void;
}

export function useCatalogue(): Catalogue {
  const running = useUseCases();
  const published = usePublishedUseCases();
  const entries = useMemo(
    () =>
      running.data === undefined || published.data === undefined
        ? undefined
        : catalogueOf(running.data, published.data),
    [running.data, published.data],
  );
  return {
    entries,
    published: published.data,
    error: running.error ?? published.error,
    again: () => void Promise.all([running.refetch(), published.refetch()]),
  };
}

export interface EntryTexts {
  readonly title: Said;
  readonly summary: Said;
  readonly step: (id: string) => Said;
}

/** A use case that runs tells its own story; of the others, the published facts are told in our words. */
export function useEntryTexts(entry: CatalogueEntry, published: PublishedUseCases | undefined): EntryTexts {
  const { language } = useI18n();
  const own = useUseCaseTexts(entry.running?.id);
  if (entry.running !== undefined) {
    // Until its texts are there, the published title stands in.
    const title = own.title.text === '' ? publishedSaid(entry.published?.title, language) : own.title;
    return { title, summary: own.summary, step: own.step };
  }
  return {
    title: publishedSaid(entry.published?.title, language),
    summary: publishedSaid(entry.published?.summary, language),
    step: (id) =>
      published?.steps[id] === undefined
        ? { text: wordsOf(id), lang: 'en' }
        : publishedSaid(published.steps[id], language),
  };
}
