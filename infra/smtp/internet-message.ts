import type { Mail } from '../../contracts/mail.js';

/** A message as it travels: headers and a body in base64, so that every language and line length passes (RFC 5322, 2045). */
export function internetMessage({ id, from, to, subject, text, at }: Mail, sender: string): string {
  const domain = sender.split('@')[1] ?? 'govstack-sandbox.invalid';
  return [
    `From: ${mailbox(from.name, sender)}`,
    `To: ${to.name === undefined ? to.address : mailbox(to.name, to.address)}`,
    `Subject: ${encoded(subject)}`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${domain}>`,
    'X-Govstack-Sandbox: training, not real',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(text, 'utf8')
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
  ].join('\r\n');
}

function mailbox(name: string, address: string): string {
  return `${encoded(name)} <${address}>`;
}

/** Plain words stay; everything else, line breaks included, is an encoded word (RFC 2047), at most 75 characters each. */
function encoded(value: string): string {
  if (/^[A-Za-z0-9 .!?'-]{0,60}$/.test(value)) return value;
  const words: string[] = [];
  let part = '';
  for (const character of value) {
    if (Buffer.byteLength(part + character) > 42) {
      words.push(part);
      part = '';
    }
    part += character;
  }
  return [...words, part]
    .map((word) => `=?utf-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`)
    .join('\r\n ');
}
