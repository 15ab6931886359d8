import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../contracts/json.js';
import type { Effect } from '../../kit/block-definition.js';
import { put } from '../../kit/effects.js';
import { magicRule } from '../../kit/magic.js';
import { timeText } from '../answers.js';
import { enrolledWith, samplesOfPacket, type Sample } from '../biometrics.js';
import { biometricOutcome } from '../outcomes.js';
import type { IdentityOperation, IdentityState, PacketDoc } from '../state.js';

/**
 * bb-identity, enrollment: takes a packet in and answers its receipt. Its samples are enrolled for the person whose number
 * is the packet's; for anybody else when an administrator names packet and person together (updateIdentity). Deduplication
 * and card production are not simulated.
 */
export const enrollment: IdentityOperation = async ({ state, body, now }) => {
  const { id, version, request } = body as unknown as {
    id?: string;
    version?: string;
    request: JsonObject & { id: string; process?: string; source?: string; refId?: string };
  };
  const head = {
    ...(id === undefined ? {} : { id }),
    version: version ?? '1.0',
    responsetime: timeText(now),
  };
  const samples = samplesOfPacket(request.biometrics);
  const poor = samples.findIndex(({ text }) => biometricOutcome(text) === 'biometric-poor-quality');
  if (poor >= 0) {
    const message = `sample ${poor + 1} of request.biometrics is too poor: capture it again; nothing was kept`;
    return {
      status: 200,
      rule: magicRule('biometric-poor-quality'),
      body: { ...head, response: [], errors: [{ errorCode: 'biometric_quality', message }] },
    };
  }
  const before = (await state.packets.get(request.id))?.doc;
  const packet: PacketDoc = before ?? { _id: request.id, receivedAt: timeText(now), request };
  const encryptedHash = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
  return {
    status: 200,
    rule: before ? 'repeated' : 'received',
    body: {
      ...head,
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
    ...(before
      ? {}
      : { effects: [put('packets', packet), ...(await enrolling(state, request.id, samples))] }),
  };
};

/** Nothing where nobody has that number, or the packet holds no sample. */
export async function enrolling(
  state: IdentityState,
  individualId: string,
  samples: readonly Sample[],
): Promise<readonly Effect[]> {
  if (samples.length === 0 || (await state.persons.get(individualId)) === undefined) return [];
  const before = (await state.biometrics.get(individualId))?.doc;
  return [put('biometrics', enrolledWith(before, individualId, samples))];
}
