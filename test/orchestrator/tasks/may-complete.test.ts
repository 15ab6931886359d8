import { describe, expect, it } from '@jest/globals';
import type { HumanTask } from '../../../contracts/human-task.js';
import type { Principal } from '../../../contracts/identity.js';
import { assertMayComplete } from '../../../orchestrator/tasks/may-complete.js';

const principal = (subject: string, role: Principal['roles'][number]): Principal => ({
  subject,
  username: subject,
  name: subject,
  roles: [role],
});
const task = (more: Partial<HumanTask>): HumanTask =>
  ({ title: 'Decide', role: 'payments-checker', state: 'open', excluded: [], ...more }) as HumanTask;
const refusal = (of: HumanTask, by: Principal): unknown => {
  try {
    assertMayComplete(of, by);
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe('who may do a task', () => {
  it('is never the maker of what is checked, whatever roles they have', () => {
    const check = task({ excluded: ['ines'] });
    const both = {
      ...principal('ines', 'payments-maker'),
      roles: ['payments-maker', 'payments-checker'],
    } as Principal;
    expect(refusal(check, both)).toBe('GSB-AUT-003');
    expect(refusal(check, principal('ravi', 'payments-checker'))).toBeUndefined();
  });

  it('is never the officer of the rejection when it is the appeal', () => {
    const appeal = task({ role: 'case-officer', excluded: ['lin'], state: 'claimed', assignee: 'lin' });
    expect(refusal(appeal, principal('lin', 'case-officer'))).toBe('GSB-AUT-003');
    expect(refusal({ ...appeal, state: 'open' }, principal('badu', 'case-officer'))).toBeUndefined();
  });

  it('has the role, is the person it is about, and the one who claimed it', () => {
    expect(refusal(task({}), principal('lin', 'case-officer'))).toBe('GSB-AUT-002');
    const own = task({ role: 'citizen', person: 'person-amina' as never });
    expect(refusal(own, principal('tomas', 'citizen'))).toBe('GSB-AUT-002');
    expect(refusal(task({ state: 'claimed', assignee: 'ravi' }), principal('sue', 'payments-checker'))).toBe(
      'GSB-REQ-003',
    );
    expect(refusal(task({ state: 'completed' }), principal('ravi', 'payments-checker'))).toBe('GSB-REQ-003');
  });
});
