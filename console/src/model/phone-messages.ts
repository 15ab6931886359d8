import type { Json } from '../../../contracts/json.js';
import { isJsonObject } from './json.js';

/** A message as the person sees it. */
export interface PhoneMessage {
  readonly channel: 'sms' | 'email';
  readonly sender: string | undefined;
  readonly title: string | undefined;
  readonly text: string;
}

/**
 * What a request to the messaging block puts on one person's phone; undefined when it is for others. `address` is the
 * person's number or e-mail address, undefined while it is not known: then a message to one recipient is theirs.
 */
export function messageIn(body: Json, address: string | undefined): PhoneMessage | undefined {
  if (!isJsonObject(body)) return undefined;
  const content = member(body, 'smsContent') ?? member(body, 'emailContent');
  if (content === undefined) return undefined;
  const to = member(body, 'recipientInfo');
  const own = recipientsIn(to).find((one) => address === undefined || addressIn(one) === address);
  if (own === undefined) return undefined;
  return {
    channel: 'smsContent' in body ? 'sms' : 'email',
    sender: textIn(member(body, 'senderInfo'), 'name'),
    title: textIn(content, 'title'),
    text: textIn(own, 'content') ?? textIn(content, 'content') ?? '',
  };
}

/** The number or address of the only recipient. */
export function recipientOf(body: Json): string | undefined {
  const all = recipientsIn(isJsonObject(body) ? member(body, 'recipientInfo') : undefined);
  return all.length === 1 ? addressIn(all[0]) : undefined;
}

type Fields = Readonly<Record<string, Json | undefined>>;

function recipientsIn(to: Fields | undefined): readonly Fields[] {
  if (to === undefined) return [];
  const many = to['recipients'];
  return Array.isArray(many) ? (many as readonly Json[]).filter(isJsonObject) : [to];
}

function addressIn(recipient: Fields | undefined): string | undefined {
  return textIn(recipient, 'phone') ?? textIn(recipient, 'email');
}

function member(value: Fields, name: string): Fields | undefined {
  const found = value[name];
  return isJsonObject(found) ? found : undefined;
}

function textIn(value: Fields | undefined, name: string): string | undefined {
  const found = value?.[name];
  return typeof found === 'string' && found !== '' ? found : undefined;
}
