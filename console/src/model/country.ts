import type { CountryView } from '../../../contracts/country.js';

/** Its name in the reader's language, in English where nobody translated it. */
export function countryTitle({ id, title }: Pick<CountryView, 'id' | 'title'>, language: string): string {
  return title[language] ?? title['en'] ?? id;
}

/** The style sheet that puts the colours of a country in the place of the sandbox's own, in both schemes. */
export function colourSheet({ light, dark }: NonNullable<CountryView['colours']>): string {
  const root = (palette: Readonly<Record<string, string | undefined>>): string =>
    `:root{${Object.entries(palette)
      .map(([name, colour]) => `--${name}:${colour ?? ''}`)
      .join(';')}}`;
  return `${root(light)}@media (prefers-color-scheme: dark){${root(dark)}}`;
}
