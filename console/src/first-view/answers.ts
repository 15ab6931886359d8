import { personasQuery, useCaseQuery, useCasesQuery, type Backend } from '../api/queries.js';
import type { Language } from '../i18n/languages.js';

/** Asks for all that the first page shows to somebody who is not signed in. Rejects when the API does not answer. */
export async function askForFirstView({ api, client }: Backend, language: Language): Promise<void> {
  const [useCases] = await Promise.all([client.query(useCasesQuery(api)), client.query(personasQuery(api))]);
  await Promise.all(useCases.map(({ id }) => client.query(useCaseQuery(api, id, language))));
}
