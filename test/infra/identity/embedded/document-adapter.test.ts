import { beforeEach, describe, expect, it } from '@jest/globals';
import type { AdapterFactory } from 'oidc-provider';

import type { DocumentStore } from '../../../../contracts/documents.js';
import { createDocumentAdapter } from '../../../../infra/identity/embedded/document-adapter.js';
import { createMemoryDocuments } from '../../../../infra/memory/memory-documents.js';

describe('createDocumentAdapter', () => {
  let now: number;
  let documents: DocumentStore;
  let adapter: AdapterFactory;
  const kept = (): Promise<number> => documents.collection('identity-provider').count();

  beforeEach(() => {
    now = Date.UTC(2026, 0, 1);
    documents = createMemoryDocuments();
    adapter = createDocumentAdapter({ documents, clock: { now: () => new Date(now) } });
  });

  it('finds by id, by uid and by user code, within its model', async () => {
    await adapter('Session').upsert('1', { uid: 'u-1', accountId: 'a' }, 60);
    await adapter('DeviceCode').upsert('1', { userCode: 'BCDF', clientId: 'c' }, 60);
    expect(await adapter('Session').find('1')).toEqual({ uid: 'u-1', accountId: 'a' });
    expect(await adapter('Session').findByUid('u-1')).toMatchObject({ accountId: 'a' });
    expect(await adapter('DeviceCode').findByUserCode('BCDF')).toMatchObject({ clientId: 'c' });
    expect(await adapter('Interaction').findByUid('u-1')).toBeUndefined();
    expect(await adapter('Grant').find('1')).toBeUndefined();
  });

  it('counts what has expired as absent', async () => {
    await adapter('Session').upsert('1', { uid: 'u-1' }, 60);
    await adapter('Client').upsert('2', { clientId: 'c' });
    now += 60_000;
    expect(await adapter('Session').find('1')).toBeUndefined();
    expect(await adapter('Session').findByUid('u-1')).toBeUndefined();
    expect(await adapter('Client').find('2')).toBeDefined();
  });

  it('ends what is not used for so long, and not what is', async () => {
    const clock = { now: () => new Date(now) };
    const idle = createDocumentAdapter({ documents, clock, idleSeconds: { Session: 600 } });
    await idle('Session').upsert('used', { uid: 'used' }, 7200);
    await idle('Session').upsert('left', { uid: 'left' }, 7200);
    await idle('RefreshToken').upsert('token', { grantId: 'g' }, 7200);
    for (let minute = 0; minute < 15; minute += 5) {
      now += 300_000;
      expect(await idle('Session').findByUid('used')).toBeDefined();
    }
    expect(await idle('Session').find('left')).toBeUndefined();
    expect(await idle('RefreshToken').find('token')).toBeDefined();
    now += 600_000;
    expect(await idle('Session').find('used')).toBeUndefined();
  });

  it('marks a code as used', async () => {
    await adapter('AuthorizationCode').upsert('c', { grantId: 'g' }, 60);
    await adapter('AuthorizationCode').consume('c');
    expect(await adapter('AuthorizationCode').find('c')).toEqual({ grantId: 'g', consumed: now / 1000 });
  });

  it('revokes everything that a grant gave, and nothing else', async () => {
    await adapter('RefreshToken').upsert('r', { grantId: 'g' }, 60);
    await adapter('AuthorizationCode').upsert('c', { grantId: 'g' }, 60);
    await adapter('RefreshToken').upsert('other', { grantId: 'h' }, 60);
    await adapter('RefreshToken').revokeByGrantId('g');
    expect(await kept()).toBe(1);
    await adapter('RefreshToken').destroy('other');
    expect(await kept()).toBe(0);
  });

  it('sweeps out the expired at the first write after a start', async () => {
    for (let session = 0; session < 20; session += 1) {
      await adapter('Session').upsert(`${session}`, { uid: `u-${session}` }, 60);
    }
    now += 61_000;
    const restarted = createDocumentAdapter({ documents, clock: { now: () => new Date(now) } });
    await restarted('Session').upsert('new', { uid: 'new' }, 60);
    expect(await kept()).toBe(1);
  });
});
