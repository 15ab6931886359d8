import type { BlockResponse } from '../../contracts/block.js';

/** Why the mediator itself refuses a call. `detail` never names a person: it stands in the public message log. */
export interface MediatorRefusal {
  readonly type: RefusalType;
  readonly message: string;
}

export type RefusalType = keyof typeof STATUS;

/**
 * X-Road knows 400 for malformed requests and 500 for faults. Refusals for want of a right are neither, and a 5xx
 * would invite callers to try again: they are 403.
 */
const STATUS = {
  'Client.BadRequest': 400,
  'Client.AuthenticationFailed': 401,
  'Server.ClientProxy.UnknownMember': 500,
  'Server.ServerProxy.UnknownService': 500,
  'Server.ServerProxy.UnknownOperation': 404,
  'Server.ServerProxy.AccessDenied': 403,
  'Server.ServerProxy.AccessDenied.NoSubject': 403,
  'Server.ServerProxy.AccessDenied.FieldsNotNamed': 403,
  'Server.ServerProxy.AccessDenied.NoLiveConsent': 403,
  'Server.ServerProxy.AccessDenied.FieldNotCovered': 403,
  'Server.ServerProxy.NetworkError': 500,
  'Server.ServerProxy.ServiceFailed': 500,
} as const;

/** The error message of the mediator: `{type, message, detail}`, detail being the message's id, and `X-Road-Error`. */
export function refusalResponse(refusal: MediatorRefusal, messageId: string): BlockResponse {
  return {
    status: STATUS[refusal.type],
    headers: {
      'content-type': 'application/json',
      'x-road-error': refusal.type,
      'x-sandbox-rule': `mediator:${refusal.type}`,
    },
    body: { type: refusal.type, message: refusal.message, detail: messageId },
  };
}
