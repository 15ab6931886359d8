import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Operation, OperationContext } from '../kit/block-definition.js';
import type { ScopedCollection, StateScope } from '../kit/state.js';

/** Somebody in the (invented) foundational register; `_id` is the individualId. Claims are named as in OpenID Connect. */
export interface PersonDoc extends Document {
  readonly claims: JsonObject;
}

export interface ClientDoc extends Document {
  readonly clientName: string;
  readonly relyingPartyId: string;
  readonly logoUri: string;
  readonly redirectUris: readonly string[];
  readonly authContextRefs: readonly string[];
  readonly userClaims: readonly string[];
  readonly status: 'active' | 'inactive';
  /** Absent for the sandbox's own client, which asks for no tokens. */
  readonly publicKey?: JsonObject;
}

/** One sign-in, from the link code to the authorization code. */
export interface TransactionDoc extends Document {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly claims: readonly string[];
  readonly state?: string;
  readonly nonce?: string;
  readonly linkCode: string;
  readonly linkCodeExpiresAt: string;
  readonly linkedTransactionId?: string;
  readonly linkedAt?: string;
  readonly failedAttempts: number;
  readonly individualId?: string;
  readonly authenticatedAt?: string;
  readonly acr?: string;
  readonly acceptedClaims?: readonly string[];
  readonly code?: string;
  readonly codeUsed: boolean;
}

export interface KeyDoc extends Document {
  readonly privateJwk: JsonObject;
  /** As published under /.well-known/jwks.json. */
  readonly publicJwk: JsonObject;
}

export interface PacketDoc extends Document {
  readonly receivedAt: string;
  readonly request: JsonObject;
}

export interface IdentityState {
  readonly persons: ScopedCollection<PersonDoc>;
  readonly clients: ScopedCollection<ClientDoc>;
  readonly transactions: ScopedCollection<TransactionDoc>;
  readonly keys: ScopedCollection<KeyDoc>;
  readonly packets: ScopedCollection<PacketDoc>;
}

export type IdentityContext = OperationContext<IdentityState>;
export type IdentityOperation = Operation<IdentityState>;

export function openIdentityState(scope: StateScope): IdentityState {
  return {
    persons: scope.collection<PersonDoc>('persons'),
    clients: scope.collection<ClientDoc>('clients'),
    transactions: scope.collection<TransactionDoc>('transactions', [
      'linkCode',
      'linkedTransactionId',
      'code',
    ]),
    keys: scope.collection<KeyDoc>('keys'),
    packets: scope.collection<PacketDoc>('packets'),
  };
}
