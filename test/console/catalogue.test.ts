import { describe, expect, it } from '@jest/globals';
import { loadUseCases } from '../../app/read-use-cases.js';
import { readPublishedUseCases } from '../../app/published-use-cases.js';
import { DEFAULT_WORKSPACE } from '../../contracts/ids.js';
import { createUseCasePorts } from '../../app/ports/use-cases.js';
import { blocksOf, catalogueOf, publishedSaid, reuseOf } from '../../console/src/model/catalogue.js';
import { factsOf, languages, type Language } from '../../console/src/i18n/languages.js';
import type { UseCaseSummary } from '../../console/src/api/types.js';

const published = await readPublishedUseCases();
const useCases = await loadUseCases();
const ports = createUseCasePorts({
  useCases: () => Promise.resolve(useCases),
  useCase: () => Promise.reject(new Error('not asked for')),
});
const running = (await ports.useCases(DEFAULT_WORKSPACE)).map(
  ({ manifest, scenarios, workflows }) => ({ ...manifest, scenarios, workflows }) as UseCaseSummary,
);
const entries = catalogueOf(running, published);

describe('the catalogue', () => {
  it('shows all sixteen published use cases, each once, and those that run first', () => {
    expect(published.useCases).toHaveLength(16);
    const references = entries.map(({ reference }) => reference);
    for (const { reference } of published.useCases)
      expect(references.filter((one) => one === reference).length).toBeGreaterThan(0);
    const firstSpecified = entries.findIndex((entry) => entry.running === undefined);
    expect(entries.slice(firstSpecified).every((entry) => entry.running === undefined)).toBe(true);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  });

  it('takes what a running use case relies on from its definitions', () => {
    const usct = entries.find(({ key }) => key === 'usct');
    const called = running
      .find(({ id }) => id === 'usct')
      ?.workflows.flatMap(({ calls }) => calls.map(({ block }) => block as string));
    const relied = blocksOf(usct!);
    for (const block of called ?? []) if (block !== 'financial-institution') expect(relied).toContain(block);
    // The published page does not name the registries; the definition reads them.
    expect(
      published.useCases
        .find(({ reference }) => reference === 'INST-1')
        ?.steps.flatMap(({ blocks }) => blocks),
    ).not.toContain('digital-registries');
    expect(relied).toContain('digital-registries');
  });

  it('puts a service of one’s own beside the published ones', () => {
    const own = { ...running[0]!, id: 'dog-licence', reference: 'OWN-1' };
    const [entry] = catalogueOf([own], published);
    expect(entry).toMatchObject({ key: 'dog-licence', sector: 'other', published: undefined });
  });
});

/** Words that are rightly the same in both languages. */
const sameInBoth: Readonly<Record<string, readonly string[]>> = {
  fr: ['Agriculture', 'Coordination', 'Consultation', 'Vaccination', 'Licences'],
};

describe.each((Object.keys(languages) as Language[]).filter((language) => language !== 'en'))(
  'the published texts in %s',
  (language) => {
    const { sectors, goals, targets, blocks, workflows, steps, useCases } = published;
    const texts = [
      ...[sectors, goals, targets, blocks, workflows, steps].flatMap((one) => Object.values(one)),
      ...useCases.flatMap(({ title, summary }) => [title, summary]),
    ];

    it('are translated; a draft may lack some', () => {
      const lacking = texts.filter((text) => text[language] === undefined);
      if (factsOf(language).draft === undefined) expect(lacking).toEqual([]);
      else expect(lacking.length).toBeLessThan(texts.length / 10);
      const same = texts.filter(({ en, [language]: own }) => own === en).map(({ en }) => en);
      expect(same.filter((text) => !sameInBoth[language]?.includes(text))).toEqual([]);
    });
  },
);

describe('the reuse matrix', () => {
  it('counts steps by block and use case, the most shared block first', () => {
    const steps = (...blocks: readonly string[]) => ({ id: 'one', blocks, workflows: [] });
    const reuse = reuseOf([
      { steps: [steps('identity', 'payments'), steps('identity')] },
      { steps: [steps('identity')] },
    ]);
    expect(reuse.rows).toEqual([
      { block: 'identity', steps: [2, 1], useCases: 2 },
      { block: 'payments', steps: [1, 0], useCases: 1 },
    ]);
    expect(reuse.uses).toBe(3);
  });

  it('shows that the blocks are shared widely', () => {
    const { rows, uses } = reuseOf(entries);
    expect(rows.find(({ block }) => block === 'identity')?.useCases).toBe(entries.length);
    expect(uses).toBeGreaterThan(5 * rows.length);
  });
});

it('falls back to English for a language that the catalogue does not speak', () => {
  const text = { en: 'Payment', fr: 'Paiement', ar: 'الدفع' };
  expect(publishedSaid(text, 'fr')).toEqual({ text: 'Paiement', lang: 'fr' });
  expect(publishedSaid(text, 'sw')).toEqual({ text: 'Payment', lang: 'en' });
});
