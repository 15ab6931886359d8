import { describe, expect, it } from '@jest/globals';

import { safeReturnPath } from '../../../orchestrator/identity/return-path.js';

const publicUrl = 'http://localhost:4000';

describe('safeReturnPath', () => {
  it.each(['/', '/cases', '/cases/c-1?tab=live#step', '/w/abc/cases?q=%2F%2Fx', '/?lang=ar'])(
    'keeps %s',
    (path) => {
      expect(safeReturnPath(path, publicUrl)).toBe(path);
    },
  );

  it.each([
    undefined,
    ['/cases'],
    '',
    'cases',
    '//evil.example',
    '/\\evil.example',
    '/cases\\..\\..',
    'https://evil.example/',
    'http://localhost:4000/cases',
    'javascript:alert(1)',
    '/\tevil',
    '/a\r\nSet-Cookie: x=1',
    '/.//evil.example',
    '/a/..//evil.example',
    '/auth/logout',
    '/auth/login?returnTo=/auth/login',
    `/${'a'.repeat(5000)}`,
  ])('turns %j into /', (path) => {
    expect(safeReturnPath(path, publicUrl)).toBe('/');
  });
});
