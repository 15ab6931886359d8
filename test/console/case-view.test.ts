import { describe, expect, it } from '@jest/globals';
import { hindranceOf, mayOpen, mayOperate } from '../../console/src/model/acting.js';
import { cardIn, kindOfFact, listedFacts } from '../../console/src/model/facts.js';
import { statesOf, stepsOf } from '../../console/src/model/progress.js';
import { say } from '../../console/src/model/texts.js';
import { waitsOf } from '../../console/src/model/waits.js';
import { calledService } from '../../console/src/model/task-key.js';

const steps = ['registration', 'verification', 'enrollment'].map((id) => ({
  id,
  title: id,
  blocks: [],
  genericWorkflows: [],
  workflows: [],
}));
const states = {
  initial: 'submitted',
  final: ['closed'],
  transitions: [
    { from: ['submitted', 'checked'], to: 'checked' },
    { from: ['checked'], to: 'granted' },
    { from: ['checked'], to: 'closed' },
  ],
};

describe('the progress of a case', () => {
  it('shows steps that were gone through, the present one, and those ahead', () => {
    const view = stepsOf(steps, { step: 'verification' }, new Set(['registration', 'verification']));
    expect(view.map(({ status }) => status)).toEqual(['done', 'now', 'ahead']);
  });

  it('tells steps that it went by without, and those that began before it came to them, from the others', () => {
    const view = stepsOf(steps, { step: 'verification' }, new Set(['verification', 'enrollment']));
    expect(view.map(({ status }) => status)).toEqual(['skipped', 'now', 'begun']);
  });

  it('takes what a closed case never touched for not needed', () => {
    const view = stepsOf(
      steps,
      { step: 'verification', closedAt: '2026-01-01T00:00:00Z' },
      new Set(['enrollment']),
    );
    expect(view.map(({ status }) => status)).toEqual(['skipped', 'done', 'done']);
  });

  it('has no present step once the case is closed', () => {
    const view = stepsOf(steps, { step: 'verification', closedAt: '2026-01-01T00:00:00Z' }, new Set());
    expect(view.map(({ status }) => status)).toEqual(['ahead', 'done', 'ahead']);
  });

  it('begins with the initial state, which no move brought', () => {
    const moved = { state: 'checked', at: '2026-01-02T00:00:00Z', run: 'run-1', task: '/do/0' } as never;
    const { passed, next } = statesOf(
      { state: 'checked', history: [moved], openedAt: '2026-01-01T00:00:00Z' },
      states,
    );
    expect(passed.map(({ state, present }) => [state, present])).toEqual([
      ['submitted', false],
      ['checked', true],
    ]);
    expect(next).toEqual(['granted', 'closed']);
  });
});

describe('what a case waits for', () => {
  it('lists dates and callbacks, but not the tasks of people', () => {
    const runs = [
      {
        id: 'run-1',
        status: 'waiting' as const,
        waiting: [
          { key: '/do/1/ask', name: 'ask', kind: 'call' as const },
          { key: '/do/2/date', name: 'date', kind: 'wait' as const, due: '2026-03-01T00:00:00Z' },
          { key: '/do/3/answer', name: 'answer', kind: 'listen' as const },
        ],
      },
      {
        id: 'run-2',
        status: 'completed' as const,
        waiting: [{ key: '/do/0/x', name: 'x', kind: 'wait' as const }],
      },
    ];
    const waits = waitsOf(runs, [{ runId: 'run-1', key: '/do/1/ask' }]);
    expect(waits.map(({ name }) => name)).toEqual(['date', 'answer']);
  });
});

describe('who may act', () => {
  const task = { role: 'case-officer' as const, excluded: ['s-lin'], state: 'open' as const };
  it('offers a task to its role only, and not to those who are excluded', () => {
    expect(hindranceOf(task, { subject: 's-badu', roles: ['case-officer'] })).toBeUndefined();
    expect(hindranceOf(task, { subject: 's-lin', roles: ['case-officer'] })).toBe('excluded');
    expect(hindranceOf(task, { subject: 's-yuki', roles: ['trainer'] })).toBe('role');
    expect(hindranceOf({ ...task, state: 'completed' }, { subject: 's-badu', roles: ['case-officer'] })).toBe(
      'over',
    );
  });
  it('keeps a claimed task for the person who claimed it, and a personal one for that person', () => {
    const claimed = { ...task, state: 'claimed' as const, assignee: 's-badu' };
    expect(hindranceOf(claimed, { subject: 's-badu', roles: ['case-officer'] })).toBeUndefined();
    expect(hindranceOf(claimed, { subject: 's-new', roles: ['case-officer'] })).toBe('claimed');
    const own = { ...task, role: 'citizen' as const, person: 'person-amina' as never };
    expect(hindranceOf(own, { subject: 's-omar', roles: ['citizen'], person: 'person-omar' as never })).toBe(
      'person',
    );
  });
  it('knows who operates and who opens', () => {
    expect([mayOperate({ roles: ['trainer'] }), mayOperate({ roles: ['case-officer'] })]).toEqual([
      true,
      false,
    ]);
    expect(mayOpen({ startedBy: ['citizen'] }, { roles: ['payments-maker'] })).toBe(false);
  });
});

describe('facts and texts', () => {
  it('shows a card only when there is one, and amounts with their currency', () => {
    const facts = {
      monthlyAmount: 107,
      currency: 'USD',
      score: 21,
      card: { qr: 'USCT:1:U1', functionalId: 'U1' },
    };
    expect(cardIn(facts)).toMatchObject({ qr: 'USCT:1:U1', number: 'U1' });
    expect(cardIn({ card: {} })).toBeUndefined();
    expect(listedFacts(facts).map(([name]) => name)).toEqual(['monthlyAmount', 'score']);
    expect(kindOfFact('monthlyAmount', 107, facts)).toBe('money');
    expect(kindOfFact('monthlyAmount', 107, {})).toBe('figure');
  });
  it('finds nested and flat texts, falls back to English, and says so', () => {
    const locales = {
      en: { narration: { application: { prepare: 'It arrives.' }, 'pay.out': 'Paid.' } },
      fr: { narration: {} },
    };
    expect(say(locales, 'fr', ['narration', 'application.prepare'], 'x')).toEqual({
      text: 'It arrives.',
      lang: 'en',
    });
    expect(say(locales, 'en', ['narration', 'pay.out'], 'x').text).toBe('Paid.');
    expect(say(locales, 'en', ['narration', 'missing'], 'otherwise').text).toBe('otherwise');
  });
  it('reads which service a task calls', () => {
    expect(calledService('govstack://payments#bulkPayment')).toEqual({
      alias: 'payments',
      operation: 'bulkPayment',
    });
    expect(calledService('humanTask:1.0.0@default')).toBeUndefined();
  });
});
