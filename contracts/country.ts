import { z } from 'zod';

/** The country that a workspace is in when nobody chose another: what the use cases were written for. */
export const DEFAULT_COUNTRY = 'default';

/** The folder beside the use cases in which the country packs lie: `countries/<id>/country.yaml`. */
export const COUNTRIES = 'countries';

export const countryIdSchema = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters and digits, joined by dashes');

const language = z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 language tag');
/** A text by language; English is what everybody falls back to. */
const translated = z
  .record(language, z.string().min(1))
  .refine((texts) => texts['en'] !== undefined, { message: 'needs an English text' });
/** What the default country says: what is said here. */
const wording = z.record(z.string().min(1), z.string().min(1)).default({});

/** Colours of the console by the name of their CSS custom property, in its light and its dark scheme. */
const palette = z.record(
  z.enum(['accent', 'accent-strong', 'on-accent', 'accent-soft']),
  z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #0f5c6e'),
);

/** `country.yaml`: what a use case says otherwise in this country. Ids and codes stay; only what people read changes. */
export const countrySchema = z.strictObject({
  id: countryIdSchema,
  title: translated,
  /** ISO 4217. Amounts keep their numbers; how many decimals are shown is the currency's own matter. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD'),
  /** The language of a workspace in this country, unless another is chosen. */
  locale: language,
  /** What the telephone numbers of its people begin with: a range in which nobody has a number. What follows stays. */
  phonePrefix: z.string().regex(/^\+[1-9][0-9]{2,8}$/, 'must begin with + and the code of a country'),
  /** Names of people, by the name in the default country: whole words, in each script in which they are written. */
  names: wording,
  /** Names that are also other words: exchanged only where nothing else stands beside them. */
  exactNames: wording,
  /** What is said of places, by what the default country says: whole words in sentences. */
  places: wording,
  /** Labels of the regions by their code. */
  regions: z.record(z.string().min(1), translated).default({}),
  /** Any other words: how the currency is called, above all. */
  words: wording,
  colours: z.strictObject({ light: palette, dark: palette }).optional(),
});
export type Country = z.infer<typeof countrySchema>;

/** A country to those who choose one, and to the pages that take its colours. */
export type CountryView = Pick<Country, 'id' | 'title' | 'currency' | 'locale' | 'phonePrefix' | 'colours'>;
