import { isJsonObject, type Json } from '../../../contracts/json.js';
import type { JournalEntry, JournaledMessage } from '../../../contracts/request-journal.js';
import type { StoredEntry } from './write-entry.js';

const MASK = '***';

/** Names of fields that say who somebody is or where they are, in the words of all official documents. */
const personalField =
  /^(.*(name|surname|phone|mobile|msisdn|email|e_mail|address|street|postcode|zip|birth|dob|gender|sex|nationality|photo|picture|signature|passport|iban|(payee|functional|national|foundational|individual|person|beneficiary|household|account|identity|subject|uin|vid)_?(id|number|no|identifier|identity|identifiers)?)|id|ids|uin|vid|sub|uuid|recipient|recipients|to|cc|bcc|caption|message|text|body|owner|holder|payload|comment|location|coordinates|latitude|longitude|participant_id|subscriber_id)$/i;

/** Names that end in `name` and name no person. */
const publicName =
  /^(service|registry|registry_?name|registryname|schema|operation|operationid|field|column|file|event|event_?type|topic|room|application|member|code|database|displayname|template|method|type|agreement|collection|block|class|parameter|step)_?names?$|^registryName$/i;

/** Under these names everything is about a person. */
const personalContainer =
  /^(content|formdata|form_data|answers|applicant|data|payer|payee|holder|person|individual)$/i;

/** An e-mail address, or digits as long as a phone, account or national number. */
const personalText = /[^\s@/]+@[^\s@/]+\.[^\s@/]+|\+?\d(?:[ -]?\d){6,}/g;

/** Path parameters that never name a person. */
const publicParameter =
  /^(registryName|versionNumber|version|registryname|versionnumber|field|ext|serviceId|eformId|formId|action|item|qry)$/i;

/** What may be shown to whoever operates the sandbox: values about people are `***`. */
export function maskEntry({ template, ...entry }: StoredEntry): JournalEntry {
  return {
    ...entry,
    path: maskPath(template, entry.path),
    query: Object.fromEntries(
      Object.entries(entry.query).map(([name, value]) => [
        name,
        typeof value === 'string' ? maskNamed(name, value) : value.map((one) => maskNamed(name, one)),
      ]),
    ),
    request: maskMessage(entry.request),
    ...(entry.response === undefined ? {} : { response: maskMessage(entry.response) }),
  };
}

/** Without masks, for developers. */
export function fullEntry({ template: _template, ...entry }: StoredEntry): JournalEntry {
  return entry;
}

function maskPath(template: string | undefined, path: string): string {
  const parts = path.split('/');
  const shape = template?.split('/') ?? [];
  return parts
    .map((part, index) => {
      const parameter = /^\{(\w+)\}$/.exec(shape[index] ?? '')?.[1];
      const open = parameter === undefined || publicParameter.test(parameter);
      return open || part === '' ? maskText(decoded(part), part) : MASK;
    })
    .join('/');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The text as it was where nothing in it is personal. */
function maskText(text: string, otherwise = text): string {
  const masked = text.replaceAll(personalText, MASK);
  return masked === text ? otherwise : masked;
}

function isPersonal(name: string): boolean {
  return personalField.test(name) && !publicName.test(name);
}

function maskNamed(name: string, value: string): string {
  return isPersonal(name) ? MASK : maskText(value);
}

function maskMessage({ headers, body, cut }: JournaledMessage): JournaledMessage {
  return {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, maskHeader(name, value)]),
    ),
    ...(body === undefined ? {} : { body: maskBody(body, false) }),
    ...(cut === undefined ? {} : { cut }),
  };
}

/** Numbers in these say something about the message. */
const technicalHeader =
  /^(content-|date$|etag$|last-modified$|x-road-(?!userid)|idempotency-key$|x-request|traceparent$|x-correlation-id$|host$|user-agent$)/;

function maskHeader(name: string, value: string): string {
  if (name === 'x-road-userid') return MASK;
  return technicalHeader.test(name) ? value : maskText(value);
}

function maskBody(value: Json, within: boolean): Json {
  if (typeof value === 'string') return within ? MASK : maskText(value);
  if (typeof value === 'number') return within || Math.abs(value) >= 1e9 ? MASK : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => maskBody(item, within));
  if (!isJsonObject(value)) return within && value !== null ? MASK : value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined
        ? []
        : [[name, maskBody(member, within || isPersonal(name) || personalContainer.test(name))] as const],
    ),
  );
}
