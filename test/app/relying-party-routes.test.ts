import express from 'express';
import request from 'supertest';
import { describe, expect, it } from '@jest/globals';
import { relyingPartyRoutes } from '../../app/relying-party-routes.js';
import { silentLogger } from '../../contracts/logger.js';
import { StoreUnavailableError } from '../../contracts/store-unavailable.js';
import { createProblemHandler } from '../../orchestrator/http/problem-handler.js';

describe('the sign-in pages of the identity block while its documents are away', () => {
  const block = express.Router().use(() => {
    throw new StoreUnavailableError('documents', { cause: new Error('ECONNREFUSED') });
  });
  const app = express().use(relyingPartyRoutes(block), createProblemHandler(silentLogger));

  it.each([
    ['en', 'load this page again'],
    ['fr', 'rechargez cette page'],
    ['ar', 'أعد تحميل هذه الصفحة'],
  ])('tell a person in %s to wait', async (language, words) => {
    for (const path of ['/authorize', '/authorize/sign-in', '/authorize/consent']) {
      const answer = await request(app).get(path).set({ accept: 'text/html', 'accept-language': language });
      expect([answer.status, answer.headers['retry-after'], answer.type]).toEqual([503, '2', 'text/html']);
      expect(answer.text).toContain(words);
      expect(answer.text).toContain(`lang="${language}"`);
    }
  });

  it('tell a program by a problem document', async () => {
    const answer = await request(app).post('/oauth/token').set('accept', 'application/json');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(answer.body).toMatchObject({ code: 'GSB-STO-001' });
  });
});
