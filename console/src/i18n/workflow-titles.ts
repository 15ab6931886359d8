import { useQueries } from '@tanstack/react-query';
import { useApi, useCaseQuery, useUseCases } from '../api/queries.js';
import type { Said } from '../model/texts.js';
import { textsOf } from '../model/use-case-texts.js';
import { useI18n } from './i18n.js';

export interface TitledWorkflow {
  readonly useCase: string;
  readonly name: string;
  readonly title: Said;
}

/** The workflows of every use case, as the reader calls them. */
export function useWorkflowTitles(): readonly TitledWorkflow[] {
  const api = useApi();
  const { language } = useI18n();
  const { data: useCases = [] } = useUseCases();
  const found = useQueries({ queries: useCases.map(({ id }) => useCaseQuery(api, id, language)) });
  return useCases.flatMap(({ id, workflows }, index) => {
    const texts = textsOf(found[index]?.data, language);
    return workflows.map(({ name, title }) => ({
      useCase: id,
      name,
      title: texts.workflow(name, title),
    }));
  });
}
