import type { Document } from '../../contracts/documents.js';
import type { JsonObject } from '../../contracts/json.js';
import type { Operation, OperationContext } from '../kit/block-definition.js';
import type { ScopedCollection, StateScope } from '../kit/state.js';

/** Somebody in the (invented) foundational register; `_id` is the individualId. Claims are named as in OpenID Connect. */
export interface PersonDoc extends Document {
  readonly claims: JsonObject;
  /** A one-time password that is right for this person beside the usual one: for suites that bring their own. */
  readonly oneTimePassword?: string;
  /** Signs in no more, until the instant of the workspace clock, or until somebody unblocks; not blocked when absent. */
  readonly blocked?: { readonly until?: string };
  readonly deactivated?: boolean;
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
  /** Claims without which the client does not want to go on; the person cannot leave them out. */
  readonly essential?: readonly string[];
  /** Why the client asks: for all claims (under ''), or for one. Shown to the person. */
  readonly purposes?: Readonly<Record<string, string>>;
  /** The authentication context that the sign-in page offers. */
  readonly offeredAcr?: string;
  /** PKCE (RFC 7636), S256. */
  readonly codeChallenge?: string;
  readonly askConsent?: boolean;
  /** Language of the pages. */
  readonly language?: string;
  readonly linkCode?: string;
  readonly linkCodeExpiresAt?: string;
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

/** What is enrolled of a person's body; `_id` is the individualId. */
export interface BiometricsDoc extends Document {
  readonly individualId: string;
  readonly templates: readonly BiometricTemplate[];
}

export interface BiometricTemplate {
  /** A hash of the sample. */
  readonly template: string;
  readonly type?: string;
  readonly subtype?: readonly string[];
}

export interface PacketDoc extends Document {
  readonly receivedAt: string;
  readonly request: JsonObject;
}

/** A key that signs in for a person, with one factor, at one partner; `_id` is made of partner, factor and key. */
export interface WalletBindingDoc extends Document {
  readonly individualId: string;
  readonly partner: string;
  readonly authFactorType: string;
  readonly walletUserId: string;
  readonly publicKey: JsonObject;
  readonly certificate: string;
  readonly expiresAt: string;
}

export const requestTypes = [
  'AUTHENTICATION_REQUEST',
  'SERVICE_REQUEST',
  'DATA_UPDATE_REQUEST',
  'ID_MANAGEMENT_REQUEST',
  'DATA_SHARE_REQUEST',
] as const;
export type RequestType = (typeof requestTypes)[number];

/** What was done with somebody's identity, as they may read it; `_id` has 16 digits. */
export interface EventDoc extends Document {
  readonly individualId: string;
  readonly requestType: RequestType;
  readonly status: 'SUCCESS' | 'IN_PROGRESS' | 'FAILED';
  readonly summary: string;
  readonly at: string;
  readonly info: JsonObject;
}

export interface IdentityState {
  readonly persons: ScopedCollection<PersonDoc>;
  readonly clients: ScopedCollection<ClientDoc>;
  readonly transactions: ScopedCollection<TransactionDoc>;
  readonly keys: ScopedCollection<KeyDoc>;
  readonly packets: ScopedCollection<PacketDoc>;
  readonly biometrics: ScopedCollection<BiometricsDoc>;
  readonly walletBindings: ScopedCollection<WalletBindingDoc>;
  readonly events: ScopedCollection<EventDoc>;
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
    biometrics: scope.collection<BiometricsDoc>('biometrics'),
    walletBindings: scope.collection<WalletBindingDoc>('walletBindings', ['individualId']),
    events: scope.collection<EventDoc>('events', ['individualId']),
  };
}
