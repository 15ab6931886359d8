import { z } from 'zod';
import { isSimulated, type AcrValue } from './auth-factors.js';
import type { ClientDoc } from './state.js';

/** What a client asks of a sign-in, as it was understood; or why not, as an error code of OpenID Connect. */
export type ReadRequest =
  | { readonly kind: 'understood'; readonly request: AuthorizationRequest }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string };

export interface AuthorizationRequest {
  readonly scopes: readonly string[];
  /** Every claim asked for that the client may have; `essential` is a part of it. */
  readonly claims: readonly string[];
  readonly essential: readonly string[];
  readonly purposes: Readonly<Record<string, string>>;
  readonly acr: AcrValue;
  readonly askConsent: boolean;
  readonly nonce?: string;
  readonly codeChallenge?: string;
}

/** OpenID Connect Core 1.0, section 5.4. */
const claimsOfScope: Readonly<Record<string, readonly string[]>> = {
  profile: [
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'picture',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
};

/** OpenID Connect Core 1.0, section 5.5; `purpose` is of OpenID Connect for Identity Assurance 1.0, section 5. */
const purpose = z.string().min(3).max(300);
const claimRequest = z
  .looseObject({
    essential: z.boolean().optional(),
    purpose: purpose.optional(),
    value: z.string().optional(),
    values: z.array(z.string()).optional(),
  })
  .nullable();
const claimsParameter = z.looseObject({
  userinfo: z.record(z.string(), claimRequest).optional(),
  id_token: z.record(z.string(), claimRequest).optional(),
});
type ClaimsParameter = z.infer<typeof claimsParameter>;

export function readAuthorizationRequest(
  client: ClientDoc,
  query: Readonly<Record<string, string | undefined>>,
): ReadRequest {
  const scopes = (query.scope ?? '').split(' ').filter((scope) => scope !== '');
  if (query.response_type !== 'code')
    return refused('unsupported_response_type', 'response_type must be code');
  if (!scopes.includes('openid')) return refused('invalid_scope', 'scope must include openid');
  const prompts = (query.prompt ?? '').split(' ').filter((prompt) => prompt !== '');
  if (prompts.includes('none'))
    return prompts.length > 1
      ? refused('invalid_request', 'prompt none goes with no other prompt')
      : refused('login_required', 'nobody is signed in: each sign-in of this sandbox stands for itself');
  const claims = readClaims(query.claims);
  if (claims === undefined)
    return refused('invalid_request', 'claims must be JSON as OpenID Connect Core 1.0, section 5.5, has it');
  if (query.purpose !== undefined && !purpose.safeParse(query.purpose).success)
    return refused('invalid_request', 'purpose must have 3 to 300 characters');
  const { code_challenge: codeChallenge } = query;
  if (codeChallenge !== undefined && query.code_challenge_method !== 'S256')
    return refused('invalid_request', 'code_challenge_method must be S256');
  const acr = chooseAcr(client, query.acr_values, claims.id_token?.acr);
  if (acr === undefined)
    return refused(
      'unmet_authentication_requirements',
      'none of the authentication contexts asked for is registered for this client and simulated',
    );
  const wanted = { ...claims.id_token, ...claims.userinfo };
  const known = [...scopes.flatMap((scope) => claimsOfScope[scope] ?? []), ...Object.keys(wanted)].filter(
    (claim) => client.userClaims.includes(claim),
  );
  const named = [...new Set(known)];
  return {
    kind: 'understood',
    request: {
      scopes,
      claims: named,
      essential: named.filter((claim) => wanted[claim]?.essential === true),
      purposes: {
        ...(query.purpose === undefined ? {} : { '': query.purpose }),
        ...Object.fromEntries(
          named.flatMap((claim) => {
            const why = wanted[claim]?.purpose;
            return why === undefined ? [] : [[claim, why]];
          }),
        ),
      },
      acr,
      askConsent: prompts.includes('consent'),
      ...(query.nonce === undefined ? {} : { nonce: query.nonce }),
      ...(codeChallenge === undefined ? {} : { codeChallenge }),
    },
  };
}

function readClaims(text: string | undefined): ClaimsParameter | undefined {
  if (text === undefined || text === '') return {};
  try {
    return claimsParameter.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** `acr_values` is a wish, in the order of preference; an essential `acr` claim is a condition. */
function chooseAcr(
  { authContextRefs }: ClientDoc,
  wishes: string | undefined,
  claim: z.infer<typeof claimRequest> | undefined,
): AcrValue | undefined {
  const possible = authContextRefs.filter(isSimulated);
  const offered = possible.length === 0 ? (['idbb:acr:generated-code'] as const) : possible;
  const asked = [
    ...(claim?.values ?? (claim?.value === undefined ? [] : [claim.value])),
    ...(wishes ?? '').split(' '),
  ];
  const first = asked.flatMap((acr) => offered.filter((one) => one === acr))[0];
  if (first !== undefined) return first;
  return claim?.essential === true && asked.some((acr) => acr !== '') ? undefined : offered[0];
}

function refused(error: string, description: string): ReadRequest {
  return { kind: 'refused', error, description };
}
