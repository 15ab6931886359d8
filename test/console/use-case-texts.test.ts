import { describe, expect, it } from '@jest/globals';
import type { UseCase } from '../../console/src/api/types.js';
import { textsOf } from '../../console/src/model/use-case-texts.js';

const useCase = {
  manifest: {
    title: 'Cash',
    summary: '',
    steps: [],
    cases: {},
    services: { tax: { title: 'Tax registry' } },
  },
  forms: {},
  locales: {
    en: { options: { every: { paid: 'Paid out' } }, facts: { paid: 'Paid', birthDate: 'Date of birth' } },
    sw: { services: { tax: 'Sajili ya kodi' }, facts: { birthDate: 'Tarehe ya kuzaliwa' } },
  },
} as unknown as UseCase;

describe('the texts of a use case', () => {
  it('name a service in the language of the reader, else as its manifest does', () => {
    expect(textsOf(useCase, 'sw').service('Tax registry')).toEqual({ text: 'Sajili ya kodi', lang: 'sw' });
    expect(textsOf(useCase, 'fr').service('Tax registry')).toEqual({ text: 'Tax registry', lang: 'en' });
    expect(textsOf(useCase, 'sw').service('Elsewhere')).toEqual({ text: 'Elsewhere', lang: 'en' });
  });

  it('read a name of a field in data as words; a choice of a form comes first', () => {
    expect(textsOf(useCase, 'sw').value('birthDate')).toEqual({ text: 'Tarehe ya kuzaliwa', lang: 'sw' });
    expect(textsOf(useCase, 'en').value('paid')).toEqual({ text: 'Paid out', lang: 'en' });
    expect(textsOf(useCase, 'en').value('2027-01-29')).toBeUndefined();
  });
});
