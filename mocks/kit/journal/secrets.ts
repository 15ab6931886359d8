/** Stands wherever a credential was. */
export const REDACTED = '[redacted]';

const secretHeader =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-sandbox-member-key|x-api-key|api-key|apikey|x-csrf-token|.*(secret|token|password|private-key).*)$/;

/** Tokens and passwords by their name, in queries, forms and bodies. `code` and `state` of signing in are used up at once, and still are nobody's business. */
const secretField =
  /^(access_?token|id_?token|refresh_?token|token|client_?secret|secret|password|passwd|pin|otp|challenge_?value|client_?assertion|assertion|code_?verifier|auth(orization)?_?code|code|api_?key|member_?key|private_?key|credential)$/i;

/** `code` is a secret in the forms of signing in only; elsewhere it says what kind of answer this is. */
const onlyInForms = /^code$/i;

export function isSecretHeader(name: string): boolean {
  return secretHeader.test(name.toLowerCase());
}

export function isSecretField(name: string, inForm = false): boolean {
  return secretField.test(name) && (inForm || !onlyInForms.test(name));
}

/** A signed token, wherever it stands: three parts in base64url, the first of which begins a JSON object. */
const signedToken = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g;

export function withoutTokens(text: string): string {
  return text.includes('eyJ') ? text.replaceAll(signedToken, REDACTED) : text;
}

/** Form fields in a body of text (`a=1&b=2`, one line): those that are secret lose their value. */
export function withoutFormSecrets(text: string): string {
  if (text.length > 10_000 || !/^[\w.~%+-]+=[^\n]*$/.test(text)) return text;
  return text.replaceAll(/(^|&)([^=&]+)=([^&]*)/g, (whole, before: string, name: string) =>
    isSecretField(name, true) ? `${before}${name}=${REDACTED}` : whole,
  );
}
