import { describe, expect, it } from '@jest/globals';

import { redirectAllowed } from '../../../../infra/identity/embedded/redirect-match.js';

const registered = [
  'http://localhost/auth/callback',
  'http://127.0.0.1/auth/callback',
  'https://sandbox.example/auth/callback',
];

describe('redirectAllowed', () => {
  it.each([
    'http://localhost/auth/callback',
    'http://localhost:4000/auth/callback',
    'http://127.0.0.1:65535/auth/callback',
    'https://sandbox.example/auth/callback',
  ])('allows %s', (address) => {
    expect(redirectAllowed(registered, address)).toBe(true);
  });

  it.each([
    'https://localhost:4000/auth/callback',
    'http://localhost:4000/auth/callback/',
    'http://localhost:4000/auth/callback?x=1',
    'http://localhost:4000/auth/callback\n@evil.example',
    'http://localhost:4000@evil.example/auth/callback',
    'http://localhost:/auth/callback',
    'http://localhost:4000/auth/../auth/callback',
    'http://LOCALHOST:4000/auth/callback',
    'https://sandbox.example:444/auth/callback',
    'http://evil.example/auth/callback',
    '',
  ])('refuses %j', (address) => {
    expect(redirectAllowed(registered, address)).toBe(false);
  });
});
