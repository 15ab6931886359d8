import { describe, expect, it } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { securityHeaders } from '../../../app/front-door/security-headers.js';

async function headersAt(publicUrl: string): Promise<Record<string, string>> {
  const app = express();
  app.use(securityHeaders(publicUrl));
  app.get('/', (_request, response) => void response.json({}));
  return (await request(app).get('/')).headers;
}

describe('what every answer says to browsers', () => {
  it('allows nothing unless a page says otherwise', async () => {
    const headers = await headersAt('http://localhost:4000');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';frame-ancestors 'none';base-uri 'none';form-action 'none'",
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('insists on https exactly when PUBLIC_URL is https: a class works over plain http', async () => {
    const plain = await headersAt('http://192.168.1.20:4000');
    for (const name of ['strict-transport-security', 'cross-origin-opener-policy', 'origin-agent-cluster'])
      expect(plain).not.toHaveProperty(name);
    expect(plain['content-security-policy']).not.toContain('upgrade-insecure-requests');
    const secure = await headersAt('https://sandbox.example');
    expect(secure['strict-transport-security']).toBe('max-age=31536000');
    expect(secure['cross-origin-opener-policy']).toBe('same-origin');
  });
});
