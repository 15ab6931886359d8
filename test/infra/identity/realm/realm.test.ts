import { describe, expect, it } from '@jest/globals';

import { API_AUDIENCE, clients, personasFileSchema, REALM, roles } from '../../../../contracts/identity.js';
import { readPersonas } from '../../../../infra/identity/realm/read-personas.js';
import { readRealm, resolvePlaceholders } from '../../../../infra/identity/realm/read-realm.js';
import { personasOf, withPersonas } from '../../../../infra/identity/realm/with-personas.js';
import { PERSONAS_FILE, REALM_FILE, testRealm } from '../../../contract/identity-realm.js';

describe('realm.json', () => {
  it('names exactly the roles and clients of the contract', async () => {
    const realm = await readRealm(REALM_FILE);
    expect(realm.realm).toBe(REALM);
    expect(realm.roles.realm.map(({ name }) => name)).toEqual([...roles]);
    expect(realm.clients.map(({ clientId }) => clientId)).toEqual(Object.values(clients));
  });

  it('gives every client the audience, the roles, the person and the workspace', async () => {
    for (const client of (await readRealm(REALM_FILE)).clients) {
      const configs = client.protocolMappers.map(({ config }) => config);
      expect(configs.map((config) => config['included.custom.audience'])).toContain(API_AUDIENCE);
      expect(configs.map((config) => config['claim.name'])).toEqual(
        expect.arrayContaining(['realm_access.roles', 'person', 'workspace']),
      );
    }
  });

  it('holds no secret but marked training ones, which the environment replaces', async () => {
    const realm = await readRealm(REALM_FILE);
    for (const { secret } of realm.clients)
      expect(secret ?? '${X:training-only-}').toMatch(/^\$\{[A-Z_]+:training-only-/);
    const secretOf = (environment: Record<string, string>): (string | undefined)[] =>
      resolvePlaceholders(realm, environment).clients.map(({ secret }) => secret);
    expect(secretOf({})).toEqual([
      'training-only-console-secret',
      undefined,
      'training-only-runtime-secret',
      'training-only-ci-secret',
    ]);
    expect(secretOf({ SANDBOX_CONSOLE_SECRET: 'k3"y\\' })[0]).toBe('k3"y\\');
  });

  it('names the field that is wrong', () => {
    expect(() => resolvePlaceholders({ realm: 'govstack' } as never, {})).toThrow(
      expect.objectContaining({ code: 'GSB-CFG-001', detail: expect.stringContaining('displayName') }),
    );
  });
});

describe('withPersonas', () => {
  it('adds the people of the use cases and keeps service accounts out of the picker', async () => {
    const people = personasOf(await testRealm());
    expect(people.map(({ id }) => id)).toEqual([
      'amina-citizen',
      'case-officer-bo',
      'admin-zoe',
      'guessed-at',
      'amina-in-browser',
      'bo-in-browser',
      'lin-everywhere',
      'device-dee',
      'held-back',
      'nadia-national',
    ]);
    expect(people[0]).toEqual({
      id: 'amina-citizen',
      username: 'amina-citizen',
      name: 'أمينة بن يوسف',
      title: 'Citizen, Northern District',
      story: 'Applies for the <cash transfer> & waits.',
      locale: 'ar',
      roles: ['citizen'],
      person: 'psn-amina',
    });
  });

  it('takes a person that two use cases share, and refuses two people of one name', async () => {
    const realm = await readRealm(REALM_FILE);
    const people = await readPersonas(PERSONAS_FILE);
    expect(withPersonas(withPersonas(realm, people), people).users).toHaveLength(people.length + 2);
    const other = { ...people[0]!, name: 'Somebody Else' };
    expect(() => withPersonas(realm, [...people, other])).toThrow(
      expect.objectContaining({ code: 'GSB-DEF-003' }),
    );
  });

  it('gives the same subject each time', async () => {
    const [first, second] = [await testRealm(), await testRealm()];
    expect(first.users.map(({ id }) => id)).toEqual(second.users.map(({ id }) => id));
  });
});

describe('personas.yaml', () => {
  const persona = { id: 'a-b', name: 'A', title: 'T', story: 'S', roles: ['trainer'] };
  it.each([
    ['an id that is no user name', { ...persona, id: 'A B' }, 'id'],
    ['a role that the realm does not have', { ...persona, roles: ['minister'] }, 'roles'],
    ['a citizen without a reference', { ...persona, roles: ['citizen'] }, 'person'],
    ['a reference on somebody who is no citizen', { ...persona, person: 'psn-1' }, 'person'],
    ['a field that nobody reads', { ...persona, password: 'x' }, ''],
  ])('refuses %s', (_what, wrong, field) => {
    const parsed = personasFileSchema.safeParse({ personas: [wrong] });
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.path.slice(2).join('.')).toMatch(new RegExp(`^${field}`));
  });

  it('refuses two with one id', () => {
    expect(personasFileSchema.safeParse({ personas: [persona, persona] }).success).toBe(false);
  });
});
