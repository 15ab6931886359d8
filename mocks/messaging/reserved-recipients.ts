import type { Channel } from './state.js';

/**
 * Training must never reach a real person. Messages go to names that the domain name system reserves (RFC 2606 and
 * 6761) and to numbers that nobody is given: the unassigned country code +999, which this sandbox uses for its own
 * people, and the ranges that regulators keep free for films. Everything else needs an entry in the allow-list.
 */
const reservedDomains = [/(^|\.)example\.(com|net|org)$/, /(^|\.)(test|invalid|example)$/];

const reservedNumbers: readonly { readonly who: string; readonly pattern: RegExp }[] = [
  { who: 'training: +999 and 6 to 12 digits', pattern: /^\+999\d{6,12}$/ },
  { who: 'North America: 555-0100 to 555-0199', pattern: /^\+1(\d{3})?55501\d{2}$/ },
  { who: 'United Kingdom, mobile (Ofcom)', pattern: /^\+447700900\d{3}$/ },
  { who: 'United Kingdom, London (Ofcom)', pattern: /^\+442079460\d{3}$/ },
  { who: 'United Kingdom, no area (Ofcom)', pattern: /^\+441632960\d{3}$/ },
  { who: 'France (Arcep)', pattern: /^\+33(19900|26191|35301|46571|53649|63998)\d{4}$/ },
  { who: 'Ireland (ComReg)', pattern: /^\+3532091\d{5}$/ },
  { who: 'Australia, mobile (ACMA)', pattern: /^\+61491570(006|110|156|157|158|159)$/ },
  { who: 'Sweden (PTS)', pattern: /^\+46701740(60[5-9]|6[1-9]\d)$/ },
];

/** Brings an address or a number into the form that rules and inboxes compare. */
export function normalise(channel: Channel, recipient: string): string {
  const text = recipient.trim();
  if (channel === 'email') return text.toLowerCase();
  return text.replace(/[\s().-]/g, '').replace(/^00/, '+');
}

/** Why this recipient gets nothing; undefined when sending is safe. */
export function refusalReason(
  channel: Channel,
  recipient: string,
  isAllowed: (entry: string) => boolean,
): string | undefined {
  if (recipient === '') return 'no recipient is given';
  return channel === 'email' ? emailReason(recipient, isAllowed) : numberReason(recipient, isAllowed);
}

function emailReason(address: string, isAllowed: (entry: string) => boolean): string | undefined {
  const domain = /^[^@\s]+@([^@\s]+)$/.exec(address)?.[1];
  if (domain === undefined) return 'this is no e-mail address';
  if (reservedDomains.some((pattern) => pattern.test(domain))) return undefined;
  if (isAllowed(address) || isAllowed(`@${domain}`)) return undefined;
  return `${domain} is not a reserved domain (example.org, .test, .invalid, .example): training sends nothing to real people`;
}

function numberReason(number: string, isAllowed: (entry: string) => boolean): string | undefined {
  if (!/^\+\d{5,15}$/.test(number))
    return 'this is no telephone number in international form, such as +999000001';
  if (reservedNumbers.some(({ pattern }) => pattern.test(number)) || isAllowed(number)) return undefined;
  return 'the number is not reserved for training (+999…) or fiction: training sends nothing to real people';
}
