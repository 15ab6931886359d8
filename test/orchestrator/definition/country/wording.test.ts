import { describe, expect, it } from '@jest/globals';
import { countrySchema } from '../../../../contracts/country.js';
import { createWording } from '../../../../orchestrator/definition/country/wording.js';

const home = countrySchema.parse({
  id: 'default',
  title: { en: 'Home' },
  currency: 'USD',
  locale: 'en',
  phonePrefix: '+1555',
});
const there = countrySchema.parse({
  id: 'there',
  title: { en: 'There' },
  currency: 'XOF',
  locale: 'fr',
  phonePrefix: '+999555',
  names: { Amina: 'Awa', Lin: 'Mei', أمينة: 'آوا', Inês: 'Estela' },
  exactNames: { عمر: 'أيوب' },
  places: { coast: 'islands', 'northern coast': 'big islands' },
  words: { dollars: 'francs' },
});
const { of } = createWording(there, home);

describe('the wording of a country', () => {
  it('of the default country gives back the very same value', () => {
    const value = { name: 'Amina', money: ['USD'] };
    expect(createWording(home, home).of(value)).toBe(value);
  });

  it('exchanges whole words, wherever they stand, and leaves parts of words alone', () => {
    expect(of({ a: [{ name: 'Amina' }, 'Is this Amina? "Amina", d’Amina.'] })).toEqual({
      a: [{ name: 'Awa' }, 'Is this Awa? "Awa", d’Awa.'],
    });
    expect(of('Link, Aminata, the Inês-Amina road')).toBe('Link, Aminata, the Estela-Awa road');
  });

  it('keeps what Arabic writes together with a name', () => {
    expect(of('وأمينة تقول لأمينة')).toBe('وآوا تقول لآوا');
  });

  it('exchanges a name that is another word too only where nothing else stands beside it', () => {
    expect(of({ firstName: 'عمر', text: 'عمر الطفل' })).toEqual({ firstName: 'أيوب', text: 'عمر الطفل' });
  });

  it('keeps ids, codes, keys and expressions, and says places in sentences, the longest first', () => {
    const codes = { coast: 1, region: 'coast', person: 'person-amina' };
    expect(of(codes)).toEqual(codes);
    expect(of('${ ["plains", "coast"] | index(.region) }')).toBe('${ ["plains", "coast"] | index(.region) }');
    expect(of('From the northern coast to the coast.')).toBe('From the big islands to the islands.');
  });

  it('gives numbers another beginning and the same ending', () => {
    expect(of(['+15550101', 'Call +15550101.', '+2315550101'])).toEqual([
      '+9995550101',
      'Call +9995550101.',
      '+2315550101',
    ]);
  });

  it('names its own currency, also in expressions', () => {
    expect(of(['${ {currency: "USD"} }', '60 dollars', 'USDX'])).toEqual([
      '${ {currency: "XOF"} }',
      '60 francs',
      'USDX',
    ]);
  });
});
