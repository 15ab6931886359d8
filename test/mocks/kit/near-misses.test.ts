import { describe, expect, it } from '@jest/globals';
import { didYouMean, nearMisses } from '../../../contracts/near-misses.js';
import { nearOperations } from '../../../mocks/kit/near-operations.js';

const offered = [
  { method: 'POST', template: '/data/{registryName}/{versionNumber}/create' },
  { method: 'POST', template: '/data/{registryName}/{versionNumber}/read' },
  { method: 'GET', template: '/data/{registryName}/{versionNumber}' },
  { method: 'GET', template: '/data/{registryName}/{versionNumber}/{uuid}/read-value/{field}.{ext}' },
  { method: 'GET', template: '/vouchers/{serial}' },
  { method: 'GET', template: '/health' },
];

describe('what a request may have meant', () => {
  it.each([
    ['POST', '/data/tax/1.0/creat', 'POST /data/{registryName}/{versionNumber}/create'],
    ['POST', '/data/tax/1.0/Create', 'POST /data/{registryName}/{versionNumber}/create'],
    ['POST', '/api/v1/data/tax/1.0/create', 'POST /data/{registryName}/{versionNumber}/create'],
    ['POST', '/data/tax/create', 'POST /data/{registryName}/{versionNumber}/create'],
    ['GET', '/voucher/123', 'GET /vouchers/{serial}'],
    ['GET', '/helth', 'GET /health'],
  ])('is found for %s %s', (method, path, meant) => {
    expect(nearOperations(offered, method, path)[0]).toBe(meant);
  });

  it.each(['/', '/something/else/entirely', `/${'x'.repeat(5000)}`, '/%zz'])(
    'is nothing where nothing is like it: %.40s',
    (path) => {
      expect(nearOperations(offered, 'GET', path)).toEqual([]);
    },
  );
});

describe('what a name may have meant', () => {
  it('is said at the end of the sentence', () => {
    expect(didYouMean('tex/1.0', ['tax/1.0', 'land/1.0'])).toBe('; did you mean tax/1.0?');
    expect(didYouMean('tax', ['tax-a', 'tax-b', 'tax-c'])).toBe('; did you mean tax-a, tax-b or tax-c?');
    expect(didYouMean('weather', ['tax/1.0'])).toBe('');
  });

  it('is not looked for behind names that nobody types', () => {
    expect(nearMisses('a'.repeat(10_000), ['a'.repeat(9_999)])).toEqual([]);
    expect(nearMisses('', ['a', 'b'])).toEqual([]);
  });
});
