import { z } from 'zod';

import { SandboxError } from '../../contracts/problems.js';

/** What a token endpoint grants (RFC 6749, 5.1). */
export interface TokenGrant {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly refreshToken?: string;
  readonly idToken?: string;
}

const grantSchema = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
});

/**
 * Asks a token endpoint. A refusal (4xx) raises GSB-AUT-001 with the provider's own words; no answer, an answer
 * that is not a grant, or a 5xx raises GSB-CFG-007: the grant may still be good.
 */
export async function requestTokens(
  address: string,
  form: Readonly<Record<string, string>>,
  request: typeof fetch,
): Promise<TokenGrant> {
  const { status, body } = await post(address, form, request);
  if (status >= 400 && status < 500 && status !== 429) {
    throw new SandboxError('GSB-AUT-001', { detail: `The identity provider refused: ${refusal(body)}.` });
  }
  const parsed = grantSchema.safeParse(body);
  if (status !== 200 || !parsed.success) throw unreachable(address, `it answered ${status}`);
  const { access_token, expires_in, refresh_token, id_token } = parsed.data;
  return {
    accessToken: access_token,
    expiresIn: expires_in,
    ...(refresh_token !== undefined && { refreshToken: refresh_token }),
    ...(id_token !== undefined && { idToken: id_token }),
  };
}

async function post(
  address: string,
  form: Readonly<Record<string, string>>,
  request: typeof fetch,
): Promise<{ readonly status: number; readonly body: unknown }> {
  try {
    const response = await request(address, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(form),
    });
    const body: unknown = await response.json().catch(() => undefined);
    return { status: response.status, body };
  } catch (cause) {
    throw unreachable(address, cause);
  }
}

function refusal(body: unknown): string {
  const parsed = z
    .looseObject({ error: z.string(), error_description: z.string().optional() })
    .safeParse(body);
  return parsed.success ? (parsed.data.error_description ?? parsed.data.error) : 'without a reason';
}

function unreachable(address: string, cause: unknown): SandboxError {
  return new SandboxError('GSB-CFG-007', {
    detail: `The token endpoint ${address} gave no usable answer.`,
    cause,
  });
}
