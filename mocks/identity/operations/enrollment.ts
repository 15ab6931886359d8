import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../contracts/json.js';
import { timeText } from '../answers.js';
import type { IdentityOperation, PacketDoc } from '../state.js';

/** bb-identity, enrollment: takes a packet in and answers its receipt. Deduplication and card production are not simulated. */
export const enrollment: IdentityOperation = async ({ state, body, now }) => {
  const { id, version, request } = body as unknown as {
    id?: string;
    version?: string;
    request: JsonObject & { id: string; process?: string; source?: string; refId?: string };
  };
  const before = (await state.packets.get(request.id))?.doc;
  const packet: PacketDoc = before ?? { _id: request.id, receivedAt: timeText(now), request };
  const encryptedHash = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
  return {
    status: 200,
    rule: before ? 'repeated' : 'received',
    body: {
      ...(id === undefined ? {} : { id }),
      version: version ?? '1.0',
      responsetime: timeText(now),
      response: [
        {
          id: request.id,
          packetName: `${request.id}_training`,
          ...(request.source === undefined ? {} : { source: request.source }),
          ...(request.process === undefined ? {} : { process: request.process }),
          ...(request.refId === undefined ? {} : { refId: request.refId }),
          schemaVersion: '1.0',
          encryptedHash,
          providerName: 'GovStack sandbox (training)',
          providerVersion: '1.0',
          creationDate: packet.receivedAt,
        },
      ],
      errors: [],
    },
    ...(before ? {} : { effects: [{ kind: 'put', collection: 'packets', doc: packet }] }),
  };
};
