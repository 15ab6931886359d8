import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createReach } from '../../../infra/redis/reach.js';

class Connection extends EventEmitter {
  status: 'ready' | 'reconnecting' | 'end' = 'ready';
  turn(status: Connection['status'], event: 'ready' | 'close' | 'end'): void {
    this.status = status;
    this.emit(event);
  }
}

describe('what is asked of a connection', () => {
  let connection: Connection;
  beforeEach(() => {
    jest.useFakeTimers();
    connection = new Connection();
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const away = { code: 'ETIMEDOUT', message: 'Redis has been away for more than 3 s' };

  it('is done at once while it is up, and fails as it fails', async () => {
    const during = createReach(connection);
    expect(await during(() => Promise.resolve(7))).toBe(7);
    await expect(during(() => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
  });

  it('waits for it to come back', async () => {
    const during = createReach(connection);
    connection.turn('reconnecting', 'close');
    const work = jest.fn(() => Promise.resolve('done'));
    const asked = during(work);
    jest.advanceTimersByTime(2_900);
    expect(work).not.toHaveBeenCalled();
    connection.turn('ready', 'ready');
    expect(await asked).toBe('done');
    jest.advanceTimersByTime(60_000);
    expect(await during(work)).toBe('done');
  });

  it('fails when that takes too long, and is not done later either', async () => {
    const during = createReach(connection);
    const underWay = during(() => new Promise(() => undefined));
    connection.turn('reconnecting', 'close');
    const work = jest.fn(() => Promise.resolve('done'));
    const waiting = during(work);
    jest.advanceTimersByTime(3_000);
    await expect(underWay).rejects.toMatchObject(away);
    await expect(waiting).rejects.toMatchObject(away);
    // By now it is known: nobody waits again.
    connection.emit('close');
    await expect(during(work)).rejects.toMatchObject(away);
    connection.turn('ready', 'ready');
    expect(work).not.toHaveBeenCalled();
    expect(await during(work)).toBe('done');
  });

  it('is left to fail by itself on a connection that was closed for good', async () => {
    const during = createReach(connection);
    connection.turn('reconnecting', 'close');
    const waiting = during(() => Promise.reject(new Error('Connection is closed.')));
    connection.turn('end', 'end');
    await expect(waiting).rejects.toThrow('Connection is closed.');
  });
});
