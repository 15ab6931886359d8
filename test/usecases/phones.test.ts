import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { refusalReason } from '../../mocks/messaging/reserved-recipients.js';

const folder = fileURLToPath(new URL('../../usecases/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(yaml|csv)$/.test(name),
);

describe('the phones of invented people', () => {
  const phones = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/(?<!\d)\+[1-9]\d{7,14}(?!\d)/g)].map(
      ([phone]) => [file, phone] as const,
    ),
  );

  it('are all of those that training may send messages to', () => {
    expect(phones.length).toBeGreaterThan(100);
    expect(phones.filter(([, phone]) => refusalReason('sms', phone, () => false) !== undefined)).toEqual([]);
  });
});
