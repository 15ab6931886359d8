import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Document, DocumentStore } from '../../contracts/documents.js';
import { silentLogger } from '../../contracts/logger.js';
import { StoreUnavailableError } from '../../contracts/store-unavailable.js';
import { createMongoDocuments } from '../../infra/documents/mongo/mongo-documents.js';
import { withService } from './services.js';

interface Note extends Document {
  readonly text: string;
}

/** Stands before a server; away, it breaks what is open and lets nobody in. */
async function openGate(to: URL): Promise<{ port: number; away: (is: boolean) => void; close: () => void }> {
  const sockets = new Set<Socket>();
  let isAway = false;
  const gate: Server = createServer((near) => {
    if (isAway) {
      near.destroy();
      return;
    }
    const far = connect(Number(to.port), to.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => other.destroy());
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  const breakAll = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    port: (gate.address() as AddressInfo).port,
    away: (is) => {
      isAway = is;
      if (is) breakAll();
    },
    close: () => {
      breakAll();
      gate.close();
    },
  };
}

/** The driver's own watch over its servers, which it does not offer to stop: the state that a defect once left it in. */
interface Blinded {
  readonly topology?: { readonly s: { readonly servers: ReadonlyMap<string, WithMonitor> } };
}
interface WithMonitor {
  readonly monitor: { close(): void };
}

withService('documents: mongo, a driver that looks no more', 'SANDBOX_TEST_MONGODB_URI', (address) => {
  describe('documents: mongo, a driver that looks no more', () => {
    const id = `revival-${Date.now().toString(36)}`;
    let gate: Awaited<ReturnType<typeof openGate>>;
    let store: DocumentStore;

    beforeAll(async () => {
      const uri = new URL(address);
      gate = await openGate(new URL(address));
      uri.host = `127.0.0.1:${gate.port}`;
      uri.searchParams.set('directConnection', 'true');
      store = await createMongoDocuments({ uri: uri.href, logger: silentLogger, silentMs: 200 });
    });
    afterAll(async () => {
      await store.collection<Note>('revival').delete(id);
      await store.close();
      gate.close();
    });

    it('begins anew when its server is back, and the collections that were opened before go on', async () => {
      const notes = store.collection<Note>('revival', ['text']);
      await notes.put({ _id: id, text: 'before' });

      const client = mongoose.connections.at(-1)?.getClient() as unknown as Blinded;
      const servers = [...(client.topology?.s.servers.values() ?? [])];
      expect(servers).toHaveLength(1);
      for (const { monitor } of servers) monitor.close();
      gate.away(true);
      await expect(notes.get(id)).rejects.toBeInstanceOf(StoreUnavailableError);

      gate.away(false);
      // Blind as it is, it does not find the server by itself, however often it is asked.
      await expect(notes.get(id)).rejects.toBeInstanceOf(StoreUnavailableError);

      // That was long enough for it to be doubted: what comes now waits for new connections.
      expect(await notes.get(id)).toMatchObject({ doc: { text: 'before' }, version: 1 });
      await notes.put({ _id: id, text: 'after' });
      expect(await notes.find({ filter: { text: 'after' } })).toHaveLength(1);
    }, 120_000);
  });
});
