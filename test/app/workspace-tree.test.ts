import { once } from 'node:events';
import express from 'express';
import request from 'supertest';
import { describe, expect, it } from '@jest/globals';
import { createRequestWorkspaces } from '../../app/workspace-tree.js';
import { DEFAULT_WORKSPACE } from '../../contracts/ids.js';
import { createGate } from '../../orchestrator/workspaces/gate.js';

describe('a request that changes something in a workspace', () => {
  const gate = createGate();
  const workspaces = { find: () => Promise.resolve(undefined), findByTag: () => Promise.resolve(undefined) };
  const { waitAtGate } = createRequestWorkspaces({ workspaces: workspaces, gate });
  const app = express().use(waitAtGate, (_request, response) => {
    response.json({ busy: gate.busy(DEFAULT_WORKSPACE) });
  });

  it.each([
    ['/api/v1/cases', true],
    ['/api/v1/persons/person-1/notes', true],
    // These wait until nobody else is at work, so they must not count themselves.
    ['/api/v1/persons/person-1/erase', false],
    ['/api/v1/reset', false],
    ['/api/v1/workspaces/default/snapshots', false],
  ])('%s is waited for: %s', async (path, busy) => {
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { body } = await request(server).post(path);
    expect(body).toEqual({ busy });
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    expect(gate.busy(DEFAULT_WORKSPACE)).toBe(false);
  });
});
