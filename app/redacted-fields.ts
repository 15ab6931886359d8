/**
 * The one place where log lines lose what is about people, for every logger of the project. What a line may say is
 * decided by the name of a field and by what a text looks like; whatever is under a personal name goes as a whole.
 */
const REDACTED = '[redacted]';
const DEEPEST = 6;
const LONGEST_TEXT = 2000;
const MOST_ITEMS = 50;

/** Names as the official documents and our own use cases spell them; compared in lower case, without `_` and `-`. */
const personal =
  /^(.*(firstname|lastname|givenname|familyname|fullname|surname|middlename|displayname|username|phone|mobile|msisdn|email|address|street|postcode|birth|dob|gender|nationality|photo|signature|passport|iban|accountnumber|individualid|functionalid|foundationalid|nationalid|personid|payeeidentity|payeefunctionalid|identity|identifier|uin|vid|subject|beneficiary|applicant|household|recipient|sender)|name|person|people|payer|payee|holder|owner|to|cc|bcc|input|output|payload|body|content|text|answers|formdata|params|query|args|form|data)$/;
const secret =
  /(authorization|cookie|token|secret|password|passwd|apikey|memberkey|privatekey|credential|assertion|verifier|csrf|sessionid|otp)$/;
/** Ours, and in no way personal although they are long or look like numbers. */
const technical =
  /^(correlation|workspace|run|runid|caseid|case|task|key|callbackid|job|scheduleid|seq|principal|time|at|since|due|pid|level|code|stream|digest|version|block|operationid|route|method|status|queue|lock|type|service|client)$/;

const mail = /[^\s@/<>"']+@[^\s@/<>"']+\.[^\s@/<>"']+/g;
/** Digits as long as a phone, account or national number, not in the middle of an identifier. */
const number = /(?<![A-Za-z0-9_.-])\+?\d(?:[ -]?\d){6,}(?![A-Za-z0-9_-])/g;
const iban = /\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b/g;
const signedToken = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g;
const bearer = /\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]+/gi;
const inAddress = /([?&](?:[^=&\s]*(?:token|secret|code|password|state)[^=&\s]*)=)[^&\s]+/gi;
/** The address at which a run is called back holds the token that opens it. */
const callbackAddress = /\/cb\/[^\s"'<>]+/g;
const quoted = /"[^"\n]*"|'[^'\n]{3,}'/g;

/** The fields of a line, as they may be written. */
export function redactedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, field(name, value, 0)]));
}

/** A text without what looks like a person's address or number, or like a token. */
export function redactedText(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .replace(signedToken, REDACTED)
    .replace(bearer, `$1 ${REDACTED}`)
    .replace(inAddress, `$1${REDACTED}`)
    .replace(callbackAddress, `/cb/${REDACTED}`)
    .replace(mail, REDACTED)
    .replace(iban, REDACTED)
    .replace(number, REDACTED);
}

function field(name: string, value: unknown, depth: number): unknown {
  if (value === undefined || value === null || typeof value === 'boolean') return value;
  const plain = name.toLowerCase().replaceAll(/[_-]/g, '');
  if (secret.test(plain)) return REDACTED;
  if (technical.test(plain) && typeof value !== 'object')
    return typeof value === 'string' ? withoutTokens(value) : value;
  if (personal.test(plain)) return REDACTED;
  return shown(value, depth);
}

function withoutTokens(text: string): string {
  return text.slice(0, LONGEST_TEXT).replace(signedToken, REDACTED).replace(mail, REDACTED);
}

function shown(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return redactedText(value);
    case 'number':
      return Math.abs(value) >= 1e7 && Number.isInteger(value) ? REDACTED : value;
    case 'bigint':
      return redactedText(String(value));
    case 'object':
      break;
    default:
      return value === undefined || typeof value === 'boolean' ? value : undefined;
  }
  if (value === null) return null;
  if (depth >= DEEPEST) return REDACTED;
  if (value instanceof Date) return value;
  if (value instanceof Error) return errorFields(value, depth);
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => shown(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, field(name, member, depth + 1)]),
  );
}

/** What is said of an error: its kind, its words and its place, never the members that libraries hang on to it. */
function errorFields(error: Error, depth: number): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  // JSON.parse quotes the text that it could not read, and so what may be personal.
  const said = (text: string): string =>
    redactedText(name === 'SyntaxError' ? text.replaceAll(quoted, REDACTED) : text);
  return {
    type: name,
    message: said(message),
    ...code,
    ...(stack === undefined ? {} : { stack: framesOf(stack, said(message), name) }),
    ...(cause === undefined ? {} : { cause: shown(cause, depth + 1) }),
  };
}

/** The stack repeats the message; only its frames are taken. */
function framesOf(stack: string, message: string, name: string): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [`${name}: ${message}`, ...frames].join('\n');
}
