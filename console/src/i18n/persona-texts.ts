import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Principal } from '../../../contracts/identity.js';
import { useApi, useCaseQuery, usePersonas, useUseCases } from '../api/queries.js';
import type { Persona } from '../api/types.js';
import { say, type Said } from '../model/texts.js';
import { useI18n } from './i18n.js';

/** What somebody is called in this country; empty until that is known. Who is no persona keeps their own name. */
export function useNameOf({ username, name }: Pick<Principal, 'username' | 'name'>): string {
  const { data: personas, isError } = usePersonas();
  if (personas === undefined) return isError ? name : '';
  return personas.find((one) => one.username === username)?.name ?? name;
}

export interface PersonaTexts {
  readonly title: (persona: Pick<Persona, 'id' | 'title'>) => Said;
  readonly story: (persona: Pick<Persona, 'id' | 'story'>) => Said;
}

/** Who the personas are, in the reader's language: each use case brings the texts of its own. */
export function usePersonaTexts(): PersonaTexts {
  const api = useApi();
  const { language } = useI18n();
  const { data: useCases } = useUseCases();
  const found = useQueries({
    queries: (useCases ?? []).map(({ id }) => useCaseQuery(api, id, language)),
    combine: (answers) => answers.flatMap(({ data }) => (data === undefined ? [] : [data])),
  });
  return useMemo(() => {
    const text = (id: string, what: string, otherwise: string): Said => {
      const said = found.map(({ locales }) => say(locales, language, ['personas', id, what], ''));
      return (
        said.find((one) => one.text !== '' && one.lang === language) ??
        said.find((one) => one.text !== '') ?? { text: otherwise, lang: 'en' }
      );
    };
    return {
      title: ({ id, title }) => text(id, 'title', title),
      story: ({ id, story }) => text(id, 'story', story),
    };
  }, [found, language]);
}
