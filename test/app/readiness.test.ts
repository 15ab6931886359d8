import express from 'express';
import request from 'supertest';
import { describe, expect, it } from '@jest/globals';
import { readyPage } from '../../app/front-door/ready-page.js';
import { createStoresAway } from '../../app/readiness.js';
import { StoreUnavailableError } from '../../contracts/store-unavailable.js';
import { createMemoryDocuments } from '../../infra/memory/memory-documents.js';
import { createMemoryJournal } from '../../infra/memory/memory-journal.js';
import { createMemoryQueues } from '../../infra/memory/memory-queues.js';

const stores = () => ({
  documents: createMemoryDocuments(),
  journal: createMemoryJournal(),
  queues: createMemoryQueues(),
  onServices: true,
});
const gone = (store: 'documents' | 'journal') => () =>
  Promise.reject(new StoreUnavailableError(store, { cause: new Error('ECONNREFUSED') }));

describe('/ready', () => {
  const page = (deps: Parameters<typeof readyPage>[0]) => request(express().get('/ready', readyPage(deps)));

  it('is 200 while all stores answer', async () => {
    const storesAway = createStoresAway(stores());
    const ready = { phase: () => undefined, storesAway, quiet: () => Promise.resolve(true) };
    const { status, body } = await page(ready).get('/ready');
    expect([status, body]).toEqual([200, { status: 'ready', quiet: true }]);
  });

  it('is 503 and names those that fail, or are silent', async () => {
    const all = stores();
    const storesAway = createStoresAway({
      ...all,
      documents: { ...all.documents, collections: gone('documents') },
      journal: { ...all.journal, version: () => new Promise(() => undefined) },
    });
    const quiet = () => Promise.reject(new Error('nobody asks this meanwhile'));
    const { status, body } = await page({ phase: () => undefined, storesAway, quiet }).get('/ready');
    expect([status, body]).toEqual([
      503,
      { status: 'waiting', away: ['documents', 'journal'], quiet: false },
    ]);
  });

  it('is 503 before the start is done, whatever the stores say', async () => {
    const storesAway = createStoresAway(stores());
    const { status, body } = await page({ phase: () => 'starting', storesAway }).get('/ready');
    expect([status, body]).toEqual([503, { status: 'starting', quiet: false }]);
  });
});
