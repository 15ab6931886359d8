import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import { limitStreams } from '../../../app/front-door/stream-places.js';

function tries(places: { perPerson: number; inAll: number }) {
  const limit = limitStreams((request) => request.get('x-person'), places);
  return (person: string, path = '/stream', method = 'GET') => {
    const response = new EventEmitter();
    const request = { method, path, get: () => person };
    let passed = false;
    void limit(request as unknown as Request, response as unknown as Response, () => {
      passed = true;
    });
    expect(passed).toBe(true);
    return () => response.emit('close');
  };
}

const refused = expect.objectContaining({ code: 'GSB-REQ-005', extensions: { retryAfter: 10 } });

describe('places for event streams', () => {
  it('are given back when a tab closes', () => {
    const open = tries({ perPerson: 2, inAll: 9 });
    const close = open('amina');
    open('amina');
    expect(() => open('amina')).toThrow(refused);
    open('tomas');
    close();
    open('amina', '/payments/journal/stream');
  });

  it('are limited for all together, and taken by streams only', () => {
    const open = tries({ perPerson: 2, inAll: 2 });
    open('amina');
    open('tomas');
    open('lin', '/cases');
    open('lin', '/stream', 'POST');
    expect(() => open('lin')).toThrow(refused);
  });
});
