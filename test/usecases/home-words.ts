import { DEFAULT_COUNTRY, type Country } from '../../contracts/country.js';
import { isJsonObject, type Json } from '../../contracts/json.js';
import type { UseCase } from '../../orchestrator/definition/load-use-case.js';

const nameFields = new Set(['firstName', 'lastName', 'givenName', 'familyName', 'childName']);

/** The names of people in the use cases, word by word: found in the data, whatever a country pack knows of them. */
export function namesIn(useCases: readonly UseCase[]): readonly string[] {
  const found = useCases.flatMap(({ personas, scenarios, seeds }) => [
    ...personas.map(({ name }) => name),
    ...Object.values(scenarios).flatMap((scenario) => namesUnder(scenario as Json)),
    ...seeds().flatMap(namesUnder),
  ]);
  return [...new Set(found.flatMap((name) => name.split(/[ -]/)))];
}

function namesUnder(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesUnder);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    nameFields.has(key) && typeof part === 'string' ? [part] : namesUnder(part as Json),
  );
}

/** What must not be read any more where `there` is chosen: names, places, money and numbers of the default country. */
export function homeWords(
  useCases: readonly UseCase[],
  [home, there]: readonly [Country, Country],
): readonly string[] {
  if (home.id !== DEFAULT_COUNTRY) throw new Error('The first country must be the default one');
  const labels = useCases.flatMap(({ locales }) =>
    Object.values(locales).flatMap((texts) => {
      const options = isJsonObject(texts['options']) ? texts['options']['every'] : undefined;
      return Object.keys(there.regions).flatMap((code) => {
        const label = isJsonObject(options) ? options[code] : undefined;
        return typeof label === 'string' ? [label] : [];
      });
    }),
  );
  const kept = new Set(Object.values(there.regions).flatMap((label) => Object.values(label)));
  const phrases = [there.names, there.places, there.words].flatMap((one) => Object.keys(one));
  return [
    ...new Set([
      ...namesIn(useCases).filter((name) => there.exactNames[name] === undefined),
      ...labels.filter((label) => !kept.has(label)),
      // A single small letter word, such as coast, may be a code as well: those that read it see its label.
      ...phrases.filter((phrase) => !/^[a-z]+$/.test(phrase)),
      home.currency,
      ...Object.keys(there.words),
    ]),
  ];
}

/** The words that the text still has, each with what stands around it. */
export function wordsLeft(text: string, words: readonly string[], home: Country): readonly string[] {
  const left = words.flatMap((word) => {
    const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const at = text.search(
      new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_])[وفبلك]{0,2}${escaped}(?![\\p{L}\\p{M}\\p{N}_])`, 'u'),
    );
    return at < 0 ? [] : [`${word}: …${text.slice(Math.max(0, at - 60), at + 60)}…`];
  });
  // With or without its +, and not in the middle of a digest.
  const numbers = text.search(
    new RegExp(`(?<![\\da-f])${home.phonePrefix.slice(1)}(?=\\d{4,8}(?![\\da-f]))`),
  );
  return numbers < 0 ? left : [...left, `${home.phonePrefix}: …${text.slice(numbers - 60, numbers + 20)}…`];
}
