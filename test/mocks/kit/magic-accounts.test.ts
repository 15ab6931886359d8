import { describe, expect, it } from '@jest/globals';
import { magicAccount, magicAccounts } from '../../../mocks/kit/magic-accounts.js';

describe('magic accounts', () => {
  it('are told by the last four digits, each suffix once', () => {
    expect(magicAccount('+999700000001')?.outcome).toBe('unknown-account');
    expect(magicAccount('BANKA-0005')?.outcome).toBe('fails-once');
    expect(magicAccount('BANKA-0009')).toBeUndefined();
    expect(magicAccount('')).toBeUndefined();
    expect(new Set(magicAccounts.map(({ suffix }) => suffix)).size).toBe(magicAccounts.length);
  });
});
