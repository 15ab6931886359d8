import { beforeEach, describe, expect, it } from '@jest/globals';

import type { Principal } from '../../../contracts/identity.js';
import { SandboxError } from '../../../contracts/problems.js';
import { createMemoryDocuments } from '../../../infra/memory/memory-documents.js';
import { createSessions } from '../../../orchestrator/identity/sessions.js';
import type { Sessions } from '../../../orchestrator/identity/sessions.js';
import type { TokenGrant } from '../../../orchestrator/identity/token-endpoint.js';

const amina: Principal = { subject: 's-1', username: 'amina', name: 'Amina', roles: ['citizen'] };
const MINUTE = 60_000;

describe('createSessions', () => {
  let now: number;
  let minted: number;
  let refreshed: string[];
  let refresh: (token: string) => Promise<TokenGrant>;
  let principals: Record<string, Principal>;
  let documents: ReturnType<typeof createMemoryDocuments>;
  let sessions: Sessions;

  beforeEach(() => {
    now = Date.UTC(2026, 0, 1);
    minted = 0;
    refreshed = [];
    principals = { first: amina, second: { ...amina, roles: ['citizen', 'trainer'] } };
    refresh = async () => ({ accessToken: 'second', expiresIn: 900 });
    documents = createMemoryDocuments();
    sessions = createSessions({
      documents,
      clock: { now: () => new Date(now) },
      random: () => `random-${(minted += 1)}`,
      verifier: { verify: async (token) => principals[token]! },
      refresh: (token) => {
        refreshed.push(token);
        return refresh(token);
      },
    });
  });

  const begin = (): Promise<{ id: string }> =>
    sessions.start({ accessToken: 'first', expiresIn: 900, refreshToken: 'r1', idToken: 'i1' });
  const stored = async (): Promise<string> =>
    JSON.stringify(await documents.collection('identity-sessions').find());

  it('stores no session id, only its digest, and no access token', async () => {
    const { id } = await begin();
    expect(await stored()).not.toContain(id);
    expect(await stored()).not.toContain('first');
    expect(await sessions.resolve(id)).toMatchObject({ principal: amina, prolonged: false });
    expect(await sessions.resolve(`${id}x`)).toBeUndefined();
  });

  it('slides ten hours with each use, and is gone ten hours after the last', async () => {
    principals.second = amina;
    const { id } = await begin();
    for (let hour = 1; hour <= 30; hour += 1) {
      now += 60 * MINUTE;
      expect(await sessions.resolve(id)).toMatchObject({ prolonged: true });
    }
    now += 600 * MINUTE;
    expect(await sessions.resolve(id)).toBeUndefined();
    expect(await stored()).toBe('[]');
  });

  it('renews the access token shortly before its end, once for all who ask at that moment', async () => {
    const { id } = await begin();
    now += 14 * MINUTE;
    await sessions.resolve(id);
    expect(refreshed).toEqual([]);
    now += 31_000;
    const all = await Promise.all([sessions.resolve(id), sessions.resolve(id), sessions.resolve(id)]);
    expect(refreshed).toEqual(['r1']);
    expect(all.map((session) => session?.principal.roles)).toEqual(Array(3).fill(['citizen', 'trainer']));
    now += 15 * MINUTE;
    await sessions.resolve(id);
    expect(refreshed).toEqual(['r1', 'r1']);
  });

  it('ends when the provider refuses to renew it', async () => {
    refresh = () => Promise.reject(new SandboxError('GSB-AUT-001', { detail: 'Session not active.' }));
    const { id } = await begin();
    now += 15 * MINUTE;
    expect(await sessions.resolve(id)).toBeUndefined();
    expect(await stored()).toBe('[]');
  });

  it('ends when the renewed token is of somebody else', async () => {
    principals.second = { ...amina, subject: 's-2' };
    const { id } = await begin();
    now += 15 * MINUTE;
    expect(await sessions.resolve(id)).toBeUndefined();
  });

  it('outlives a provider that is away for a while', async () => {
    const works = refresh;
    refresh = () => Promise.reject(new SandboxError('GSB-CFG-007', { detail: 'Nobody answers.' }));
    const { id } = await begin();
    now += 15 * MINUTE;
    await expect(sessions.resolve(id)).rejects.toMatchObject({ code: 'GSB-CFG-007' });
    refresh = works;
    expect(await sessions.resolve(id)).toMatchObject({ principal: { subject: 's-1' } });
  });

  it('hands out at its end what the provider needs, once', async () => {
    const { id } = await begin();
    expect(await sessions.end(id)).toEqual({ idToken: 'i1', refreshToken: 'r1' });
    expect(await sessions.end(id)).toBeUndefined();
    expect(await sessions.resolve(id)).toBeUndefined();
  });

  it('sweeps out what ended unnoticed when the next person signs in', async () => {
    await begin();
    now += 601 * MINUTE;
    await begin();
    expect(await documents.collection('identity-sessions').count()).toBe(1);
  });
});
