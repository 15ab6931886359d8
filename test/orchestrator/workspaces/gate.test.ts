import { describe, expect, it } from '@jest/globals';
import { DEFAULT_WORKSPACE, workspaceIdSchema } from '../../../contracts/ids.js';
import { createGate } from '../../../orchestrator/workspaces/gate.js';

const other = workspaceIdSchema.parse('other');

describe('the gate of a workspace', () => {
  it('keeps out whoever comes while it is closed, and lets them in when it opens', async () => {
    const gate = createGate();
    const leave = await gate.enter(DEFAULT_WORKSPACE);
    gate.close(DEFAULT_WORKSPACE);
    expect(gate.busy(DEFAULT_WORKSPACE)).toBe(true);
    expect(gate.tryEnter(DEFAULT_WORKSPACE)).toBeUndefined();
    const order: string[] = [];
    const waiting = gate.enter(DEFAULT_WORKSPACE).then((left) => {
      order.push('entered');
      left();
    });
    leave();
    leave();
    expect(gate.busy(DEFAULT_WORKSPACE)).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));
    order.push('opened');
    gate.open(DEFAULT_WORKSPACE);
    await waiting;
    expect(order).toEqual(['opened', 'entered']);
    expect(gate.busy(DEFAULT_WORKSPACE)).toBe(false);
  });

  it('is one for each workspace, and counts its lives', () => {
    const gate = createGate();
    gate.close(other);
    expect(gate.tryEnter(DEFAULT_WORKSPACE)).toBeDefined();
    gate.renew(other);
    expect([gate.life(other), gate.life(DEFAULT_WORKSPACE)]).toEqual([1, 0]);
  });
});
