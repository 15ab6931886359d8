import type { Country } from '../../../contracts/country.js';
import { isJsonObject, type JsonObject } from '../../../contracts/json.js';
import type { UseCase } from '../load-use-case.js';
import type { Wording } from './wording.js';

/** A use case as a country says it: the same steps, forms and ids, other people, places and money. */
export function useCaseInCountry(useCase: UseCase, wording: Wording, { regions }: Country): UseCase {
  const said = wording.of(useCase);
  return {
    ...said,
    locales: Object.fromEntries(
      Object.entries(said.locales).map(([language, texts]) => [
        language,
        withRegions(texts, regions, language),
      ]),
    ),
    seeds: () => useCase.seeds().map((seed) => wording.of(seed)),
  };
}

/** The labels of the regions stand among those of all options, also where a use case has none of its own. */
function withRegions(texts: JsonObject, regions: Country['regions'], language: string): JsonObject {
  const labels = Object.fromEntries(
    Object.entries(regions).flatMap(([code, label]) => {
      const text = label[language];
      return text === undefined ? [] : [[code, text] as const];
    }),
  );
  const options = isJsonObject(texts['options']) ? texts['options'] : {};
  const every = isJsonObject(options['every']) ? options['every'] : {};
  return { ...texts, options: { ...options, every: { ...every, ...labels } } };
}
