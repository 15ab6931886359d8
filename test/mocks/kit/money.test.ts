import { describe, expect, it } from '@jest/globals';
import { isCurrency, isPayable, toMajor, toMinor } from '../../../mocks/kit/money.js';

describe('money', () => {
  it('is exact in minor units', () => {
    expect(toMinor(0.1) + toMinor(0.2)).toBe(30);
    expect(toMinor(1.15)).toBe(115);
    expect(toMajor(toMinor(19.99))).toBe(19.99);
  });

  it('is payable when positive with at most two decimals', () => {
    expect([10, 0.01, 1.1, 19.99, 123456.78].every(isPayable)).toBe(true);
    expect([0, -1, 0.001, 1.005, Number.NaN].some(isPayable)).toBe(false);
  });

  it('has currencies that exist', () => {
    expect(['EUR', 'KES', 'XOF'].every(isCurrency)).toBe(true);
    expect(['EURO', 'eur', 'QQQ', 'XXX'].some(isCurrency)).toBe(false);
  });
});
