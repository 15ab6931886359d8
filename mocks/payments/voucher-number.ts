import { createHash } from 'node:crypto';

const DIGITS = 16;
const SECRET_DIGITS = 6;

/** 16 digits that do not begin with 0 and are exact as a JSON number too: the older dialect sends numbers. */
export function exactNumber(key: string, what: string): string {
  const hash = createHash('sha256').update(`${key}\n${what}`).digest('hex');
  return String((BigInt(`0x${hash}`) % 8_000_000_000_000_000n) + 1_000_000_000_000_000n);
}

/** A voucher's number, 16 digits that follow from the request; its last six are the secret asked for at redemption. */
export function voucherNumber(key: string, instructionId: string): string {
  const hash = createHash('sha256').update(`${key}\n${instructionId}`).digest('hex');
  return (BigInt(`0x${hash}`) % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, '0');
}

export function secretOf(number: string): string {
  return number.slice(-SECRET_DIGITS);
}
