import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { JsonObject } from '../../contracts/json.js';
import { complaintAbout } from '../../console/src/model/form-check.js';
import { draftOf } from '../../console/src/model/form-draft.js';
import { fieldsOf } from '../../console/src/model/form-fields.js';
import { formTexts, plainFormTexts } from '../../console/src/model/form-texts.js';
import { questionsOf, type Question } from '../../console/src/model/questions.js';
import { createSavedDrafts, type PlaceToKeep } from '../../console/src/model/saved-drafts.js';
import { homeOf, signInLink } from '../../console/src/model/sign-in-link.js';

const fields = fieldsOf(
  parse(
    readFileSync(new URL('../../usecases/usct/forms/application.yaml', import.meta.url), 'utf8'),
  ) as JsonObject,
);
const questions = questionsOf(fields);
const named = (name: string): Question => questions.find(({ field }) => field.name === name)!;

describe('a form, one question at a time', () => {
  it('asks each field once, in its group, and nothing that is fixed', () => {
    expect(questions).toHaveLength(20);
    expect(questions[0]?.field.pointer).toBe('/applicant/individualId');
    expect(named('region').group?.pointer).toBe('/household');
    expect(named('oneTimeCode').group).toBeUndefined();
    expect(questions.some(({ field }) => field.type === 'fixed' || field.type === 'group')).toBe(false);
  });

  it.each([
    ['individualId', '12', { kind: 'pattern' }],
    ['individualId', '', undefined],
    ['individualId', '2001000017', undefined],
    ['firstName', ' ', { kind: 'missing' }],
    ['firstName', 'x'.repeat(81), { kind: 'shorter', n: 80 }],
    ['birthDate', 'yesterday', { kind: 'date' }],
    ['size', 'six', { kind: 'number' }],
    ['size', '1.5', { kind: 'whole' }],
    ['size', '0', { kind: 'least', n: 1 }],
    ['size', '31', { kind: 'most', n: 30 }],
    ['size', '6', undefined],
    ['landHectares', '0,5', undefined],
    ['region', '', { kind: 'missing' }],
  ])('says of %s "%s" what is wrong: %j', (name, value, complaint) => {
    const { field } = named(name);
    expect(complaintAbout(field, { [field.pointer]: value })).toEqual(complaint);
  });

  it('lets defaults pass', () => {
    const draft = draftOf(fields, null);
    expect(complaintAbout(named('assets').field, draft)).toBeUndefined();
    expect(complaintAbout(named('displaced').field, draft)).toBeUndefined();
  });
});

describe('the words of a form', () => {
  const { field } = named('region');
  const locales = {
    fr: {
      fields: { application: { region: 'Région' }, every: { region: 'Zone', size: 'Taille' } },
      options: { every: { hills: 'Collines' } },
    },
  };
  it('are those of the form before those of every form', () => {
    expect(formTexts(locales, 'fr', 'application').title(field)).toEqual({ text: 'Région', lang: 'fr' });
    expect(formTexts(locales, 'fr', 'change').title(field)).toEqual({ text: 'Zone', lang: 'fr' });
    expect(formTexts(locales, 'fr', 'x').option(field, { value: 'hills', label: 'Hills' })).toEqual({
      text: 'Collines',
      lang: 'fr',
    });
  });
  it('fall back to the schema, which is English', () => {
    expect(formTexts(locales, 'ar', 'application').title(field)).toEqual({ text: 'Region', lang: 'en' });
    expect(plainFormTexts.hint(field)).toBeUndefined();
  });
});

describe('saved drafts', () => {
  const storage = (): PlaceToKeep => {
    const kept = new Map<string, string>([['sandbox.language', 'ar']]);
    return {
      get length() {
        return kept.size;
      },
      key: (index) => [...kept.keys()][index] ?? null,
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    };
  };
  it('are kept by name, and all go at once; nothing else goes', () => {
    const place = storage();
    const drafts = createSavedDrafts(() => place);
    drafts.write('amina application', { '/size': '6' });
    drafts.write('omar application', { '/size': '5' });
    expect(drafts.read('amina application')).toEqual({ '/size': '6' });
    drafts.remove('amina application');
    expect(drafts.read('amina application')).toBeUndefined();
    drafts.clear();
    expect(drafts.read('omar application')).toBeUndefined();
    expect(place.getItem('sandbox.language')).toBe('ar');
  });
  it('do without a storage', () => {
    const drafts = createSavedDrafts(() => {
      throw new Error('refused');
    });
    drafts.write('x', {});
    drafts.clear();
    expect(drafts.read('x')).toBeUndefined();
  });
});

describe('where people begin', () => {
  it('depends on what they are', () => {
    expect(homeOf({ roles: ['citizen'] })).toBe('/my');
    expect(homeOf({ roles: ['case-officer'] })).toBe('/tasks');
    expect(homeOf({ roles: ['trainer'] })).toBe('/cases');
  });
  it('takes the persona and the language through the sign-in', () => {
    const link = new URL(signInLink('amina', 'ar', '/my'), 'http://localhost');
    expect(link.pathname).toBe('/auth/login');
    expect(Object.fromEntries(link.searchParams)).toEqual({ persona: 'amina', lang: 'ar', returnTo: '/my' });
  });
});
